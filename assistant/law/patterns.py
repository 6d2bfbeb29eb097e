"""Every regular expression of the reading of law. Examples of what matches stand above each."""

from __future__ import annotations

import re

_CHINESE = "零〇○一二三四五六七八九十百千两"
_DIGIT = "0-9０-９"
NUMBER = rf"(?:[{_CHINESE}]+|[{_DIGIT}]+)"
"""A numeral, Chinese or Arabic, half or full width. ``numerals.to_int`` decides whether it is one."""

# 一百二十八 · ３４ · 〇
NUMERAL = re.compile(NUMBER)

# <!-- INFO END -->
INFO_END = re.compile(r"<!--\s*INFO\s+END\s*-->")

# # 应急管理部令第14号 …规定 / - 发布机关：… / ---
HEAD_RULE = re.compile(r"\s*\#[ ][^\n]*\n(?:[ \t]*(?:[-*][ ][^\n]*)?\n)*?---[ \t]*(?=\n)")

# 第一条 为了… · ## 第一条 · **第一条** … · 第一百二十八 条侦查… · 第二百八十七条之二　… · 第12条 …
ARTICLE_MARK = re.compile(
    rf"""
    ^[ \t\u3000\u00a0\ufeff]* (?P<line>) (?P<hashes>\#{{1,6}}[ \t]*)? (?:\*\*)?
    (?P<mark> [第笫][ \t]*(?P<number>{NUMBER})[ \t\u3000]*条 (?:[ \t]*之[ \t]*(?P<suffix>[一二三四五六七八九十]+))? )
    (?:\*\*)? (?P<gap>[ \t\u3000\u00a0]*) (?P<rest>[^\n]*)
    """,
    re.VERBOSE | re.MULTILINE,
)

# What follows the mark where a line merely begins with a reference:
# 、第一百三十五条规定的… · 第二款规定… · 之规定… · 和第… · 至第… · 的规定…
AFTER_REFERENCE = re.compile(
    rf"""
    [、，,；;。）)] | 第\s*[（(]?{NUMBER}[）)]?\s*[款项]
    """,
    re.VERBOSE,
)

# The same where nothing separates the mark from what follows: only then do words tell a reference from a heading.
AFTER_REFERENCE_GLUED = re.compile(
    r"""
    [至到和或及与]第 | 和本 | 以及 | 的规定 | 之规定 | 规定的 | 所列 | 所称 | 所规定 | 中的 | 修改为 | 后增加 | 中增加 | 增加
    """,
    re.VERBOSE,
)

# ## 第一编 总则 · ### 第一章 刑法的任务 · 第一分编 通则 · 第二节　侦查 · ## 附则
DIVISION = re.compile(
    rf"""
    ^[ \t\u3000]* (?P<hashes>\#{{1,6}})? [ \t]*
    (?P<title> 第\s*{NUMBER}\s*(?P<unit>分编|编|章|节) (?:[ \t\u3000]+[^\n。]*|) $ | (?<=\#[ ])[^\n]+ )
    """,
    re.VERBOSE | re.MULTILINE,
)

# 一、将刑法… · 十二、 …
ENUMERATED = re.compile(
    rf"^[ \t\u3000]*(?P<line>)(?:\#{{1,6}}[ \t]*)?(?P<mark>(?P<number>[{_CHINESE}]+)、)(?P<gap>[ \t\u3000]*)(?P<rest>[^\n]*)",
    re.MULTILINE,
)

# （一）… · (二)… · “（三）…
ITEM_LINE = re.compile(rf"^\s*“?[（(]\s*(?P<number>{NUMBER})\s*[）)]")

# The places inside one line where items run on: ：（一）… ；（二）…
ITEM_INLINE = re.compile(rf"(?<=[：:；;。，,])\s*(?=[（(](?P<number>[{_CHINESE}]+)[）)](?!\s*[、，,至项和]))")

# What continues a 款 or 项 instead of opening one: 1．… · 2. … · 3、… · | 表 | 格 | · <!-- TABLE -->
CONTINUATION = re.compile(rf"^\s*(?:[{_DIGIT}]{{1,2}}\s*[．.、)）](?![{_DIGIT}])|\||<!--)")

# What is glued behind the last article and is not part of it: ① 本法施行日期… · ## 附件 · 附件一 · 附：
TAIL = re.compile(rf"^[ \t\u3000]*(?:[①-⑳]|\#*\s*附\s*[件录表]?\s*[:：{_CHINESE}{_DIGIT}]*\s*$)", re.MULTILINE)

# 2021年6月10日 · ２０２１年６月１０日 · 二〇二一年六月十日
DATE = re.compile(rf"(?P<year>[{_DIGIT}]{{4}}|[{_CHINESE}]{{4}})\s*年\s*(?P<month>{NUMBER})\s*月\s*(?P<day>{NUMBER})\s*日")

# as it is filled in: 2021-03-01 · 2021/3/1 · 2021.3.1 · 2021年3月1日
WRITTEN_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")

# 法释〔2015〕22号 · 法释[2015]22号 · 安监总管三【2017】121号 · 法释2015-22 · 法释（2015）22 号
DOC_NO = re.compile(
    r"""
    (?P<organ>[\u4e00-\u9fff]{1,10}) \s*
    [〔\[【（(［] \s* (?P<year>(?:19|20)\d\d) \s* [〕\]】）)］] \s* (?:第\s*)? (?P<serial>\d+) \s* 号
    """,
    re.VERBOSE,
)

# 《刑法》 · 《最高人民法院关于适用《刑事诉讼法》的解释》 · 《关于修改<安全生产法>的决定》
TITLE = re.compile(r"《(?P<title>[^《》\n]{1,60}(?:《[^《》\n]{1,40}》[^《》\n]{0,60})*)》")

# （法释〔2015〕22号，以下简称《解释》） · （以下称“移送规定”）
SHORT_NAME = re.compile(r"以下(?:简)?称(?:为)?[《“\"](?P<name>[^》”\"\n]{2,30})[》”\"]")

# 法释2015-22 · 法释2015第22号
DOC_KEY = re.compile(r"(?P<organ>[\u4e00-\u9fff]{1,10}?)\s*(?P<year>(?:19|20)\d\d)\s*(?:[-—－]|年?第)\s*(?P<serial>\d+)\s*号?")

# 本法 · 本条例 · 同法 · 该解释 · 前述解释
THIS_LAW = re.compile(
    r"(?P<which>本|同|该|前述|上述|前引)(?:法|条例|解释|规定|办法|规则|细则|修正案|决定|意见|规程|标准)(?![律规官庭院])"
)

# 前款 · 前两款 · 前条 · 本条; not 前条件, 本条例, 当前款项
RELATIVE = re.compile(r"(?<![以从当目日])(?P<which>前|本)(?P<count>[一二两三四]?)(?P<unit>款(?!项)|条(?![件例约])|项(?!目))")

# 第一百三十四条 · 134 条 · 第（三）条 · 前两条: what every text holds that refers to another article; 条件 and 条例 alone are none
SPEAKS_OF_ARTICLES = re.compile(rf"[{_CHINESE}{_DIGIT}）)]\s*条|前[一二两三四]?条")

# 婚姻法｜第四十二条 · 管理条例｜第八条: the end of a law's name, known or not, glued to its article
GLUED_LAW = re.compile(rf"(?:法|条例|规定|办法|细则|规则|解释|规程)(?=第{NUMBER}条)")

# 刑法修正案（十一） · 最高人民法院关于修改《…》的决定: titles of texts whose articles speak of another law's
AMENDS = re.compile(r"修正案(?:（[^（）]*）)?$|关于(?:修改|废止).+的决定$")

_ONE = rf"[（(]?\s*(?:[{_DIGIT}]+(?:\s*[-－]\s*[{_DIGIT}]+)?|[{_CHINESE}]+(?:之[一二三四五六七八九十]+(?![款项]))?)\s*[）)]?"

# 第一百三十四条 · 134条之一 · 第134-1条 · not 第一条件 · 第一、二款 · 第（一）至（三）项 · 第一百三十四、一百三十五条
PLACE = re.compile(
    rf"""
    (?P<ordinal>第)? \s* (?P<numbers> {_ONE} (?:\s*(?:、|,|，|和|及|与|或|至|到|-|—|－)\s*第?\s*{_ONE})* )
    \s* (?P<unit> 条 (?! 件 | 例(?!外|如) | 约(?!定) ) | 款 | 项 ) (?: \s*之\s*(?P<suffix>[一二三四五六七八九十]+|[{_DIGIT}]{{1,2}}) )?
    """,
    re.VERBOSE,
)

# One number inside the list of PLACE, and what joins it to the one before
PLACE_NUMBER = re.compile(
    rf"""
    (?P<joint>至|到|—|、|,|，|和|及|与|或)? \s*第?\s*[（(]?\s* (?P<number>[{_DIGIT}]+|[{_CHINESE}]+)
    (?: \s*[-－之]\s* (?P<suffix>[{_DIGIT}]+|[一二三四五六七八九十]+) )? \s*[）)]?
    """,
    re.VERBOSE,
)

# What may stand between two members of a list, or between the ends of a range
LIST_JOINT = re.compile(r"\s*(?:、|，|,|和|及|与|或|或者|以及)?\s*")
RANGE_JOINT = re.compile(r"\s*(?:至|到|-|—|－|~|～)\s*")

# 。 ！ ？ and the end of a line end the reach of a law's name
SENTENCE_END = re.compile(r"[。！？!?\n]")

# What makes a longer title of a name that stands before it: 刑法｜修正案 · 安全生产法｜实施条例
LONGER_TITLE = re.compile(r"(?:修正案|实施条例|实施细则|实施办法|司法解释|立案追诉|学|典)")

# 134-1 · 第134条 · 134条之一 · 一百三十四条之一 · 第一百三十四之一条
ARTICLE = re.compile(rf"\s*第?\s*(?P<number>{NUMBER})\s*(?:条)?\s*(?:(?:之|-|－)\s*(?P<suffix>{NUMBER}))?\s*条?\s*")

# What may follow a title and stand before its article:
# 《…解释》（法释〔2015〕22号）第七条 · 刑法的第一百三十四条 · 刑法中规定的第…
BEFORE_PLACE = re.compile(r"\s*(?:（[^（）\n]{0,60}）)?\s*(?:中|里|的|规定的|中规定的|中的|里的)?\s*")

# 四川省｜安全生产条例: a local act, not the one of that name
LOCAL = re.compile(r"(?:省|市|自治区|自治州|县)$")

# （2021修正） · （2018年修订）: which version of a title is meant
VERSION_SUFFIX = re.compile(r"（\d{4}年?[^（）]{0,6}）$")

BRACKETS = str.maketrans({"(": "（", ")": "）", "[": "〔", "]": "〕", "【": "〔", "】": "〕", "［": "〔", "］": "〕"})
"""One form of each bracket; as long as before, so that offsets hold."""

NO_TITLE_MARKS = str.maketrans("", "", "《》<>〈〉")
"""Drops the marks of a title."""

# …（以下简称｜《解释》）
DECLARES = re.compile(r"以下(?:简)?称(?:为)?$")

# 中华人民共和国国务院令第296号 · 应急管理部令第14号 · 国家安全生产监督管理总局令第91号 · 主席令第八十八号
ORDER_NO = re.compile(rf"(?:中华人民共和国)?(?P<order>[\u4e00-\u9fff、]{{2,20}}?令\s*第\s*{NUMBER}\s*号)")

# - 发布机关：公安部 · - 施行日期：2012年11月1日
HEAD_FIELD = re.compile(r"^[-*]\s*(?P<key>发布机关|发布日期|公布日期|施行日期|文号)\s*[：:]\s*(?P<value>.+?)\s*$", re.MULTILINE)

# 2022年12月19日 施行 · 2019年10月1日 起生效） · 2004年3月14日 全国人民代表大会公告公布施行
HEAD_EFFECT = re.compile(r"(?:^|起|公布|发布|布之日)\s*(?:施行|生效|实施)[）)]?$")

# …《关于修改…的决定》第三次修正 · 第八届全国人民代表大会第五次会议修订
HEAD_AMENDED = re.compile(r"修正|修订|修改")

# 全国人民代表大会常务委员会 · 国务院 · 最高人民法院、最高人民检察院
ISSUER = re.compile(
    r"全国人民代表大会常务委员会|全国人民代表大会|国务院|(?:最高人民法院|最高人民检察院)(?:、最高人民检察院)?|[\u4e00-\u9fff]{2,12}(?:部|总局|委员会)(?=令)"
)

# 本法自2002年11月1日起施行 · 本办法自 2011 年 2 月 1 日起施行 · 本规定自公布之日起施行
IN_FORCE_FROM = re.compile(
    rf"""
    (?:本[\u4e00-\u9fff]{{1,6}}|规定) \s* (?:， )? 自 \s*
    (?: {DATE.pattern} | (?P<at_once>(?:公布|发布|印发|颁布|通过)之日) )
    \s* 起? \s* (?:施行|生效|实施|执行)
    """,
    re.VERBOSE,
)

# 安全生产法(2021-06-10) · 职业病防治法（2018修正）
TITLE_DATE = re.compile(r"\s*[（(]\s*\d{4}(?:-\d\d-\d\d|年?修[正订])\s*[）)]\s*$")

# 将刑法第一百三十四条第二款修改为 · 在刑法第一百三十四条后增加一条，作为第一百三十四条之一 · 删去刑法第一百九十九条
CHANGE = re.compile(
    rf"""
    (?P<delete>删去)? (?:[\u4e00-\u9fff]{{1,20}}?法)? 第(?P<number>[{_CHINESE}]+)条(?:之(?P<suffix>[一二三四五六七八九十]+))?
    (?P<paragraphs>第[{_CHINESE}]+款(?:[、和]第[{_CHINESE}]+款)*)? (?P<item>第[（(]?[{_CHINESE}]+[）)]?项)? (?P<rest>[^“”]*)
    """,
    re.VERBOSE,
)

# 增加一条，作为第一百三十四条之一 · 增加一款作为第二款 · 增加两款作为第二款、第三款 · 增加一项，作为第三项
ADDED = re.compile(
    rf"""
    增加[一二两三四五]?(?P<what>条|款|项)，?作为
    (?: 第(?P<number>[{_CHINESE}]+)条(?:之(?P<suffix>[一二三四五六七八九十]+))?
      | (?P<paragraphs>第[{_CHINESE}]+款(?:[、和]第[{_CHINESE}]+款)*)
      | 第[（(]?[{_CHINESE}]+[）)]?项 )
    """,
    re.VERBOSE,
)

# 原第二款作为第三款，修改为
RENUMBERED = re.compile(rf"原第(?P<old>[{_CHINESE}]+)款(?:作为|改为)第(?P<new>[{_CHINESE}]+)款(?P<changed>，修改为)?")

# 将该条修改为 · 第一百三十四条修改为
REPLACED = re.compile(r"修改为\s*[：:]?\s*$")

# 第二款 in 第二款、第三款
ONE_PARAGRAPH = re.compile(rf"第(?P<number>[{_CHINESE}]+)款")

# What does not distinguish two wordings: blanks and quotation marks
NO_WORDS = re.compile(r"[\s“”‘’\"']")

# Our gist of a clause of an amendment: 增设刑法第139条之一：… · 改写刑法第134条第2款：… · 刑法第67条增加第3款：…
GIST_OF_CHANGE = re.compile(
    r"""
    (?P<verb>增设|改写)? (?P<law>[\u4e00-\u9fff]{1,20}?法) 第(?P<number>\d+)条 (?:之(?P<suffix>[一二三四五六七八九十]+))?
    (?P<added>增加)? (?:第(?P<paragraph>\d+)款)? [：:] (?P<text>.+)
    """,
    re.VERBOSE | re.DOTALL,
)

# The pieces in which two wordings are compared: what stands between two marks, and each mark
PIECE = re.compile(r"[^，。；：、（）\n]+|[，。；：、（）\n]")
