"""Whether an official text arrived whole: gaps, repeats, broken sentences, page numbers inside them, versions that differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.provision import Provision
from assistant.law.patterns import ARTICLE_MARK
from assistant.law.refs import article_label, parse_article


class Damage(StrEnum):
    """What is wrong with a text."""

    GAP = "条号缺失"
    REPEAT = "条号重复"
    CUT = "句子不完整"
    PAGE_NUMBER = "混入页码"
    DIFFERENT = "两份文本不一致"
    NO_ARTICLES = "没有条文"


@dataclass(frozen=True, slots=True)
class Finding:
    """One damage: where, and what to do."""

    damage: Damage
    law: str
    article: str
    advice: str

    def __str__(self) -> str:
        """One Chinese sentence."""
        place = f"《{self.law}》{article_label(self.article) if self.article else ''}"
        return f"{place}：{self.damage}，{self.advice}"


_ENDS = '。．；：！？”’）》…!?;:)"|'
# The end of a paragraph, then nothing but a number: 12 · - 3 - · 第 5 页
_NUMBER_LINE = re.compile(
    r"^\s*(?:[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d{1,4}\s*页(?:\s*[,，]?\s*共\s*\d+\s*页)?|\d{1,4})\s*$", re.MULTILINE
)
# 处三年以 - 12 - 下有期徒刑; the blanks tell it from 苯基-2-丙酮
_NUMBER_INSIDE = re.compile(r"[\u4e00-\u9fff，、][ \t]*[-—–][ \t]+\d{1,4}[ \t]+[-—–][ \t]*(?=[\u4e00-\u9fff])")
# 应纳税额＝销售额×税率
_FORMULA = re.compile(r"[＝=×÷]")
_NUMBERED_BY_ARTICLE = "第X条"
_MANY = 5


def check_text(law: str, numbering: str, provisions: Sequence[Provision], starts_at_one: bool = True) -> list[Finding]:
    """Findings in one text of a law."""
    if not any(provision.ref.article for provision in provisions):
        advice = "没有读到“第几条”，只能整篇检索；如果原件分条，请换一份完整的文件重新导入。"
        return [Finding(Damage.NO_ARTICLES, law, "", advice)]
    numbered = [provision for provision in provisions if provision.ref.article]
    findings = list(_gaps(law, numbered, starts_at_one))
    for provision in numbered:
        findings.extend(_in_article(law, numbering, provision))
    return findings


def _gaps(law: str, provisions: Sequence[Provision], starts_at_one: bool) -> Iterator[Finding]:
    previous = 0 if starts_at_one else int(provisions[0].ref.article.split("-")[0]) - 1
    for provision in provisions:
        number = int(provision.ref.article.split("-")[0])
        if number > previous + 1:
            first, last = article_label(str(previous + 1)), article_label(str(number - 1))
            missing = first if first == last else f"{first}至{last}"
            advice = f"缺少{missing}，请核对原件，补全后重新导入。"
            yield Finding(Damage.GAP, law, str(previous + 1), advice)
        previous = max(previous, number)


def _in_article(law: str, numbering: str, provision: Provision) -> Iterator[Finding]:
    article, text = provision.ref.article, provision.text
    repeated = _repeated(provision) if numbering == _NUMBERED_BY_ARTICLE else ""
    if repeated:
        advice = f"{article_label(repeated)}在{article_label(article)}之后再次出现，请核对原件后删去多余的一份再导入。"
        yield Finding(Damage.REPEAT, law, repeated, advice)
    if _NUMBER_LINE.search(text) or _NUMBER_INSIDE.search(text):
        yield Finding(Damage.PAGE_NUMBER, law, article, "条文中间夹有页码，引用前请对照原件，或换一份没有页码的文件重新导入。")
    last = text.rstrip().rpartition("\n")[2]
    if not last or (last[-1] not in _ENDS and not _FORMULA.search(last)):
        tail = last[-8:]
        yield Finding(Damage.CUT, law, article, f"条文结尾（“{tail}”）没有标点，可能缺字，请对照原件补全后重新导入。")


def _repeated(provision: Provision) -> str:
    """The article whose mark stands inside this one, where it may not stand again."""
    for found in ARTICLE_MARK.finditer(provision.text):
        number = parse_article(found["mark"])
        again = number is not None and _order(number) <= _order(provision.ref.article)
        if number and again and found["gap"] and not _quoted(provision.text, found.start()):
            return number
    return ""


def _quoted(text: str, position: int) -> bool:
    return text.rfind("“", 0, position) > text.rfind("”", 0, position)


def _order(article: str) -> tuple[int, ...]:
    return tuple(int(part) for part in article.split("-"))


def compare(law: str, ours: Iterable[Provision], others: Iterable[Provision], sources: tuple[str, str]) -> list[Finding]:
    """Findings where two texts of the same version of a law do not say the same."""
    first = {provision.ref.article: "".join(provision.text.split()) for provision in ours}
    second = {provision.ref.article: "".join(provision.text.split()) for provision in others}
    differing = [article for article in first if article in second and first[article] != second[article]]
    differing += sorted(first.keys() ^ second.keys())
    where = f"“{sources[0]}”与“{sources[1]}”"
    findings = [
        Finding(Damage.DIFFERENT, law, article, f"{where}的内容不同，库中保留前者，请与官方文本核对后删去有误的一份。")
        for article in differing[:_MANY]
    ]
    if len(differing) > _MANY:
        advice = f"{where}共有 {len(differing)} 处不同，库中保留前者，请与官方文本核对后删去有误的一份。"
        findings.append(Finding(Damage.DIFFERENT, law, "", advice))
    return findings
