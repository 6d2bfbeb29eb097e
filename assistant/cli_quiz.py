"""``anheng quiz``: a paper out of the library, as Word with its key, as a table for exam platforms, or to be read here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.domain.quiz import AUDIENCES, LETTERS, TRUTH, QuizKind
from assistant.errors import UsageError
from assistant.terminal import out, print_json, running

_PAPER, _TABLES = ".docx", (".xlsx", ".csv")


def quiz(
    topic: Annotated[str, typer.Option("--topic", help="主题：罪名、法律、行业，例如 煤矿；不写时是全部。")] = "",
    audience: Annotated[str, typer.Option("--audience", help=f"听众：{'、'.join(AUDIENCES)}。")] = "",
    count: Annotated[int, typer.Option("--count", help="多少题。")] = 20,
    kind: Annotated[list[QuizKind] | None, typer.Option("--kind", help="题型，可重复；不写时是全部。")] = None,
    seed: Annotated[int, typer.Option("--seed", help="同一个数出同一份卷。")] = 0,
    title: Annotated[str, typer.Option("--title", help="试卷的标题。")] = "安全生产法律知识测验",
    to: Annotated[Path | None, typer.Option("--out", help="试卷写到 .docx，题库写到 .xlsx 或者 .csv；不写时显示在这里。")] = None,
    key: Annotated[Path | None, typer.Option("--key", help="答案与解析写到的 .docx。")] = None,
    topics: Annotated[bool, typer.Option("--topics", help="列出可以出题的主题。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
) -> None:
    """测验：由知识库按规则出题，每题有答案、解析和出处。"""
    if to is not None and to.suffix.lower() not in (_PAPER, *_TABLES):
        raise UsageError(f"“{to.name}”要以 .docx、.xlsx 或者 .csv 结尾。")
    if key is not None and key.suffix.lower() != _PAPER:
        raise UsageError(f"“{key.name}”要以 .docx 结尾。")
    with running(model=False) as services:
        if topics:
            out.print("\n".join(services.quiz.topics), markup=False)
            return
        items = services.quiz.items(count, audience=audience, topic=topic, kinds=kind or (), seed=seed)
        if to is not None:
            _write(to, services.quiz.file(items, to.suffix.lower(), title))
        if key is not None:
            _write(key, services.quiz.key(items, title))
        if as_json:
            print_json([services.quiz.to_json(item) for item in items])
        elif to is None and key is None:
            for number, item in enumerate(items, 1):
                shown = item.options if item.options != TRUTH else ()
                options = "".join(f"\n   {LETTERS[at]}. {option}" for at, option in enumerate(shown))
                out.print(f"{number}. 〔{item.kind}〕{item.stem}{options}", markup=False)
                answer = item.letters if shown else item.right[0]
                out.print(f"   答案：{answer}　解析：{item.explanation}　出处：{services.quiz.sources(item)}\n", markup=False)
        else:
            out.print(f"已写成{'、'.join(f'“{path}”' for path in (to, key) if path)}：{len(items)}题。", markup=False)


def _write(to: Path, content: bytes) -> None:
    try:
        to.write_bytes(content)
    except OSError as error:
        raise UsageError(f"写不了“{to}”（{error.strerror}），请检查文件夹、磁盘空间和文件是否正在打开。") from error
