"""Names in a told case: 孟某, 李某甲, 老李, 祁总, 褚庆山（男，47岁）, 焊工卢小兵; not 某公司."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer.told_full_names import is_word, recurring

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒"
    "屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫房裘缪干解应宗丁宣邓郁单杭洪包"
    "诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊甄曲封储靳段焦谷车侯宓蓬全班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白"
    "怀蒲邰从索咸籍赖卓蔺屠蒙池乔闻党翟谭贡姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈"
    "廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越夔隆师巩聂晁勾敖融冷辛阚那简饶曾沙鞠丰巢关蒯相查后荆红游竺权逯盖益桓公岳"
    "肖涂付代邸佟苟盘亓仝冼禚揭占覃于和时闫佘商芦佴鄢芮滑暴缑亢况楚晋归汝亓隗逯逄敬苑衣战糜井段富巫乌弓牧山谷郗甄家羿汲邴松麦"
    "练岑律揣初矫綦宝勇智苍敏丛璩郄仉苌辜兰迟粟谌丘帅呙笪郏訾琚候鹿栗银海辉展由户才青母南门原完占巨问种修冷扬竹"
)
_DOUBLE = (
    "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|宇文|长孙|呼延|端木|南宫|西门|钟离|闻人|申屠|"
    "轩辕|百里|公冶|濮阳|淳于|赫连|澹台|司徒|司空"
)
_COMMON = (
    "赵钱孙李周吴郑王冯陈杨朱秦许何吕张孔曹严魏陶姜谢邹苏潘葛范彭鲁马苗方袁柳唐薛雷贺汤罗郝于傅齐康余顾孟黄萧尹姚汪毛戴宋庞熊"
    "董梁杜郭林徐邱高夏蔡田樊胡霍万卢丁邓洪石崔龚程陆段侯武刘叶黎白"
)
_ORGANISATION = (
    "公司|企业|单位|厂|矿|煤|铁|石|化|工|建|项目|住宅|小区|县|市|区|镇|乡|村|街|路|中学|小学|学|幼|"
    "酒店|饭|餐|商|仓|物|运|纺|塑|机|金|农|大|船|港|码|景|医|养|气|电|水|油|冶|钢|食|服|新|高|在"
    "建|化工|精细|年|月|日|时|天"
)
_NO_SURNAME = (
    "的在对由与把被让是该有到了给向某等名为因以个将及或如当这那一也则即而且其各此每自之下上里内外中去来所则区县市镇乡村省局厂"
    "矿司店院校校站队"
)
_TWO_FACED = "查家山于和时从向应当任管都明后别居通公国文相万水金石江海路车房班东农商安全方平成常高利强单支"
_POST = "员长工人理板师任手机主东者商表监总管"
"""What a position ends with that stands before a name."""
_HARD = (
    "的了不没未在对是和与及或被把将让令使叫要会能可应又也都均仍还却再就才只因为由从向给到于按照经过说称写签认负担责违反规操施故亡伤"
    "员们他她它我你这那些个各名位次年月日号时后前下上里外内间处场厂矿司局队组班车械设备灾爆炸擅私嫌涉述等某死系任作业工目除括部受续绝"
    "划闭掉管属停拆装查看用开关度层板师排查收接报告知觉得以并即则其此两二三四五六七八九十百千万元多余岁男女姓今（）“”，。、；：？！ "
)
_BOUND = (
    "，。、；：？！（）“”对在因于与和及为是系被将把让令向给从到未没不明违负承主次全同经以擅私自事按也则均仍却当身仅只并喊叫听骗召雇买卖拿拉用跑躲带偷曾已又称说辩供认赔"
    "签请找要叫带安指组拒关投逃随即作案归落提出直嫌受雇无漏操驾开酒超强命持知接收发听见看怕嫌图贪手有参联立迅急赶打报等如现年系分都各另"
)
_CLEAN = "".join(
    sorted(
        set(_SURNAMES)
        - set(_TWO_FACED)
        - set("都银海辉展由户才初青母南门原完占巨问种修竹全连满计成包许解施祖幸相空元米沙路终封关方易简索钱商支利权武")
    )
)
_WORDS = frozenset(
    re.findall(
        r"\w+",
        "主任 主管 主办 工程 工段 工艺 工房 任何 任丘 主张 师范 长江 长沙 长乐 长安 长宁 长葛 机关 机车 机房 客房 手段 手柳 人家 人常 理顾 总计 "
        "监管 监督 东莞 东阳 商洛 板房 表彰 理应 员工 人方 主席 东郭 总谱 安全 强行 平时 常年 同时 方便 公司 公安 国家 国有 通常 "
        "万一 水平 易燃 金额 农民 成年 石料 石油 和平 高度 高温 高压 金属 家庭 房屋 江苏 宁夏 万元 ",
    )
)
"""Words that only look like the end of a position and a surname."""
_STYLE = "总工|工|队长?|师傅|老汉|大爷|大妈|姐|哥|婶|嫂|董|会计|厂长|矿长|经理|主任|老板娘?|科长|站长|所长|局长|书记|镇长|处长|工长|班长|校长|园长|工程师|总"
_SPELT = "".join(sorted(set(_SURNAMES) - set(_POST)))
_GIVEN = rf"[^\W\d_{_HARD}]"
_FULL = rf"(?:(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|[{_SPELT}][\u4e00-\u9fff]{{1,2}})"
_NAME = re.compile(
    rf"""
    (?<!\d)(?P<name>
        (?:{_DOUBLE}|[{_SURNAMES}])某(?:某|[甲乙丙丁戊己庚]|[A-Z]|[1-9](?![\d万元个名次人年月日号多余]))?  # 孟某, 李某甲, 令狐某
      | [{_COMMON}][甲乙丙丁戊](?![方级类种组区等醇烷烯苯醛酮])  # 李甲
      | (?:(?<![\u4e00-\u9fff])[老小]|(?<=[{_POST}])(?<!工人)[老小])[{_CLEAN}](?![板师家厂矿区学时路额层百千伙孩工])  # 老李, 施工员老贾
      | [{_CLEAN}]老[大二三四五六七八九]  # 齐老五
      # 祁总, 黑哥（本名……）
      | (?:(?<![\u4e00-\u9fff])|(?<=[{_POST}的、和与被让对向由把给找]))(?:[{_CLEAN}](?:{_STYLE})|[\u4e00-\u9fff][哥姐](?=（))(?![程人作地厂序期种商办公结产])
      | (?<=[员长工人理板师管任手机主东者客商表总监记董医])[^\W\d_{_NO_SURNAME}]某(?![\u4e00-\u9fff]{{0,4}}(?:公司|厂|矿|局|县|市|工地))  # 矿长佷某
      | (?:(?<=[，。；：、（）“])|^)[^\W\d_{_NO_SURNAME}从经至自据每用租买乘坐去往入进赴请查问找帮替跟和同连]某
        (?=[\u4e00-\u9fff（，。、；])(?![\u4e00-\u9fff]{{0,6}}(?:公司|厂|矿|局|县|市|工地|店|村|镇|小区|项目|集团))  # ，鄂某（包工头）
    )
    """,
    re.VERBOSE,
)
_COMPANY = re.compile(rf"(?:某(?:{_ORGANISATION}|[\u4e00-\u9fff]{{1,4}}(?:公司|厂|矿|店|局|场|工地|集团))|某$)")
_ALIAS = re.compile(rf"（(?:本名|大名|真名|原名|全名|即|姓名)?(?P<full>{_FULL})[，）]")
_DESCRIBED = re.compile(
    rf"(?P<full>{_FULL})（(?:[男女]|(?:现年)?\d{{2}}岁|(?:19|20)\d\d年|\d{{2}}后|系|时任|原?任?[\u4e00-\u9fff]{{0,10}}(?:长|经理|负责人|法定代表人|工|员|人|老板|主任|总监)[，）])"
)
_AFTER_POST = re.compile(
    rf"(?:(?<=[{_POST}])|(?<=[者人]：)|(?<=^)|(?<=[{_POST}]叫)|(?<=名叫))(?<!工人)(?=(?P<full>[{_CLEAN}{_TWO_FACED}]{_GIVEN}{{1,2}}))"
)
_SYMBOLS = re.compile(r"(?:^|[，。；、：])甲(?=（|是|系|为|、乙|和乙|在|安排|明知|知道|负|作为)")
_SYMBOL = re.compile(rf"(?<![某{_COMMON}])[甲乙丙丁戊己](?![方级类种组区等醇烷烯苯醛酮地公单])")
"""甲（矿长）、乙 where a text calls people so."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its place, start and end in characters."""

    name: str
    start: int
    end: int


def find_names(text: str) -> list[Name]:
    """Every place where a person is named, in the order of the text; a by-name that a bracket explains is of the same person."""
    read = [one for one in _NAME.finditer(text) if text[max(0, one.start() - 1) : one.start() + 1] not in _WORDS]
    people = {one["name"] for one in read if not _is_place(text, one)}
    found = [Name(one["name"], *one.span()) for one in read if one["name"] in people]
    full = (
        _full_names(text)
        | recurring(text, _SURNAMES)
        | {one.name for one in found if one.name.endswith("某") and one.name[0] not in _SURNAMES}
    )
    if _SYMBOLS.search(text):
        found += [Name(one.group(), *one.span()) for one in _SYMBOL.finditer(text)]
    if full:
        spelt = re.compile("|".join(sorted(map(re.escape, full), key=len, reverse=True)))
        found += [Name(one.group(), *one.span()) for one in spelt.finditer(text)]
    kept: list[Name] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    same = _by_names(text, kept)
    return [Name(same.get(one.name, one.name), one.start, one.end) for one in kept]


def _full_names(text: str) -> set[str]:
    """Names in full: in a bracket, before one that describes the person, or after a position where a name must end."""
    found = {one["full"] for one in (*_ALIAS.finditer(text), *_DESCRIBED.finditer(text)) if _likely(one["full"])}
    for one in _AFTER_POST.finditer(text):
        longer, start = one["full"], one.start("full")
        if text[max(0, start - 1) : start + 1] in _WORDS or re.search(
            r"[\d二两三四五六七八九十几]名?人$", text[max(0, start - 3) : start]
        ):
            continue
        for name in dict.fromkeys((longer, longer[:2])):
            end = start + len(name)
            if (
                name in _WORDS
                or is_word(name)
                or (len(name) == 2 and name[0] in _TWO_FACED and text[end : end + 1] not in "，。、（；")
            ):
                continue
            if end == len(text) or text[end] in _BOUND or (len(name) == 3 and text.count(name) > 1):
                found.add(name)
                break
    return found


def _likely(name: str) -> bool:
    return not set(name[1:]) & set(_HARD)


def _by_names(text: str, names: list[Name]) -> dict[str, str]:
    """By-names and whom they mean: 祁总（祁连成）; 庞工 where there is but one 庞."""
    same: dict[str, str] = {}
    for one, other in pairwise(names):
        if re.fullmatch("（(?:本名|大名|真名|原名|全名|即|姓名)?", text[one.end : other.start]) and one.name != other.name:
            same[one.name] = other.name
    for one in names:
        styled = re.fullmatch(f"(.)(?:{_STYLE})", one.name)
        if styled and one.name not in same:
            meant = {other.name for other in names if other.name[0] == styled[1] and other.name != one.name}
            if len(meant) == 1:
                same[one.name] = meant.pop()
    return same


def _is_place(text: str, found: re.Match[str]) -> bool:
    """某 that begins the name of a place or firm: 位于某工地, 和某公司."""
    if not found["name"].endswith("某"):
        return False
    company = _COMPANY.match(text, found.end() - 1) is not None
    return company and (
        found["name"][0] in _TWO_FACED or re.match(r"某(?:公司|企业|工地|煤矿|厂|项目)", text[found.end() - 1 :]) is not None
    )
