"""遮蔽: what tells who is meant is replaced before a text leaves this machine, and put back in what comes back.

By rules: identity numbers, bank cards, telephones, licence plates, e-mail addresses, names of companies and of persons. A name is
masked everywhere once it was recognised anywhere. A mask such as 人员A1 comes back as it is, in full width or with a blank.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔"
    "康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎易武乔贺赖龚文庞樊兰殷施陶洪翟颜倪严牛温季俞章鲁葛韦申尤毕聂焦柳邢路岳齐梅莫庄辛祝左涂谷祁舒耿牟卜詹关苗凌费纪靳盛"
    "童欧甄项曲游裴席屈鲍覃霍翁隋甘景包柏柯阮桂闵柴冉房吉饶刁瞿戚丘古米池滕苑邬臧宫苟褚廉简娄符奚穆党燕郎冀谈姬屠晏栾郁蒙喻窦迟冷卓仇艾蓝巩仲虞卞楚佟匡巫鞠桑肖闫付代"
)
_TITLES = (
    "先生|女士|总经理|副总|经理|厂长|矿长|主任|队长|班长|组长|科长|处长|局长|老板|师傅|工程师|安全员|监理|法定代表人|董事长|实际控制人|"
    "被告人|犯罪嫌疑人|嫌疑人|当事人|负责人|驾驶员|司机|工人|职工|员工|电工|焊工|死者|伤者|被害人|证人|股东|承包人|包工头|投资人|会计"
)
_STOPS = "的了在与和及由被把给对为系是到向从将让使其因未没无不已曾均都也就说称指要叫带打擅隐负先仍违签同或等之此该某、，。；：（）(),;:? \n"
"""What no name goes on with."""
_WORDS = re.compile(
    "申诉|申请|申报|代表|项目|项治|包括|包含|包工|包装|任何|任职|任务|任意|石油|石化|金属|金额|黄金|马上|高度|高层|高危|高空|高处|高温|路面|路线|"
    "方法|方案|方面|方式|温度|白天|段落|雷管|雷电|房屋|房产|房东|林业|林区|海上|文件|文书|严重|严格|余下|余额|童工|齐全|符合|柴油|施工|施行|季度|章程|"
    "陶瓷|程序|许可|张贴|罗列|范围|康复|毕业|焦化|关于|关闭|关系|费用|顾问|冷却|冷库|简易|屠宰|迟报|迟延|古建|明知|曲线|游乐|甘肃|江苏|江西|温州|沈阳"
)
"""Words that begin like a name."""
_GIVEN = rf"[^{_STOPS}\W\d_a-zA-Z]"
_PERSONS = (
    re.compile(rf"(?:{_TITLES})(?:是|为|叫|系|姓名)?(?P<name>[{_SURNAMES}]{_GIVEN}{{1,2}})"),
    re.compile(rf"(?<![\u4e00-\u9fff])(?P<name>[{_SURNAMES}]{_GIVEN}{{1,2}}?)(?:{_TITLES})"),
    re.compile(rf"(?P<name>[{_SURNAMES}]{_GIVEN}{{1,2}})[（(](?:男|女|身份证|电话|手机|，|\d)"),
    re.compile(rf"(?:我叫|名叫|姓名[：:]?|叫做|联系人[：:]?)\s*(?P<name>[{_SURNAMES}]{_GIVEN}{{1,2}})"),
    re.compile(rf"(?P<name>[{_SURNAMES}]某{{1,2}}{_GIVEN}?)"),
)
_COMPANY = re.compile(
    r"(?P<name>[\u4e00-\u9fff（）()]{2,24}?(?:有限责任公司|股份有限公司|有限公司|分公司|公司|集团(?!公司|有限)|合伙企业|事务所|合作社|工程队|"
    r"[煤铁铜金锡]矿(?!企业|安全|事故|山|石|主|井|开|生产|建设)|厂(?![房区长家里内门矿址界])|商行|经营部|酒店|饭店|医院))"
)
_BEFORE_NAME = re.compile(
    r"^.*(?:起规定|这些罪名追究|再找|怎么罚|位于|任职于|就职于|受雇于|承包|发包|分包|转包|出租|租给|共同|我们|我家|[年月日时分]|[的了在与和及由被把给对为系是到向从将让使其，。、；：？！])(?=[^，。]{2,})"
)
_GENERIC = re.compile(
    r"^(?:某某?|本|该|贵|我|这家|那家|一家|[一两三几多]家|各|其他|其它|子|母|总|分|有关|相关|涉事|事故|危化|危险化学品|化工|化学|建筑|建筑施工|建筑装饰|施工|劳务|劳务派遣|"
    r"保险|生产|经营|外包|承包|发包|租赁|物业|物业服务|民营|国有|小型?|大型?|老|新|机械|加工|食品|服装|木材|家具|烟花|烟花爆竹|运输|物流|餐饮|制造|上市|股份|责任|检测|评价|安全评价|"
    r"没有资质的|无资质|一般的|街边|附近|小|客运|货运|校车|所属|会计师|律师|犯罪|伪造|指|那个|这个|规定|认定|包括|特殊领域|场|（|家属还能|叉车等)*(?:公司|厂|工厂|煤矿|集团|医院|酒店|饭店|工程队|合作社|商行|事务所|矿|铁矿|金矿)$"
)
_PATTERNS = (
    ("邮箱", re.compile(r"(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("证件号", re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15})(?![0-9A-Za-z])")),
    (
        "信用代码",
        re.compile(r"(?<![0-9A-Za-z])(?=[0-9A-Z]*[A-Z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])"),
    ),
    ("账号", re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)")),
    ("电话", re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[-－]\d{7,8}(?!\d)")),
    (
        "车牌",
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·\s]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
        ),
    ),
)
_FULL_WIDTH = {ord(c): unicodedata.normalize("NFKC", c) for c in "０１２３４５６７８９ＡａａＸｘ＠．"}


class Mask:
    """One request's masks. The same thing has the same mask in every text that is given."""

    def __init__(self) -> None:
        self._of: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def __call__(self, text: str) -> str:
        """The text with masks. Masks all texts of a request alike when ``learn`` has seen them before."""
        self.learn(text)
        plain = text.translate(_FULL_WIDTH)
        known = sorted(self._of, key=len, reverse=True)
        if not known:
            return plain
        return re.sub("|".join(map(re.escape, known)), lambda hit: self._of[hit.group()], plain)

    def learn(self, *texts: str) -> None:
        """Recognise what has to be masked, so that a name told in one text is masked in the others."""
        for text in texts:
            for kind, found in _found(text.translate(_FULL_WIDTH)):
                if found not in self._of:
                    self._counts[kind] = self._counts.get(kind, 0) + 1
                    self._of[found] = f"{kind}A{self._counts[kind]}"

    def back(self, text: str) -> str:
        """The text with everything put back."""
        if not self._of:
            return text
        real = {mask: found for found, mask in self._of.items()}
        kinds = "|".join(self._counts)
        pattern = re.compile(rf"[【\[〔<]?(?P<kind>{kinds})\s*[AaＡａ]\s*[-_]?\s*(?P<n>[0-9０-９]+)[】\]〕>]?")
        return pattern.sub(lambda hit: real.get(f"{hit['kind']}A{int(hit['n'])}", hit.group()), text)

    @property
    def count(self) -> int:
        """How many things are masked."""
        return len(self._of)


def _found(text: str) -> Iterator[tuple[str, str]]:
    """(kind, words) of what tells who is meant; what one rule took is not read by the next."""
    for kind, pattern in _PATTERNS:
        for hit in pattern.finditer(text):
            yield kind, hit.group()
        text = pattern.sub("，", text)
    for hit in _COMPANY.finditer(text):
        name = _BEFORE_NAME.sub("", hit["name"])
        if len(name) > 3 and not _GENERIC.match(name):
            yield "企业", name
            text = text.replace(name, "，")
    for pattern in _PERSONS:
        for hit in pattern.finditer(text):
            if not _WORDS.match(hit["name"]):
                yield "人员", hit["name"]
