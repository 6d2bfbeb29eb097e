"""``anheng lecture``: slides, handout and script of a lecture; the outline first, where it is to be edited."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from assistant.domain.lecture import Outline
from assistant.errors import UsageError
from assistant.lecturing import FILES, Lecturing
from assistant.services import Services
from assistant.terminal import out, print_json, running

_ALWAYS = ("slides", "handout", "script")


def lecture(
    topic: Annotated[str, typer.Argument(help="主题：罪名、行业、专题，或者自己的话；不写时列出全部。")] = "",
    audience: Annotated[
        str, typer.Option("--audience", help="听众：班组工人、安全管理人员、企业负责人、执法人员、检察官。")
    ] = "班组工人",
    minutes: Annotated[str, typer.Option("--minutes", help="讲多少分钟，15 到 120。")] = "45",
    style: Annotated[str, typer.Option("--style", help="讲法：警示、普法、业务研讨。")] = "警示",
    folder: Annotated[Path | None, typer.Option("--out", help="文件写到哪个文件夹。")] = None,
    title: Annotated[str, typer.Option("--title", help="讲课的名称；不写时用主题的。")] = "",
    own: Annotated[Path | None, typer.Option("--own", help="自己的材料（Word、PDF、文本），加进提纲。")] = None,
    template: Annotated[Path | None, typer.Option("--template", help="自己的 PowerPoint 模板（.pptx，16:9）。")] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="另存一份 PDF（需要 LibreOffice）。")] = False,
    edited: Annotated[Path | None, typer.Option("--from", help="改过的提纲（JSON），由 --json 写出。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="只输出提纲，改好后用 --from 生成。")] = False,
) -> None:
    """讲堂：一个主题、一种听众、多少分钟，得到幻灯片、讲义和讲稿，每一句都有出处。"""
    with running(model=False) as services:
        if not topic.strip() and edited is None:
            for one in services.lecturing.topics:
                out.print(f"{one.kind}　{one.name}", markup=False)
            return
        outline = _read(edited) if edited else services.lecturing.outline(topic, audience, minutes, style)
        outline = _added(outline, title, own)
        if as_json:
            from assistant.documents.lecture_json import outline_json

            print_json(outline_json(outline))
        elif folder is None:
            _show(outline)
        else:
            _write(services, outline, folder, template, (*_ALWAYS, "pdf") if pdf else _ALWAYS)


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


def _write(services: Services, outline: Outline, folder: Path, template: Path | None, kinds: tuple[str, ...]) -> None:
    lecturing: Lecturing = services.lecturing
    made = lecturing.build(outline)
    name = "".join(one for one in outline.name if one.isalnum() or one in "-_ ·")[:60].strip() or "讲课"
    for kind in kinds:
        called, suffix = FILES[kind]
        path = folder / f"{name}-{called}{suffix}"
        content = lecturing.file(made, kind, template)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise UsageError(f"写不了“{path}”（{error.strerror}），请检查文件夹、磁盘空间和文件是否正在打开。") from error
        out.print(f"已写成“{path}”。", markup=False)
    out.print(f"幻灯片 {len(made.slides)} 页，出处 {len(made.citations)} 处。", markup=False)
    for lost in made.withheld:
        out.print(f"没有写入“{lost.text[:40]}”：{lost.reason}。", markup=False)
    for notice in outline.notices:
        out.print(notice, markup=False)
