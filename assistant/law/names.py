"""Where a text names a law: titles in 《》, bare titles and short titles, numbers of documents, 本法 and 同法."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from assistant.law import patterns

STATE = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Mention:
    """A law named in a text; ``law`` is ``""`` with a reason where it is not known."""

    start: int
    end: int
    law: str
    reason: str = ""
    quoted: bool = False
    """It stands in 《》."""
    follows: str = ""
    """本, 同 or 该 where it only points to a law."""


def normalize_title(title: str) -> str:
    """One spelling to compare titles by: without 中华人民共和国, 《》 and blanks, with brackets of one kind."""
    plain = "".join(title.split()).translate(patterns.BRACKETS)
    return plain.replace(STATE, "").translate(patterns.NO_TITLE_MARKS)


class NameIndex:
    """``names`` (any title, short title or number → canonical title) prepared for looking up in running text."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._titles = {normalize_title(name): canonical for name, canonical in names.items()}
        self._numbers = {key: canonical for name, canonical in names.items() if (key := document_key(name))}
        self._by_start: dict[str, list[tuple[str, str]]] = {}
        spellings = {name.translate(patterns.BRACKETS): canonical for name, canonical in names.items()} | self._titles
        for name in sorted(spellings, key=len, reverse=True):
            if len(name) > 1:
                self._by_start.setdefault(name[:2], []).append((name, spellings[name]))

    @classmethod
    def of(cls, names: Mapping[str, str] | NameIndex) -> NameIndex:
        """``names`` itself where it has been prepared already."""
        return names if isinstance(names, NameIndex) else cls(names)

    def title(self, title: str) -> str:
        """Canonical title, or ``""``."""
        plain = normalize_title(title)
        for spelling in (plain, patterns.VERSION_SUFFIX.sub("", plain)):
            if spelling in self._titles:
                return self._titles[spelling]
        return self._numbers.get(document_key(title), "")

    def number(self, organ: str, year: str, serial: str) -> tuple[str, int]:
        """Canonical title of a numbered document, and how many characters of ``organ`` belong to it."""
        for cut in range(len(organ)):
            canonical = self._numbers.get(f"{organ[cut:]}{year}-{int(serial)}")
            if canonical:
                return canonical, len(organ) - cut
        return "", len(organ)

    def longest(self, text: str, at: int) -> tuple[str, str]:
        """The longest known name that stands at this place, and its canonical title."""
        for pair in self._by_start.get(text[at : at + 2], ()):
            if text.startswith(pair[0], at):
                return pair
        return "", ""

    def marks_of(self, laws: Collection[str]) -> tuple[str, ...]:
        """What a text, written as ``normalize_title`` writes it, must hold to name one of these laws: a title, or 法释〔2015."""
        titles = {name for name, law in self._titles.items() if law in laws and name}
        numbers = [patterns.DOC_KEY.fullmatch(key) for key, law in self._numbers.items() if law in laws]
        heads = {f"{key['organ']}{bracket}{key['year']}" for key in numbers if key for bracket in ("", "〔", "（")}
        return tuple(sorted(titles | heads))


def document_key(name: str) -> str:
    """``法释2015-22`` for 法释〔2015〕22号 in any brackets; ``""`` for what is not a number of a document."""
    if not any(mark.isdecimal() for mark in name):
        return ""
    plain = "".join(name.split()).translate(patterns.BRACKETS)
    found = patterns.DOC_NO.fullmatch(plain) or patterns.DOC_KEY.fullmatch(plain)
    return f"{found['organ']}{found['year']}-{int(found['serial'])}" if found else ""


def find_mentions(text: str, index: NameIndex, context_law: str = "") -> list[Mention]:
    """Every law named in ``text``, in order, without overlaps; ``text`` has unified brackets."""
    found: list[Mention] = []
    taken = 0
    for mention in sorted(_candidates(text, index, context_law), key=lambda one: (one.start, -one.end)):
        if mention.start >= taken:
            found.append(mention)
            taken = mention.end
    return _with_short_names(text, sorted([*found, *_unknown(text, found)], key=lambda one: one.start))


def _unknown(text: str, known: list[Mention]) -> Iterator[Mention]:
    """婚姻法 in 婚姻法第四十二条 where no such law is known: its article is not one of the law that the text is taken from."""
    ends = {mention.end for mention in known}
    for hit in patterns.GLUED_LAW.finditer(text):
        if hit.end() not in ends:
            yield Mention(hit.start(), hit.end(), "", f"库中没有“{text[max(0, hit.start() - 6) : hit.end()]}”这部法律")


def _candidates(text: str, index: NameIndex, context_law: str) -> Iterator[Mention]:
    for title in patterns.TITLE.finditer(text):
        law = index.title(title["title"])
        yield Mention(title.start(), title.end(), law, "" if law else f"库中没有《{title['title']}》", quoted=True)
    yield from _numbered(text, index)
    yield from _bare(text, index)
    for this in patterns.THIS_LAW.finditer(text):
        law = _this_law(this[0], this["which"], index, context_law)
        yield Mention(this.start(), this.end(), law, "" if law else f"不知道“{this[0]}”指哪一部", follows=this["which"])


def _numbered(text: str, index: NameIndex) -> Iterator[Mention]:
    for found in patterns.DOC_NO.finditer(text):
        law, length = index.number(found["organ"], found["year"], found["serial"])
        start = found.end("organ") - length
        # A number in brackets behind a title only repeats the title.
        if law or text[start - 1 : start] != "（":
            yield Mention(start, found.end(), law, "" if law else f"库中没有{text[start : found.end()]}", quoted=True)
    for found in patterns.DOC_KEY.finditer(text):
        law, length = index.number(found["organ"], found["year"], found["serial"])
        if law:
            yield Mention(found.end("organ") - length, found.end(), law)


def _bare(text: str, index: NameIndex) -> Iterator[Mention]:
    at = 0
    while at < len(text):
        name, law = index.longest(text, at)
        if not name:
            at += 1
            continue
        end = at + len(name)
        start = at - len(STATE) if text.startswith(STATE, at - len(STATE)) and at >= len(STATE) else at
        longer = patterns.LONGER_TITLE.match(text, end)
        local = name.endswith(("条例", "办法", "规定")) and patterns.LOCAL.search(text[max(0, at - 3) : at])
        if longer or local:
            whole = text[at : longer.end()] if longer else text[at - 1 : end]
            yield Mention(start, longer.end() if longer else end, "", f"库中没有“{whole}”")
        else:
            yield Mention(start, end, law)
        at = end


def _this_law(surface: str, which: str, index: NameIndex, context_law: str) -> str:
    if which != "本":
        return ""
    # 本法 inside an amendment is the law that it amends.
    amended, mark, _ = context_law.partition("修正案")
    return index.title(amended) if mark and surface == "本法" else context_law


def _with_short_names(text: str, mentions: list[Mention]) -> list[Mention]:
    """Resolve 同法 and 该法 to the law named before, and 《解释》 to what the text itself calls so."""
    known: dict[str, str] = {}
    resolved: list[Mention] = []
    last, cursor = "", 0
    for mention in mentions:
        for declared in patterns.SHORT_NAME.finditer(text, cursor, mention.start):
            known.setdefault(declared["name"], last)
        surface = text[mention.start : mention.end].strip("《》")
        law = mention.law or known.get(surface, "")
        declares = patterns.DECLARES.search(text, max(0, mention.start - 8), mention.start) is not None
        if declares and last:
            known[surface], law = last, last
        elif mention.follows not in {"", "本"}:
            law = last
        if law != mention.law:
            mention = Mention(mention.start, mention.end, law, "", mention.quoted, mention.follows)
        resolved.append(mention)
        last, cursor = law or last, mention.end
    return resolved
