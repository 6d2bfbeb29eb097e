"""``anheng library``: what was imported, and how to let it go."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.errors import UsageError
from assistant.terminal import iso, out, print_json, running

library = typer.Typer(help="查看、移除已导入的文件。", no_args_is_help=True)


@library.command("list")
def library_list(as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False) -> None:
    """列出已导入的文件。"""
    with running() as services:
        documents = services.library.documents()
    if as_json:
        print_json(
            [
                {"id": d.id, "title": d.title, "version": iso(d.version), "articles": d.articles, "source": d.source}
                for d in documents
            ]
        )
        return
    for d in documents:
        out.print(f"{d.id}  {d.title}  {iso(d.version) or ''}  {d.articles}条  {d.source}", markup=False)
    out.print(f"共 {len(documents)} 个文件。")


@library.command("show")
def library_show(document_id: str) -> None:
    """显示一个已导入文件的情况。"""
    with running() as services:
        document = services.library.document(document_id)
    if document is None:
        raise UsageError(f"没有编号为 {document_id} 的文件，请用 anheng library list 查看。")
    for name in ("id", "title", "doc_no", "version", "effective", "articles", "source", "sha256", "imported_at", "note"):
        out.print(f"{name}: {getattr(document, name)}", markup=False)


@library.command("remove")
def library_remove(document_id: str) -> None:
    """移除一个文件；移除后不会再被引用。"""
    with running() as services:
        if not services.remove(document_id):
            raise UsageError(f"没有编号为 {document_id} 的文件，请用 anheng library list 查看。")
    out.print("已移除，不会再被引用。")
