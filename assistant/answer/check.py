"""引用核验: every legal reference of a text against the library at a date. Deterministic, no model.

The first verdict that holds, in the order of ``Verdict``: a law that is not here, not yet or no longer in force, then the place,
then the words (``compare``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from assistant.answer.compare import Judged, compare
from assistant.answer.elsewhere import Search, Shelf, share
from assistant.answer.references import references, unknown
from assistant.answer.said import LEAST, Said, what_is_said
from assistant.answer.sources import Sources, without_issuer
from assistant.domain.check import Finding, Verdict
from assistant.domain.provision import ArticleRef, Law, Provision, Status, TextKind
from assistant.errors import Cancelled
from assistant.law.labels import day
from assistant.law.names import normalize_title
from assistant.law.outline import select, split_paragraphs
from assistant.law.patterns import BRACKETS, IN_FORCE_FROM, TITLE
from assistant.law.refs import FoundRef, article_label, label
from assistant.law.wording import Words, words

_REPLACED = re.compile(r"不能当作现行|不能再作|不得再引用|不再是现行")
_NUMBER = re.compile(r"(?P<organ>[\u4e00-\u9fff]+?)(?:〔(?P<year>\d{4})〕|第)(?P<serial>\d+)号")
_NUMBER_BEFORE = re.compile(_NUMBER.pattern + r"[，、的]?$")
_NUMBER_BEHIND = re.compile(rf"（{_NUMBER.pattern}")
_AMENDED_BY_ORDER = {"法律", "行政法规"}
"""Every amendment of these is promulgated under a number of its own."""
_TITLE = 6
"""Characters of a title that no other title holds by chance."""
_CLAUSE_ENDS = re.compile(r"[。；\n]")
_REPEALS = re.compile(r"[^，：]*废止")
"""What follows a title that is repealed; one before a comma may only be named beside it."""
_SAME = 0.5
"""Share of what is said from which it is the wording of an article."""


def check(
    text: str,
    sources: Sources,
    search: Search | None,
    on: date,
    progress: Callable[[str, int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Finding]:
    """Every reference of a text in its order; one that names no law whose article could be looked up is passed over.

    ``search`` finds provisions for words that do not stand where the text says; without it they are not looked for. Offsets count characters of ``text``. Raises
    ``Cancelled`` soon after ``cancelled`` turns true.
    """
    shelf = Shelf(sources, search, on)
    refs = references(text, sources)
    found: list[Finding] = []
    for said in what_is_said(text, refs):
        for ref in said.refs:
            if cancelled and cancelled():
                raise Cancelled("已停止核验。")
            found.append(_finding(text, ref, said, shelf))
            if progress:
                progress("核验", len(found), len(refs))
    return sorted(found, key=lambda one: (one.start, one.end))


def _finding(text: str, found: FoundRef, said: Said, shelf: Shelf) -> Finding:
    judged = _judge(found, said, shelf)
    if judged.verdict in {Verdict.RIGHT, Verdict.UNDECIDED}:
        judged = _wrong_number(text, found, shelf) or judged
    named = found.ref or unknown(found)
    return Finding(
        found.surface,
        found.start,
        found.end,
        named.law,
        named.article,
        named.paragraph,
        named.item,
        judged.verdict,
        judged.right,
        judged.why,
        found.to_article,
        judged.source_id,
        judged.marks,
    )


def _judge(found: FoundRef, said: Said, shelf: Shelf) -> Judged:
    judged = _in_order(found, said, shelf)
    if found.surface.startswith("本条") and judged.verdict is not Verdict.RIGHT:
        return Judged(Verdict.UNDECIDED, "", "“本条”指哪一条，文中没有写明。")  # of the law named before, or of the text itself
    return judged


def _in_order(found: FoundRef, said: Said, shelf: Shelf) -> Judged:
    if found.ref is None:
        return _repealed(found, shelf) or Judged(
            Verdict.NO_SUCH_LAW, "", f"{found.reason}，请核对名称；可能没有这部文件，也可能还没有导入。"
        )
    if said.former:
        return Judged(Verdict.UNDECIDED, "", "文中说的是修改以前的条文，请按当时的文本核对。")
    provision = shelf.provision(found.ref)
    decided = _out_of_force(found.ref, provision, said, shelf) or _no_such_place(found, provision, said, shelf)
    if decided or provision is None:
        return decided or Judged(Verdict.UNDECIDED, "", f"库中没有{label(found.ref.whole_article())}的官方文本，不能核对文字。")
    if provision.kind is not TextKind.ORIGINAL:
        return Judged(Verdict.UNDECIDED, "", "库中只有这一条的要旨，没有原文，请导入官方文本后再核对。", provision.id)
    return compare(found, provision, said, _beside(said, shelf), shelf)


def _wrong_number(text: str, found: FoundRef, shelf: Shelf) -> Judged | None:
    """Whether the number written beside the title is another document's: 应急管理部令第13号 for 第14号."""
    law = shelf.sources.law(found.ref.law) if found.ref else None
    title = TITLE.match(text, found.start)
    if law is None or title is None or not law.doc_no or law.level in _AMENDED_BY_ORDER:
        return None
    known = _NUMBER.fullmatch("".join(law.doc_no.split()).translate(BRACKETS))
    before, behind = text[max(0, found.start - 24) : found.start], text[title.end() : title.end() + 26]
    written = _NUMBER_BEFORE.search(before.translate(BRACKETS)) or _NUMBER_BEHIND.match(behind.translate(BRACKETS))
    if known is None or written is None or not written["organ"].endswith(known["organ"]):
        return None
    if (written["year"], written["serial"]) == (known["year"], known["serial"]):
        return None
    return Judged(Verdict.WRONG_WORDS, law.doc_no, f"《{law.title}》的文号是{law.doc_no}。")


def _repealed(found: FoundRef, shelf: Shelf) -> Judged | None:
    """A text that the library does not have, but that one of its laws repeals by name."""
    name = without_issuer(unknown(found).law) or unknown(found).law
    title = normalize_title(name)
    for provision in shelf.sources.repealing if len(title) >= _TITLE else ():
        if name not in provision.text:
            continue
        lines = [normalize_title(line) for line in _CLAUSE_ENDS.split(provision.text)]
        if not any(_REPEALS.match(line, at + len(title)) for line in lines if (at := line.find(title)) >= 0):
            continue
        start = provision.effective.start or shelf.sources.law(provision.ref.law).effective.start
        if start and shelf.on < start:
            return Judged(Verdict.UNDECIDED, "", f"库中没有{title}的文本，不能核对。", provision.id)
        since = f"自{day(start)}起" if start else ""
        return Judged(Verdict.REPEALED, label(provision.ref), f"已{since}由{label(provision.ref)}废止。", provision.id)
    return None


def _beside(said: Said, shelf: Shelf) -> list[Words]:
    """The articles of the other references of the sentence, any of which a statement may be about."""
    provisions = [shelf.provision(ref.ref) for ref in said.neighbours if ref.ref]
    return [words(provision.text) for provision in provisions if provision]


def _out_of_force(ref: ArticleRef, provision: Provision | None, said: Said, shelf: Shelf) -> Judged | None:
    law = shelf.sources.law(ref.law)
    status = shelf.sources.status(provision, shelf.on) if provision else law.status(shelf.on)
    where, source = label(ref.whole_article()), provision.id if provision else ""
    if _REPLACED.search(law.note) and not law.effective.end:  # only the text before the present one is at hand
        if law.effective.start and shelf.on < law.effective.start:
            return None
        status = Status.AMENDED
    if status is Status.NOT_YET:
        start = (provision.effective.start if provision else None) or law.effective.start
        since = day(start) if start else ""
        if provision and _had_a_former_text(law, shelf) and not _fits(provision, said):
            return Judged(Verdict.UNDECIDED, "", f"库中{where}的文字自{since}起施行，此前的文本不在库中，不能核对。", source)
        return Judged(Verdict.NOT_YET, f"{since}起施行", f"{where}自{since}起施行，{day(shelf.on)}还不能引用。", source)
    if status is Status.REPEALED:
        ended = law.effective.end or (provision.effective.end if provision else None)
        since = f"自{day(ended + timedelta(days=1))}起" if ended else ""
        instead = f"，由《{law.superseded_by}》取代" if law.superseded_by else ""
        return Judged(
            Verdict.REPEALED,
            f"《{law.superseded_by}》" if law.superseded_by else "",
            f"《{law.title}》已{since}废止{instead}。",
            source,
        )
    if provision and status is Status.AMENDED:
        return Judged(Verdict.AMENDED, "", f"{where}的这一文本已被修改，不再是现行文本。{law.note}".strip(), source)
    return None


def _had_a_former_text(law: Law, shelf: Shelf) -> bool:
    """Whether the law was in force before the text at hand: its last article still names the first day."""
    numbers = shelf.sources.texts.articles(law.title)
    last = shelf.provision(ArticleRef(law.title, numbers[-1])) if numbers else None
    told = IN_FORCE_FROM.search(last.text) if last else None
    first = int(words(told["year"]).text) if told and told["year"] else 0
    return bool(law.effective.start and 0 < first < law.effective.start.year)


def _fits(provision: Provision, said: Said) -> bool:
    pieces = [piece for piece in said.own if len(piece.words) >= LEAST]
    return bool(pieces) and share(pieces, words(provision.text)) >= _SAME


def _no_such_place(found: FoundRef, provision: Provision | None, said: Said, shelf: Shelf) -> Judged | None:
    ref = found.ref
    assert ref is not None
    if provision is None:
        loose = found.surface[0].isdecimal()  # 397、402条 behind another law: whose articles these are is not said
        return _no_such_article(ref, said, shelf) if shelf.sources.has_text(ref.law) and not loose else None
    if provision.kind is not TextKind.ORIGINAL:
        return None
    if found.to_article and shelf.provision(ArticleRef(ref.law, found.to_article)) is None:
        return Judged(Verdict.WRONG_PLACE, "", f"《{ref.law}》没有{article_label(found.to_article)}。", provision.id)
    if (ref.paragraph or ref.item) and select(provision.text, ref.paragraph, ref.item) is None:
        paragraphs = split_paragraphs(provision.text)
        if ref.paragraph is None and sum(bool(part.items) for part in paragraphs) > 1:
            return None  # several 款 have 项: which is meant is not said
        count = f"共{len(paragraphs)}款" if ref.paragraph and ref.paragraph > len(paragraphs) else "没有这一项"
        return Judged(Verdict.WRONG_PLACE, "", f"{label(ref.whole_article())}{count}。", provision.id)
    return None


def _no_such_article(ref: ArticleRef, said: Said, shelf: Shelf) -> Judged:
    numbers = shelf.sources.texts.articles(ref.law)
    main = [int(number) for number in (each.partition("-")[0] for each in numbers)]
    past = main and int(ref.article.partition("-")[0]) > max(main)
    why = f"《{ref.law}》止于{article_label(numbers[-1])}" if past else f"《{ref.law}》没有{article_label(ref.article)}"
    pieces = [piece for piece in said.own if len(piece.words) >= LEAST]
    best = shelf.best(pieces, ref) if pieces else None
    found = best if best and best.alike >= _SAME else None
    right = label(found.ref) if found else ""
    return Judged(
        Verdict.WRONG_PLACE, right, f"{why}。" + (f"这些内容见{right}。" if right else ""), found.provision.id if found else ""
    )
