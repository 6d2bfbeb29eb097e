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

# 第一条 为了… · ## 第一条 · **第一条** … · 第一百二十八 条侦查… · 第二百八十七条之二　… · 第12条 …
ARTICLE_MARK = re.compile(
    rf"""
    ^[ \t\u3000\u00a0\ufeff]* (?P<hashes>\#{{1,6}}[ \t]*)? (?:\*\*)?
    (?P<mark> 第\s*(?P<number>{NUMBER})[ \t\u3000]*条 (?:[ \t]*之[ \t]*(?P<suffix>[一二三四五六七八九十]+))? )
    (?:\*\*)? (?P<gap>[ \t\u3000\u00a0]*) (?P<rest>[^\n]*)
    """,
    re.VERBOSE | re.MULTILINE,
)

# What follows the mark where a line merely begins with a reference:
# 、第一百三十五条规定的… · 第二款规定… · 的规定… · 和第… · 至第… · 规定的… · 所列…
AFTER_REFERENCE = re.compile(
    rf"""
    [、，,；;。：:）)》至到或的中] | 和第 | 和本 | 及第 | 与第 | 以及 | 第\s*[（(]?{NUMBER}[）)]?\s*[款项条] | 规定 | 所列 | 所称 | 所规定 | 修改为 | 后增加
    | [（(]\s*[{_CHINESE}]+\s*[）)]\s*项
    """,
    re.VERBOSE,
)

# ## 第一编 总则 · ### 第一章 刑法的任务 · 第一分编 通则 · 第二节　侦查 · ## 附则
DIVISION = re.compile(
    rf"""
    ^[ \t\u3000]* (?P<hashes>\#{{1,6}})? [ \t]*
    (?P<title> 第\s*{NUMBER}\s*(?P<unit>分编|编|章|节) (?:[ \t\u3000]+[^\n]*|$) | (?<=\#[ ])[^\n]+ )
    """,
    re.VERBOSE | re.MULTILINE,
)

# 一、将刑法… · 十二、 …
ENUMERATED = re.compile(rf"^[ \t\u3000]*(?:\#{{1,6}}[ \t]*)?(?P<mark>(?P<number>[{_CHINESE}]+)、)(?P<gap>[ \t\u3000]*)(?P<rest>[^\n]*)", re.MULTILINE)

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

# 法释〔2015〕22号 · 法释[2015]22号 · 安监总管三【2017】121号 · 法释2015-22 · 法释（2015）22 号
DOC_NO = re.compile(
    rf"""
    (?P<organ>[\u4e00-\u9fff]{{1,10}}) \s*
    [〔\[【（(［] \s* (?P<year>(?:19|20)\d\d) \s* [〕\]】）)］] \s* (?:第\s*)? (?P<serial>\d+) \s* 号
    """,
    re.VERBOSE,
)
