"""Which files an import looks at, and which it passes over, each with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_READABLE = {".md", ".markdown", ".txt", ".docx", ".pdf", ".html", ".htm", ".xhtml"}
_CONVERTIBLE = {".doc", ".wps", ".rtf", ".odt"}
"""Text in a format that is refused: the user is told so, not left to guess."""
_NAVIGATION = {"_index.md", "license", "license.md", "license.txt", "changelog.md", "contributing.md"}
_TEMPLATE = ("模版", "模板")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file, the name under which it is reported, and why it is passed over (``""``: it is not)."""

    path: Path
    source: str
    skip: str = ""


def find_files(paths: Iterable[Path]) -> Iterator[Candidate]:
    """Files of the folders among ``paths`` in the order of their names, and the files named themselves."""
    seen: set[Path] = set()
    for path in paths:
        found = sorted(_below(path), key=lambda candidate: candidate.source) if path.is_dir() else [Candidate(path, path.name)]
        for candidate in found:
            whole = candidate.path.resolve()
            if whole not in seen:
                seen.add(whole)
                yield candidate


def _below(folder: Path) -> Iterator[Candidate]:
    for path in folder.rglob("*"):
        if path.is_file():
            relative = path.relative_to(folder)
            yield Candidate(path, relative.as_posix(), _reason(relative))


def _reason(relative: Path) -> str:
    name = relative.name.lower()
    if any(part.startswith((".", "~$")) for part in relative.parts):
        return "隐藏文件或临时文件"
    if name in _NAVIGATION or name.startswith("readme"):
        return "目录或说明文件"
    if any(mark in relative.stem for mark in _TEMPLATE) and relative.suffix.lower() == ".md":
        return "空白模板"
    if relative.suffix.lower() not in _READABLE | _CONVERTIBLE:
        return "不是法规文本的格式"
    return ""
