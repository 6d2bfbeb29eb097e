"""遮蔽: what tells who is meant is replaced before a text leaves this machine, and put back in what comes back.

By rules: identity numbers, bank cards, telephones, licence plates, e-mail addresses, names of companies and of persons. A name is
masked everywhere once it was recognised anywhere. A mask such as 人员A1 comes back as it is, in full width or with a blank.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅"
    "皮卞齐康伍余元卜顾孟黄穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫"
    "房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊惠甄曲家封芮储靳段富巫乌焦巴弓牧隗山谷车侯宓蓬全班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶黎薄印白怀"
    "蒲台从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎慕连茹习艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇"
    "广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公付肖覃闫代"
)
_TITLES = (
    "先生|女士|同志|经理|总经理|副总|厂长|矿长|主任|队长|班长|组长|科长|处长|局长|老板|师傅|工程师|安全员|监理|法定代表人|董事长|实际控制人|"
    "被告人?|犯罪嫌疑人|嫌疑人|当事人|负责人|驾驶员|司机|工人|职工|员工|电工|焊工|死者|伤者|被害人|证人|股东|承包人|包工头|投资人|会计"
)
_GIVEN = r"[\u4e00-\u9fff]{1,2}"
_NOT_NAMES = re.compile(r"^(?:.[某人们者员方家司厂矿])?$|^(?:安全|管理|负责|公司|单位|和|与|或|等|的|在|是|因|未|为|所|及)")
_PERSONS = (
    re.compile(
        rf"(?:{_TITLES})(?:是|为|叫|系)?(?P<name>[{_SURNAMES}]{_GIVEN})(?=[，。、；：（）(),;\s的与和及将被把在因未于对无没是有向到系负带指担违]|$)"
    ),
    re.compile(rf"(?<![\u4e00-\u9fff])(?P<name>[{_SURNAMES}]{_GIVEN}?)(?:{_TITLES})"),
    re.compile(rf"(?<![\u4e00-\u9fff])(?P<name>[{_SURNAMES}]{_GIVEN})[（(](?:男|女|身份证|\d|电话|手机|系)"),
    re.compile(rf"(?:我叫|名叫|姓名[：:]?|叫做|联系人[：:]?)\s*(?P<name>[{_SURNAMES}]{_GIVEN})(?![\u4e00-\u9fff])"),
    re.compile(rf"(?P<name>[{_SURNAMES}]某{{1,2}}(?:[甲乙丙丁]|[\u4e00-\u9fff](?=[，。、；的与和]))?)"),
)
_PLACE = r"[\u4e00-\u9fffA-Za-z0-9（）()]"
_COMPANY = re.compile(
    rf"(?P<name>{_PLACE}{{2,24}}?(?:有限责任公司|股份有限公司|集团有限公司|有限公司|分公司|公司|集团|合伙企业|事务所|合作社|工程队|工程处|煤矿|铁矿|化工厂|机械厂|工厂|加工厂|烟花厂|厂|商行|经营部|酒店|饭店|医院))"
)
_GENERIC = re.compile(
    r"^(?:.{0,4}(?:某|本|该|贵|我|这家|那家|一家|两家|几家|各|其他|子|母|总|分|危化|建筑|施工|劳务|保险|化工|生产|经营|外包|承包|发包|租赁|物业|民营|国有|小|大|老|新)(?:公司|厂|煤矿|集团|工厂|医院|酒店|饭店)?)$"
)
_PREFIX = re.compile(
    r"^.*(?:位于|任职于|就职于|受雇于|属于|承包给|发包给|分包给|转包给|出租给|租给|我是|我在|我们|是|在|由|与|和|向|被|把|给|对|为|系|的|[，。、；：\s])(?=.{2,})"
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
    for kind, pattern in _PATTERNS:
        for hit in pattern.finditer(text):
            yield kind, hit.group()
    for hit in _COMPANY.finditer(text):
        name = _PREFIX.sub("", hit["name"])
        if len(name) > 3 and not _GENERIC.match(name):
            yield "企业", name
    for pattern in _PERSONS:
        for hit in pattern.finditer(text):
            if not _NOT_NAMES.match(hit["name"][1:]):
                yield "人员", hit["name"]
