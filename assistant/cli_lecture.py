"""``anheng lecture``: slides, handout and script of a lecture; the outline first, where it is to be edited.

What is built is kept (``cli_lecture_kept``). A word behind ``lecture`` that is no command is a topic.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from assistant import cli_lecture_kept as kept
from assistant.cli_lecture_kept import Pdf, Template, kinds_of, write
from assistant.domain.lecture import Lecture, Outline
from assistant.errors import AnHengError, HomeError, UsageError
from assistant.lecturing import plain
from assistant.services import Services
from assistant.terminal import Progressing, err, out, print_json, running

_MAKE = "make"


class _TopicFirst(TyperGroup):
    """``anheng lecture 动火作业`` is ``anheng lecture make 动火作业``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """With the command that is meant."""
        known = args and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, args if known else [_MAKE, *args])


lecture = typer.Typer(
    cls=_TopicFirst,
    help="讲堂：anheng lecture 主题 写出提纲，加 --out 文件夹 生成并保存（全部选项见 anheng lecture make --help）；其余命令管保存下来的讲课。",
)
for command in (kept.list_, kept.show, kept.renew, kept.smooth, kept.delete):
    lecture.command(command.__name__.rstrip("_"))(command)


@lecture.command(_MAKE)
def make(
    topic: Annotated[str, typer.Argument(help="主题：罪名、行业、专题，或者自己的话；不写时列出全部。")] = "",
    audience: Annotated[
        str, typer.Option("--audience", help="听众：班组工人、安全管理人员、企业负责人、执法人员、检察官。")
    ] = "班组工人",
    minutes: Annotated[str, typer.Option("--minutes", help="讲多少分钟，15 到 120。")] = "45",
    style: Annotated[str, typer.Option("--style", help="讲法：警示、普法、业务研讨。")] = "警示",
    folder: Annotated[Path | None, typer.Option("--out", help="文件写到哪个文件夹；讲课同时保存在本机。")] = None,
    title: Annotated[str, typer.Option("--title", help="讲课的名称；不写时用主题的。")] = "",
    own: Annotated[Path | None, typer.Option("--own", help="自己的材料（Word、PDF、文本），加进提纲。")] = None,
    template: Template = None,
    pdf: Pdf = False,
    smooth: Annotated[bool, typer.Option("--smooth", help="讲稿再由语言模型顺一遍，每句都核对（需要先接模型）。")] = False,
    edited: Annotated[Path | None, typer.Option("--from", help="改过的提纲（JSON），由 --json 写出。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="只输出提纲，改好后用 --from 生成。")] = False,
) -> None:
    """一个主题、一种听众、多少分钟，得到幻灯片、讲义和讲稿，每一句都有出处。"""
    with running(model=smooth) as services:
        if not topic.strip() and edited is None:
            for one in services.lecturing.topics:
                out.print(f"{one.kind}　{one.name}", markup=False)
            return
        outline = _read(edited) if edited else services.lecturing.outline(topic, audience, minutes, style)
        outline = _added(outline, plain(title), own)
        if as_json:
            from assistant.documents.lecture_json import outline_json

            print_json(outline_json(outline))
        elif folder is None:
            _show(outline)
        else:
            _make(services, outline, folder, template, kinds_of(pdf), smooth=smooth)


def _added(outline: Outline, title: str, own: Path | None) -> Outline:
    from assistant.documents.lecture_edit import add_own, retitle

    outline = retitle(outline, title) if title else outline
    if own is None:
        return outline
    from assistant.ingest.as_written import as_written

    if not own.is_file():
        raise UsageError(f"找不到“{own}”，请检查路径。")
    return add_own(outline, [(line, "") for line in as_written(own).split("\n") if line.strip()], own.name)


def _read(path: Path) -> Outline:
    from assistant.documents.lecture_json import read_outline

    try:
        return read_outline(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise UsageError(f"“{path}”读不出来，请给一份 anheng lecture 主题 --json 写出的提纲。") from error


def _show(outline: Outline) -> None:
    out.print(f"《{outline.name}》 {outline.audience.value} {outline.minutes} 分钟 {outline.style.value}", markup=False)
    for block in outline.blocks:
        out.print(f"  {block.part.value}　{block.title}", markup=False)
    for notice in outline.notices:
        out.print(notice, markup=False)
    out.print("加 --out 文件夹 生成文件；要改提纲，用 --json 写出来，改好后 --from。", markup=False)


def _make(
    services: Services, outline: Outline, folder: Path, template: Path | None, kinds: tuple[str, ...], *, smooth: bool
) -> None:
    """Built, kept, smoothed and kept again, written: what cannot be kept is written all the same, and said last."""
    lost: HomeError | None = None
    with Progressing() as bar:
        made = services.lecturing.build(outline, progress=bar)
    try:
        key, _ = kept.save(services, made)
        if smooth:
            made = _smoothed(services, made, key)
    except HomeError as error:
        lost = error
    write(services, made, folder, template, kinds)
    out.print(f"幻灯片 {len(made.slides)} 页，出处 {len(made.citations)} 处。", markup=False)
    for held in made.withheld:
        out.print(f"没有写入“{held.text[:40]}”：{held.reason}。", markup=False)
    for notice in outline.notices:
        out.print(notice, markup=False)
    if lost:
        raise HomeError(f"文件已写成，讲课没有保存：{lost}") from lost


def _smoothed(services: Services, made: Lecture, key: str) -> Lecture:
    """Smoothed and kept as the next version; where the model fails, as it was, with its sentence."""
    try:
        return kept.smoothed(services, made, key)
    except HomeError:
        raise
    except AnHengError as error:
        err.print(str(error), markup=False)
        return made
