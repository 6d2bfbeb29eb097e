"""Persons who died or were hurt in a told case: counted (3人死亡), named (郑某当场身亡), told in parts, or one without a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer.told_text import Told, Voice, to_number
from assistant.domain.facts import DISPUTED, Value

HARMS = ("deaths", "serious_injuries", "minor_injuries")
_DIGITS = "零〇一二两三四五六七八九十百千"
_N = rf"(?P<n>\d+(?:\.\d+)?|[{_DIGITS}]+)"
_WHO = r"(?:名|个(?!月|多?小时|星期|半|钟)|位|人|条人命|具|口)"
_NOT_SAVED = (
    r"(?:没能|没有|未能|没|未|无法)(?:被)?(?:抢救|救治|救)(?:过来|回来|活|成功|回|上来)|(?:抢救|医治|救治|治疗)[^，。；\d]{0,2}无效"
    r"|(?:送医|送院|送到?医院|送往医院|入院|住院|途中|次日|当晚|当日|数日|天后?|医院)[^，。；\d死]{0,8}不治|不治(?!理|之)"
    r"|(?:没(?:有)?了?|无|失去)(?:呼吸|心跳|脉搏|生命体征|气息|了气)|(?:再|再也)?没(?:再|有再)?(?:醒过来|醒来)|咽(?:了)?气|(?:当场|人|也|就|员|工|师傅|司机|学生|孩子|老人|下去)没了(?=[，。；]|$)|(?:也|人|就)走了(?=[，。；]|$)|(?:找到|发现|捞出|捞起|挖出|打捞出?|扒出)[^，。；\d]{0,4}(?:遗体|尸体)|离世|牺牲|死了"
    r"|(?:宣布|宣告)死亡|(?:当场|就|也|已|人)没命|断(?:了)?气|(?:丢|送|没|搭上)了?(?:性)?命(?!令|中|名)|(?:已经|人已|就|已)不行了|(?:没能|未能|没)生还|停止(?:了)?(?:呼吸|心跳)|(?:心跳|呼吸)(?:已|均|已经)?停止|命没(?:能)?保住|没(?:能)?保住(?:性)?命|(?:没(?:能|有)?|未能)挺过|[\d一二两三四五六七八九十几]+(?:天|小时|日|周|个?月)(?:以|之)?后(?:就|也|还是|人)?没了?(?=[，。；])|没(?:能)?(?:跑|逃)出来|没(?:能)?下(?:来|得了)手术台|手术台上没(?:能)?下来|(?:绞|碾|砸|压|撞|轧)得(?:不成样子|面目全非|血肉模糊)|(?:已经|人都?|早就?)凉了|(?:遗体|尸体)[^，。；]{0,8}(?:找到|发现|捞|被)|第[一二三四五六七八九十两]天(?:就|也|人)?没了|没(?:能)?留住|遇害|亡故|没(?:了)?气了?(?=[，。；]|$)|(?:还是|最终|终究|后来)走了(?=[，。；]|$)|(?<!父亲)(?<!母亲)(?<!早年)(?:去世|过世)"
)
_DIED = "死亡|遇难(?!者)|身亡|坠亡|溺亡|砸亡|身故|丧生|毙命|丧命|罹难|殒命|身死|摔死|砸死|烧死|炸死|压死|电死|淹死|闷死|憋死|毒死|撞死|熏死|呛死|挤死"
FATE = f"{_NOT_SAVED}|{_DIED}"
"""How a text says that somebody died."""
_HOW = r"(?:当场|相继|先后|最终|经|不幸|均|全部|都|双双|已|被发现时已)*"
_HARMS = {
    "deaths": rf"{_HOW}(?:{_NOT_SAVED}|{_DIED}|死(?![刑者缓因不]))",
    "serious_injuries": r"(?:均|都|构成|受|为|成|烫成|烧成|摔成|砸成|压成)*重伤",
    "minor_injuries": r"(?:均|都|构成|受|为)*轻伤(?!二级以下)",
}
_BEFORE = {  # 死亡3人, 死者2人, 重伤两名工人, 死了一个
    "deaths": rf"(?:{_DIED}|致死|死)(?:了|人数|为|达|到|者|共|一共|总计|：)*",
    "serious_injuries": r"重伤(?:了|人数|为|达|者|共)*",
    "minor_injuries": r"轻伤(?:了|人数|为|达|者|共)*",
}
_LATER = rf"(?:第[{_DIGITS}]天|[{_DIGITS}\d]+个?(?:天|日|小时|月|周|星期|年)多?(?:以|之)?后)?"
_PLAIN = rf"[^，。；、：\d{_DIGITS}伤死]"
_BARE = rf"|(?:死|亡)\s*(?P<n3>\d+|[{_DIGITS}]+)(?=伤|、?重伤|[，。；、（])"
_COUNTED = {
    harm: re.compile(
        rf"{_BEFORE[harm]}\s*(?:[^，。；：、\d{_DIGITS}死伤]{{1,10}}?)?(?:一家)?{_N}\s*(?:多|余)?\s*{_WHO}(?!死|遇难|重伤|轻伤|受伤|[{_DIGITS}]伤)"
        rf"{_BARE if harm == 'deaths' else ''}|(?<![第\d])(?P<n2>\d+|[{_DIGITS}]+)\s*(?:多|余)?\s*(?:{_WHO}{_PLAIN}{{0,14}}?{_LATER}{_PLAIN}{{0,6}}?)?{after}"
    )
    for harm, after in _HARMS.items()
}
_ANYBODY = rf"(?![{_DIGITS}]+(?:名|个|位|人))"
_ALONE = {  # 一名工人被砸中，经抢救无效死亡
    harm: re.compile(
        rf"{_N}\s*(?:(?:名|个|位)(?:{_ANYBODY}[^。；：\d死伤，]){{0,30}}?(?:，(?:{_ANYBODY}[^。；\d死伤，]){{0,20}}?){{0,2}}|人[^。；：\d死伤]{{0,20}}，[^。；，\d死伤]{{0,10}}(?:都|均|全)){after}"
    )
    for harm, after in _HARMS.items()
}
_ONE = {  # 架子工坠落死亡, 小工没能抢救过来: a death without a number is one
    "deaths": re.compile(
        r"(?:坠落|摔下|触电|窒息|中毒|被[砸压埋撞卷挤烧炸][^，。；]{0,8}|致|造成|导致|无效|送医后|当场|溺水|人)"
        rf"[^，。；、\d无没未]{{0,10}}(?:{_DIED}|死了|不治)(?!\d|人数|[{_DIGITS}]|事故|的?危险|后果)|{_NOT_SAVED}|(?:溺|坠)亡|[摔砸烧炸压电淹闷憋毒撞熏呛挤碾卷绞轧]死(?!\d|[{_DIGITS}])"
        rf"|(?<![无未没有免导致人者])(?:{_DIED})(?=[，。；])"
    ),
    "serious_injuries": re.compile(
        rf"(?:致|造成|导致|被[砸压埋撞卷挤烧炸][^，。；]{{0,8}}|坠落|鉴定|评定|诊断|手|腿|臂|脚|脑|脊)[^，。；、\d无没未]{{0,12}}重伤(?!\d|[{_DIGITS}])"
    ),
}
_PAIR = re.compile(
    rf"(?:夫妻|夫妇|父子|母子|父女|母女|兄弟|姐妹|兄妹|工友|师徒)(?:俩|二人|两人|双双)(?:[^，。；死]{{0,12}}，?){{1,2}}?(?:{_DIED}|{_NOT_SAVED})"
    rf"|一对[^，。；]{{0,4}}(?:夫妻|夫妇|父子|母子|父女|母女|兄弟|姐妹|兄妹|情侣|恋人|老人|师徒)[^，。；]{{0,12}}(?:{_DIED}|{_NOT_SAVED})"
)
_FATE = {
    "deaths": re.compile(
        rf"(?:[^，。；、\d致造导未没使让令知称说叫派喊请把将]{{0,14}}，?){{1,2}}?{_HOW}(?:{_NOT_SAVED}|{_DIED})(?!事故|后果|的?危险)|[^，。；、]{{0,10}}{_LATER}(?:{_NOT_SAVED})"
    ),
    "serious_injuries": re.compile(r"[^，。；、\d致造导未没使让令叫派喊请把将]{0,12}重伤"),
    "minor_injuries": re.compile(r"[^，。；、\d致造导未没使让令叫派喊请把将]{0,12}轻伤(?!二级以下)"),
}
_LISTED = {  # 死者：操作工蔡某、学徒卞某
    "deaths": re.compile(r"(?:死者|遇难者|死亡人员|遇难人员|遇难的|死的|死亡)(?:分别)?(?:：|是|为|系|有)"),
    "serious_injuries": re.compile(r"(?:重伤者?|重伤人员|重伤的)(?:分别)?(?:：|是|为|系|有)"),
    "minor_injuries": re.compile(r"(?:轻伤者?|轻伤人员|轻伤的)(?:分别)?(?:：|是|为|系|有)"),
}
_SYMBOL = re.compile(r"(?<![某李王张赵刘陈周吴])[甲乙丙丁戊己](?![方级类种组区等醇烷烯苯醛酮])")
_JOINED = re.compile(r"[、和与及]|以及|")
_DOUBTED = re.compile(
    r"(?P<n>\d+|[一二两三四五])(?:名|个|位)?[^，。；\d死]{0,16}(?:死亡?|去世|病故)[^。；]{0,40}(?:(?:与|和|跟)[^，。；]{0,8}无关|自身疾病|旧病|原有疾病|自然死亡|心脏病|脑溢血|心梗|癌|新冠|基础病|基础疾病|并发症)"
)
_MIGHT = re.compile(r"[^，。；]{0,6}(?:危险|风险|可能|隐患)")
_MAY = re.compile(r"(?:可能|足以|极易|随时会?|一旦)[^，。；]{0,10}$")
_SAVED = re.compile(_NOT_SAVED)
_NOBODY = re.compile("无|没|未|非")
_DENIED = re.compile("(?:没有|没|未|无|不会|避免|防止|防范)[^，。；]{0,12}$")
_SHORT = re.compile(rf"{_N}死(?P<s>\d+|[零〇一二两三四五六七八九十]+)(?P<how>重|轻)?伤")
_MORE = re.compile(
    r"(?:又有?|另有?|另外|其余|此外|还有|多死|多致|增加|(?<!人数)扩大(?!到|为|至)|本可|原本|本来|及时|贻误|延误|耽误|错过|拖延)[^。；]{0,18}$"
)
_LATE = re.compile(
    r"(?:多死|多致|增加|(?<!人数)扩大(?!到|为|至)|本可|原本|本来|(?:如果?|若|要是)[^，。；]{0,4}及时|贻误|延误|耽误|错过|拖延|还活着|停止搜救|未得到[^，。；]{0,4}救|生命迹象)"
)
_GREW = re.compile(r"后果扩大|扩大(?!到|为|至)|增加")
_INSIDE = re.compile(r"(?:其中|本可|本来|原本)[^。；]{0,18}$")
_ELSEWHERE = re.compile(r"报告|鉴定|意见|认定|记载|统计|名单|笔录|病历|尸检|不一致|矛盾|却|而|只有")
_AT_ONCE, _AFTERWARDS = re.compile("当场|现场|立即"), re.compile("医|抢救|治|次日|天|途中|随后|后")
_DIFFERENT = {"deaths": "死亡人数", "serious_injuries": "重伤人数", "minor_injuries": "轻伤人数"}
Named = tuple[str, int, int]
"""A name with its place, start and end in characters."""


@dataclass(frozen=True, slots=True)
class _Count:
    n: int
    start: int
    end: int
    text: str


def read_harm(told: Told, named: Sequence[Named] = ()) -> tuple[dict[str, Value], dict[str, str]]:
    """Deaths and injuries; what two findings count differently is disputed."""
    facts: dict[str, Value] = {}
    sides: dict[str, str] = {}
    for harm in HARMS:
        counts = list(_counts(told, harm, named))
        late = [one for one in counts if harm != "minor_injuries" and _is_late(told, one)]
        more = [one for one in counts if one in late or _before(told, one, _MORE)]
        first = [one for one in counts if one not in more]
        if late:
            facts[f"added_{harm}"] = sum(one.n for one in late)
        if not first:
            if more:
                facts[harm] = sum(one.n for one in more)
            continue
        facts[harm] = _parts(told, first) + sum(one.n for one in more if not _before(told, one, _INSIDE))
        if _opposed(told, first):
            least = min(one.n for one in first)
            facts[harm] = least or DISPUTED
            said = "；".join(dict.fromkeys(f"“{one.text}”" for one in first))
            sides[_DIFFERENT[harm] if least else harm] = f"各处所说不一：{said}" + (f"，先按都认可的{least}人" if least else "")
        counted, doubted = facts[harm], _DOUBTED.search(told.text) if harm == "deaths" else None
        if doubted and isinstance(counted, int) and not sides.get(_DIFFERENT[harm]):
            facts[harm] = counted - int(to_number(doubted["n"]) or 0)
            sides[_DIFFERENT[harm]] = f"有材料认为“{doubted.group()}”，先不计入"
    return facts, sides


def _before(told: Told, count: _Count, words: re.Pattern[str]) -> bool:
    return words.search(told.text, told.sentence(count.start)[0], count.start) is not None


def _is_late(told: Told, count: _Count) -> bool:
    """Whether it is the delay of the rescue that cost this: 延误抢救，又有1人死亡."""
    start, _ = told.sentence(count.start)
    return _LATE.search(told.text, start, count.end) is not None or _GREW.search(told.text, count.end, count.end + 12) is not None


def _parts(told: Told, counts: Sequence[_Count]) -> int:
    """The total of what is counted: the largest count, or the sum of those who died at once and those who died later."""
    for one, other in pairwise(counts):
        near = told.text[max(0, other.start - 4) : other.end]
        together = told.sentence(one.start) == told.sentence(other.start) and not re.search(
            "其中|共", told.text[: other.start][-60:]
        )
        if together and _AT_ONCE.search(one.text) and _AFTERWARDS.search(near) and not _AT_ONCE.search(near):
            return max(one.n + other.n, *(each.n for each in counts))
    return max(one.n for one in counts)


def _counts(told: Told, harm: str, named: Sequence[Named]) -> Iterator[_Count]:
    text = told.plain
    found = [*_COUNTED[harm].finditer(text), *_short(text, harm)]
    found = found or list(_ALONE[harm].finditer(text))
    for match in sorted(found, key=lambda match: match.start()):
        groups = match.groupdict()
        count = to_number(groups.get("s") or groups.get("n") or groups.get("n2") or groups.get("n3") or "")
        if count is not None and not _possible(text, match) and told.clause(match.start()).voice is not Voice.DEFENCE:
            yield _Count(int(count), match.start(), match.end(), match.group())
    who = [*_named(told, harm, named), *listed(told, harm, named)]
    if who:
        yield _Count(len({name for name, _, _ in who}), who[0][1], who[-1][2], "、".join(name for name, _, _ in who))
    elif not found and harm in _ONE:
        yield from (_Count(2, match.start(), match.end(), match.group()) for match in _PAIR.finditer(text) if harm == "deaths")
        if harm != "deaths" or not _PAIR.search(text):
            yield from list(_one(text, harm))[:1]


def _possible(text: str, match: re.Match[str]) -> bool:
    """Whether it is only what might happen: 致多人死亡的现实危险."""
    return _MIGHT.match(text, match.end()) is not None or _MAY.search(text, max(0, match.start() - 14), match.start()) is not None


def _one(text: str, harm: str) -> Iterator[_Count]:
    for match in _ONE[harm].finditer(text):
        saved = _SAVED.search(match.group())
        if _possible(text, match) or _DENIED.search(text, max(0, match.start() - 16), match.start()):
            continue
        if saved or not _NOBODY.search(text, max(0, match.start() - 3), match.start() + 2):
            yield _Count(1, match.start(), match.end(), match.group())


def _named(told: Told, harm: str, named: Sequence[Named]) -> list[Named]:
    """Those whose names are followed by what befell them, with the names that are joined to theirs: 吴某、冯某送医后不治."""
    everybody = sorted(
        {*named, *((found.group(), *found.span()) for found in _SYMBOL.finditer(told.text))}, key=lambda one: one[1]
    )
    hurt: list[Named] = []
    for place, one in enumerate(everybody):
        if not _FATE[harm].match(told.plain, one[2]):
            continue
        group = [one]
        for earlier in reversed(everybody[:place]):
            if not _JOINED.fullmatch(told.text, earlier[2], group[-1][1]):
                break
            group.append(earlier)
        hurt += reversed(group)
    return hurt


def listed(told: Told, harm: str, named: Sequence[Named]) -> list[Named]:
    """Those whom a list names under a heading: 死者：操作工蔡某、学徒卞某；重伤：班长骆某."""
    found: list[Named] = []
    for heading in _LISTED[harm].finditer(told.text):
        edge = heading.end()
        for one in sorted(named, key=lambda one: one[1]):
            if one[1] >= edge and re.fullmatch(r"[、和及]?[^，。；、：]{0,10}", told.text[edge : one[1]]):
                found.append(one)
                edge = one[2]
    return found


def _short(text: str, harm: str) -> Iterator[re.Match[str]]:
    wanted = {"serious_injuries": "重", "minor_injuries": "轻"}.get(harm)
    return (match for match in _SHORT.finditer(text) if wanted and match["how"] == wanted)


def _opposed(told: Told, counts: Sequence[_Count]) -> bool:
    """Two counts of the same that cannot both be right; a smaller one may be a part (其中) or an earlier state."""
    largest = max(one.n for one in counts)
    smaller = [one for one in counts if one.n < largest and one.text[0] in f"0123456789{_DIGITS}死遇身重轻致"]
    smaller = [one for one in smaller if not _INSIDE.search(told.text, told.clause(one.start).start, one.start)]
    parts = sum(one.n for one in smaller) == largest
    return (
        bool(smaller)
        and not parts
        and _ELSEWHERE.search(told.text) is not None
        and not re.search(r"最终|后又|升至|增至|增加到", told.text)
    )
