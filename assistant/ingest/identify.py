"""What a document is: which law, which part and version of it, or no law at all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from assistant.domain.library import DocumentKind
from assistant.domain.provision import Law
from assistant.ingest.document import Document
from assistant.law.head import head_end
from assistant.law.names import normalize_title
from assistant.law.outline import Outline
from assistant.law.patterns import HEAD_FIELD

# 安全生产法(2021-06-10) · 规定（2021-06-10） · 规定 2021-06-10 · 条例_20210610
_NAME_DATE = re.compile(r"[\s_(（]*(?P<year>(?:19|20)\d\d)[-.]?(?P<month>\d\d)[-.]?(?P<day>\d\d)\s*[)）]?\s*$")
# 应急管理部令第14号 生产安全… · 未提供 煤矿安全规程 · 国办发〔2024〕5号 突发事件… · …令（第92号） 煤矿…
_NUMBER_BEFORE = re.compile(r"^(?P<doc_no>未提供|\S*\d\s*号[）)]?)\s+(?=\S)")
_SECOND_TITLE = re.compile(r"\A\s*#[ ][^\n]+\n\s*#[ ](?P<part>[^\n]*编|附则|总则)\s*\n")
_COURTS = re.compile(r"(最高人民法院)\s+(?=最高人民检察院)|(最高人民检察院)\s+(?=(?:公安部|最高人民法院|司法部))")
_STATE = re.compile(r"中华人民共和国")
_BRACKETS = str.maketrans({"(": "（", ")": "）", "<": "《", ">": "》", "〈": "《", "〉": "》"})
_LAW_TITLE = re.compile(
    r"(?:法|法典|条例|规定|办法|解释|规则|规程|细则|标准|决定|意见|修正案|批复|公告|规范|准则|通知|答复|解答|安排|命令|纪要|名录|目录|公约)"
    r"(?:（[^（）]{1,12}）)*$"
)
_OTHER_TITLE = re.compile(
    r"(?:报告|笔录|判决书|裁定书|决定书|意见书|起诉书|攻略|(?<!修正)案|案例|总结|讲稿|课件|记录|台账)(?:（[^（）]{1,12}）)*$"
)
_CASES = "案例"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a file holds."""

    id: str
    title: str
    kind: DocumentKind
    part: str = ""
    dated: date | None = None
    """公布、通过 or 修正日 where it can be trusted: in the file's name, or in a head that lists what happened to the text."""
    doc_no: str = ""
    known: Law | None = None


class KnownLaws:
    """The built-in metadata, found by any title, short title or number."""

    def __init__(self, laws: Mapping[str, Law]) -> None:
        self._by_name: dict[str, Law] = {}
        for name, law in laws.items():
            for spelling in (law.title, name, *law.aliases):
                self._by_name.setdefault(normalize_title(spelling), law)

    def find(self, title: str) -> Law | None:
        """The law of this title."""
        return self._by_name.get(normalize_title(title))


def identify(document: Document, source: str, outline: Outline, known: KnownLaws, promulgated: date | None) -> Identity:
    """The law and version that a file holds, from its title, its name and what is known of laws."""
    raw, doc_no = _without_number(document.title)
    title, name_date = canonical_title(_NAME_DATE.sub("", raw)), date_in_name(PurePosixPath(source).stem)
    law = known.find(title)
    title = law.title if law else title
    if not law and not _is_law(title, source, outline):
        return Identity(document_id("document", source), title, DocumentKind.DOCUMENT, dated=name_date)
    second = _SECOND_TITLE.match(document.text)
    part = second["part"].strip() if second else ""
    fields = HEAD_FIELD.search(document.text, 0, head_end(document.text))
    version = name_date or promulgated
    key = document_id("law", normalize_title(title), part, version.isoformat() if version else "")
    return Identity(key, title, DocumentKind.LAW, part, name_date if fields else version, doc_no, law)


def canonical_title(title: str) -> str:
    """Without 中华人民共和国 and blanks, with full-width brackets: as titles are shown."""
    joined = _COURTS.sub(lambda found: found[0].rstrip() + "、", title.strip())
    plain = _STATE.sub("", "".join(joined.split()).translate(_BRACKETS))
    return plain[1:-1] if plain.startswith("《") and plain.endswith("》") and plain.count("《") == 1 else plain


def date_in_name(stem: str) -> date | None:
    """The date at the end of a file's name."""
    found = _NAME_DATE.search(stem)
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None


def document_id(*parts: str) -> str:
    """A short name that stays the same for the same parts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def text_hash(lines: Iterable[str]) -> str:
    """Hash of a text that does not see blanks, so that the same text in another format is the same."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update("".join(line.split()).encode() + b"\n")
    return digest.hexdigest()


def _without_number(title: str) -> tuple[str, str]:
    found = _NUMBER_BEFORE.match(title.strip())
    if not found:
        return title, ""
    return title.strip()[found.end() :], "" if found["doc_no"] == "未提供" else found["doc_no"]


def _is_law(title: str, source: str, outline: Outline) -> bool:
    if _CASES in PurePosixPath(source).parts[:-1] or _OTHER_TITLE.search(title):
        return False
    numbers = [article.number for article in outline.articles]
    return bool(_LAW_TITLE.search(title)) or (outline.numbering == "第X条" and len(numbers) > 2 and numbers[0] == "1")
