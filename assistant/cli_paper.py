"""``anheng paper``: one paper of a case as a Word file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli_assess import cases_of, sheet_of
from assistant.errors import UsageError
from assistant.terminal import out, running


def paper(
    kind: Annotated[str | None, typer.Argument(help="文书的名称或者键；不写时列出全部。")] = None,
    file: Annotated[Path | None, typer.Argument(help="YAML：案情（id、told）或者一份要素表，写法同 anheng assess。")] = None,
    out_file: Annotated[Path | None, typer.Option("--out", help="写成的 Word 文件。")] = None,
    person: Annotated[str, typer.Option("--person", help="多人案件中写谁；不写时是第一个人。")] = "",
) -> None:
    """文书：由要素表和研判写成 Word，法律都有脚注，缺的事实留空待填。"""
    with running(model=False) as services:
        if kind is None:
            for one in services.papers.templates.values():
                out.print(f"{one.key}  {one.name}：{one.use}", markup=False)
            return
        if file is None or out_file is None:
            raise UsageError("请给出案情文件和 --out，例如：anheng paper 检察建议书 案情.yaml --out 检察建议书.docx。")
        (name, case), *others = cases_of(file).items()
        if others:
            raise UsageError(f"“{file}”里有 {len(others) + 1} 个案件，一份文书只写一个案件，请只留一个。")
        from assistant.documents.paper_word import to_word

        made = services.papers.write(kind, sheet_of(name, case, services.assessing), person)
        _save(out_file, to_word(made))
        blanks = f"，待填 {len(made.blanks)} 处" if made.blanks else ""
        out.print(f"已写成“{out_file}”：引注 {len(made.citations)} 处{blanks}。", markup=False)
        for lost in made.withheld:
            out.print(f"没有写入“{lost.text[:40]}”：{lost.reason}。", markup=False)


def _save(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(f"写不了“{path}”（{error.strerror}），请检查文件夹是否存在、文件是否正在打开。") from error
