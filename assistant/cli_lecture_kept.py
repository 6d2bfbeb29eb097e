"""Lectures that were kept: listed and searched with what they rest on that has changed, shown, built anew, smoothed, deleted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli_ledger_files import LOCAL
from assistant.domain.lecture import Lecture, Stale
from assistant.errors import AnHengError, UsageError
from assistant.lecturing import FILES, file_name, why
from assistant.services import Services
from assistant.store.lectures import Kept, Lectures
from assistant.store.repository import Repository
from assistant.terminal import Progressing, out, print_json, running

_ALWAYS = ("slides", "handout", "script")
_SHORT = 8
_FEW = 12
"""Pages that are named."""
Key = Annotated[str, typer.Argument(help="讲课的编号（list 里每行开头的8位）。")]
Folder = Annotated[Path | None, typer.Option("--out", help="文件写到哪个文件夹；不写时不写文件。")]
Template = Annotated[Path | None, typer.Option("--template", help="自己的 PowerPoint 模板（.pptx，16:9）。")]
Pdf = Annotated[bool, typer.Option("--pdf", help="另存一份 PDF（需要 LibreOffice）。")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]


def list_(
    query: Annotated[str, typer.Argument(help="只列出标题或者幻灯片里有这些词的。")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="最多列几讲。")] = 50,
    as_json: AsJson = False,
) -> None:
    """列出保存的讲课，依据变了的指出是哪几页。"""
    with running(model=False) as services, _store(services) as store:
        rows = [_Row(services, one) for one in store.find(LOCAL, query, limit)]
    if as_json:
        print_json([row.json() for row in rows])
        return
    for row in rows:
        out.print(row.line, markup=False)
        for one in row.stale:
            out.print(f"          {told(one)}", markup=False)
    nothing = (
        "没有找到这样的讲课。" if query.strip() else "还没有保存的讲课：anheng lecture 主题 --out 文件夹 生成以后会留在这里。"
    )
    out.print(f"共 {len(rows)} 讲。" if rows else nothing, markup=False)


def show(
    key: Key,
    version: Annotated[int | None, typer.Option("--version", min=1, help="第几版；不写时为最新的。")] = None,
    folder: Folder = None,
    template: Template = None,
    pdf: Pdf = False,
    as_json: AsJson = False,
) -> None:
    """看一讲：每一页的标题、依据变了的页、有几版；加 --out 再写一次文件。"""
    with running(model=False) as services, _store(services) as store:
        kept = store.load(LOCAL, _id(store, key), version)
        row, made = _Row(services, kept), _read(kept)
        versions = store.versions(LOCAL, kept.id)
        if as_json:
            print_json(row.json() | {"versions": [number for number, _ in versions], "lecture": kept.content})
            return
        out.print(row.line, markup=False)
        for at, slide in enumerate(made.slides, 1):
            out.print(f"  {at:>3}  {slide.title}", markup=False)
        for one in row.stale:
            out.print(told(one), markup=False)
        if made.smoothed:
            out.print(made.smoothed.line, markup=False)
        out.print(f"共 {len(versions)} 版：{'、'.join(f'{number}（{_day(when)}）' for number, when in versions)}。", markup=False)
        if folder:
            write(services, made, folder, template, kinds_of(pdf))


def renew(key: Key, folder: Folder = None, template: Template = None, pdf: Pdf = False) -> None:
    """按现在的库重做一讲，存为下一版；原来的版本还在。"""
    with running(model=False) as services, _store(services) as store, Progressing() as bar:
        kept = store.load(LOCAL, _id(store, key))
        former = _read(kept)
        stale = services.lecturing.stale(former)
        made = services.lecturing.rebuild(former, progress=bar)
        save(services, made, kept.id)
        for one in stale:
            out.print(f"{told(one)}，已按现在的库重写。", markup=False)
        if folder:
            write(services, made, folder, template, kinds_of(pdf))


def smooth(key: Key, folder: Folder = None, template: Template = None, pdf: Pdf = False) -> None:
    """讲稿由语言模型顺一遍，每句都核对，存为下一版；幻灯片上的话不变。"""
    with running() as services, _store(services) as store:
        kept = store.load(LOCAL, _id(store, key))
        made = smoothed(services, _read(kept), kept.id)
        if folder:
            write(services, made, folder, template, kinds_of(pdf))


def delete(key: Key) -> None:
    """删除一讲和它的全部版本。"""
    with running(model=False) as services, _store(services) as store:
        store.delete(LOCAL, _id(store, key))
    out.print("已删除，包括全部版本。", markup=False)


def save(services: Services, made: Lecture, key: str = "") -> tuple[str, int]:
    """Keep it, as the next version where it has a key; returns key and version, and says both."""
    from assistant.documents.lecture_json import to_json, words

    with _store(services) as store:
        key, version = store.save(LOCAL, made.outline.name, to_json(made), words(made), key)
    out.print(f"已保存，编号 {key[:_SHORT]}，第 {version} 版。", markup=False)
    return key, version


def smoothed(services: Services, made: Lecture, key: str) -> Lecture:
    """Smoothed and kept as the next version; what did not pass is listed."""
    with Progressing() as bar:
        made = services.lecturing.smooth(made, services.drafting, bar)
    save(services, made, key)
    assert made.smoothed
    out.print(made.smoothed.line, markup=False)
    for one in made.smoothed.rough:
        out.print(f"没有用“{one.text[:40]}”：{one.reason.rstrip('。')}。", markup=False)
    return made


def write(services: Services, made: Lecture, folder: Path, template: Path | None, kinds: tuple[str, ...]) -> None:
    """The files; one that stood there under the same name is replaced only by a whole one."""
    for kind in kinds:
        content = services.lecturing.file(made, kind, template)
        path = folder / file_name(made, kind)
        beside = folder / f".{os.getpid()}.part"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(content)
            beside.replace(path)
        except OSError as error:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise UsageError(f"写不了“{path}”（{why(error)}），请检查文件夹、磁盘空间和文件是否正在打开。") from error
        out.print(f"已写成“{path}”。", markup=False)


def kinds_of(pdf: bool) -> tuple[str, ...]:
    """Which files are written."""
    return tuple(FILES) if pdf else _ALWAYS


def told(stale: Stale) -> str:
    """第5、9页所依据的《安全生产法》第九十七条已修改."""
    pages = "、".join(map(str, stale.slides[:_FEW])) + ("等" if len(stale.slides) > _FEW else "")
    return f"{f'第{pages}页' if pages else '小测'}所依据的{stale.title}{stale.why}"


class _Row:
    """A kept lecture in the list, with what has changed; one that this program cannot read says so."""

    def __init__(self, services: Services, kept: Kept) -> None:
        self._kept, self.stale, self.failure = kept, list[Stale](), ""
        self._about = ""
        try:
            made = _read(kept)
        except AnHengError as error:
            self.failure = str(error)
            return
        self._about = f"{made.outline.audience.value} {made.outline.minutes} 分钟"
        self.stale = services.lecturing.stale(made)

    @property
    def line(self) -> str:
        """Number, title, for whom, which version."""
        kept = self._kept
        return f"{kept.id[:_SHORT]}  《{kept.title}》  {self.failure or self._about}  第 {kept.version} 版  {_day(kept.updated)}"

    def json(self) -> dict[str, Any]:
        """The same for ``--json``."""
        kept = self._kept
        told_ = [{"title": one.title, "why": one.why, "slides": list(one.slides)} for one in self.stale]
        return {"id": kept.id, "title": kept.title, "about": self._about, "version": kept.version, "day": _day(kept.updated)} | {
            "stale": told_,
            "failure": self.failure,
        }


@contextmanager
def _store(services: Services) -> Iterator[Lectures]:
    repository = Repository.of(services.settings)
    try:
        yield Lectures(repository)
    finally:
        repository.close()


def _id(store: Lectures, prefix: str) -> str:
    found = store.starting(LOCAL, prefix) if len(prefix) >= 4 else []
    if len(found) != 1:
        why = "对应不止一讲，请多写几位" if found else "没有对应的讲课，请用 anheng lecture list 查看"
        raise UsageError(f"编号“{prefix[:40]}”{why}。")
    return found[0]


def _read(kept: Kept) -> Lecture:
    from assistant.documents.lecture_json import from_json

    return from_json(kept.content)


def _day(when: datetime) -> str:
    return (when + (datetime.now().astimezone().utcoffset() or timedelta())).date().isoformat()
