"""From files to the library: read, identify, cut into articles, store; then settle which version is in force when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from assistant.domain.library import DocumentKind, LibraryDocument, Origin
from assistant.domain.provision import ArticleRef, Law, Provision, TextKind
from assistant.errors import IngestError
from assistant.ingest.document import Document
from assistant.ingest.files import Candidate, find_files
from assistant.ingest.health import check_text, compare
from assistant.ingest.history import amended_law
from assistant.ingest.identify import Identity, KnownLaws, identify, text_hash
from assistant.ingest.reader import read
from assistant.ingest.report import FileReport, ImportReport, Outcome
from assistant.ingest.settle import settle
from assistant.ingest.sink import LibrarySink
from assistant.ingest.validity import effective_of, is_known_version, version_of
from assistant.law.head import read_head
from assistant.law.outline import Outline, parse_outline

Progress = Callable[[str, int, int], None]
"""Called with the name of the file, its number from 1, and how many there are."""


def import_paths(
    paths: Iterable[Path],
    library: LibrarySink,
    known_laws: Mapping[str, Law],
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    origin: Origin = Origin.IMPORT,
) -> ImportReport:
    """Import files and folders; what cannot be read is in the report with its reason, and the rest goes on.

    Each file is stored in one step, so that a stop between two files leaves a library that works.
    """
    run = _Run(library, KnownLaws(known_laws), origin)
    candidates = list(find_files(paths))
    for number, candidate in enumerate(candidates, start=1):
        if cancelled and cancelled():
            run.report.cancelled = True
            break
        if progress:
            progress(candidate.source, number, len(candidates))
        run.report.results.append(run.take(candidate))
    run.report.versions = settle(library, run.titles, run.known)
    run.report.laws = len(run.titles)
    run.report.articles = sum(result.articles for result in run.report.results)
    return run.report


def remove_document(library: LibrarySink, document_id: str, known_laws: Mapping[str, Law]) -> bool:
    """Remove a document; what it had taken the place of is the newest again. Whether it was there."""
    document = library.document(document_id)
    if document is None or not library.remove(document_id):
        return False
    settle(library, {document.title}, KnownLaws(known_laws))
    return True


_SHORTEST_ANNEX = 20
"""Shorter than this it is a stray word, not an annex."""


@dataclass
class _Run:
    """One import: what it has met so far."""

    library: LibrarySink
    known: KnownLaws
    origin: Origin
    report: ImportReport = field(default_factory=ImportReport)
    titles: set[str] = field(default_factory=set)
    met: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Document id to the hash and the name of the file that brought it."""
    texts: dict[tuple[str, str, str], tuple[str, str]] = field(init=False)
    """Title, part and hash to id and source: the same text is the same version, whatever date its file's name gives."""

    def __post_init__(self) -> None:
        """Know the texts that the library has."""
        self.texts = {_text(document): (document.id, document.source) for document in self.library.documents()}

    def take(self, candidate: Candidate) -> FileReport:
        """Import one file."""
        if candidate.skip:
            return FileReport(candidate.source, Outcome.SKIPPED, reason=candidate.skip)
        try:
            text = read(candidate.path)
        except IngestError as error:
            return FileReport(candidate.source, Outcome.FAILED, reason=str(error))
        document, provisions = prepare(text, candidate.source, self.known)
        if document.id in self.met:
            return self._again(document, provisions)
        same, source = self.texts.setdefault(_text(document), (document.id, document.source))
        if same != document.id and document.kind is DocumentKind.LAW:
            return FileReport(document.source, Outcome.DUPLICATE, document.title, reason=f"与“{source}”文字相同，只是日期不同")
        self.met[document.id] = (document.sha256, candidate.source)
        if document.kind is DocumentKind.LAW:
            self.titles.add(document.title)
            whole = not document.part and amended_law(document.title) != "宪法"
            self.report.findings.extend(check_text(document.title, document.numbering, provisions, starts_at_one=whole))
        result = self._store(document, provisions)
        pages = text.meta.get("page_numbers")
        return replace(result, reason=f"已去掉夹在正文里的 {pages} 处页码") if pages else result

    def _store(self, document: LibraryDocument, provisions: Sequence[Provision]) -> FileReport:
        stored = self.library.document(document.id)
        outcome = Outcome.REPLACED if stored else Outcome.ADDED
        if stored and _same(stored, document):
            outcome = Outcome.UNCHANGED
        else:
            self.library.replace(replace(document, imported_at=datetime.now().astimezone(), origin=self.origin), provisions)
        return FileReport(document.source, outcome, document.title, len(provisions))

    def _again(self, document: LibraryDocument, provisions: Sequence[Provision]) -> FileReport:
        """A second file of the same version of the same law: the first one stays."""
        sha256, source = self.met[document.id]
        if sha256 == document.sha256:
            return FileReport(document.source, Outcome.DUPLICATE, document.title, reason=f"与“{source}”相同")
        first = list(self.library.provisions([document.id]))
        self.report.findings.extend(compare(document.title, first, provisions, (source, document.source)))
        return FileReport(document.source, Outcome.DUPLICATE, document.title, reason=f"与“{source}”是同一版本，内容有差异")


def prepare(text: Document, source: str, laws: KnownLaws) -> tuple[LibraryDocument, list[Provision]]:
    """What the library stores of a file that was read."""
    outline, head = parse_outline(text.text), read_head(text.text)
    identity = identify(text, source, outline, laws, head.promulgated)
    if identity.kind is DocumentKind.DOCUMENT:
        return _other(text, source, identity)
    known = identity.known if is_known_version(identity, head, outline.articles) else None
    effective = effective_of(identity, head, outline.articles)
    document = LibraryDocument(
        id=identity.id, title=identity.title, source=source, sha256="", part=identity.part,
        version=version_of(identity, head), effective=effective,
        doc_no=(known.doc_no if known else "") or identity.doc_no or head.doc_no,
        numbering=outline.numbering, articles=sum(1 for article in outline.articles if article.number),
        note=known.note if known else "",
    )  # fmt: skip
    provisions = [*_provisions(document, outline), *_annex(document, outline, text.text)]
    sha256 = text_hash(f"{provision.ref.article} {provision.text}" for provision in provisions)
    return replace(document, sha256=sha256), provisions


def _provisions(document: LibraryDocument, outline: Outline) -> Iterator[Provision]:
    part = (document.part,) if document.part else ()
    for position, article in enumerate(outline.articles):
        text = article.text if article.number else plain(article.text)
        yield Provision(
            ref=ArticleRef(document.title, article.number), text=text, kind=TextKind.ORIGINAL, effective=document.effective,
            heading=part + article.heading, document=document.id, position=position,
        )  # fmt: skip


def _annex(document: LibraryDocument, outline: Outline, text: str) -> Iterator[Provision]:
    """What stands behind the last article, 附件 and 附表: the one provision without a number of a text that has numbers."""
    behind = plain(text[outline.articles[-1].end :]) if outline.articles and outline.numbering else ""
    if len(behind) > _SHORTEST_ANNEX:
        yield Provision(
            ref=ArticleRef(document.title), text=behind, kind=TextKind.ORIGINAL, effective=document.effective, heading=("附件",),
            document=document.id, position=len(outline.articles), note="条文之后的附件、附表或注释",
        )  # fmt: skip


def _other(text: Document, source: str, identity: Identity) -> tuple[LibraryDocument, list[Provision]]:
    """A case, a report: one provision that is the whole text."""
    whole = plain(text.text)
    document = LibraryDocument(
        id=identity.id, title=identity.title, source=source, sha256=text_hash(whole.splitlines()),
        kind=DocumentKind.DOCUMENT, version=identity.dated,
    )  # fmt: skip
    return document, [Provision(ArticleRef(identity.title), whole, TextKind.ORIGINAL, document=identity.id)]


def plain(markdown: str) -> str:
    """Without the marks of Markdown that a reader should not see."""
    lines = (line.strip().lstrip("#").strip() for line in markdown.splitlines() if not line.strip().startswith("<!--"))
    return "\n".join(line for line in lines if line)


def _text(document: LibraryDocument) -> tuple[str, str, str]:
    return document.title, document.part, document.sha256


def _same(stored: LibraryDocument, document: LibraryDocument) -> bool:
    """Whether the text and what was learned of it are as before; where it came from does not matter."""
    start = document.effective.start or stored.effective.start
    return stored == replace(
        stored, sha256=document.sha256, title=document.title, part=document.part, kind=document.kind, version=document.version,
        effective=replace(stored.effective, start=start), doc_no=document.doc_no, numbering=document.numbering, note=document.note,
    )  # fmt: skip
