"""``anheng train``: learn the embedding model, the translation table and the ranking anew."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import UsageError
from assistant.services import Services
from assistant.terminal import Progressing, out, running

LAW = "provision"


def train(
    to: Annotated[Path, typer.Option("--out", help="写到哪个文件夹；写成后把 ANHENG_SEARCH__EMBEDDING 设为它即可使用。")],
    questions: Annotated[
        list[Path] | None, typer.Option("--questions", help="另加的问题：逐行 JSON，question、gold；可重复。")
    ] = None,
    weight: Annotated[float, typer.Option("--weight", min=0.1, max=10, help="另加的一问抵自带的几问。")] = 2.0,
) -> None:
    """用已导入的法规和自带的问题重新训练检索模型（两核十到二十分钟，可以随时按 Ctrl-C 停下）。"""
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise UsageError(f"“{to}”里已经有东西，请给一个新的或空的文件夹。")
    missing = [str(path) for path in questions or () if not path.is_file()]
    if missing:
        raise UsageError(f"没有“{missing[0]}”这个文件，请核对 --questions 后重试。")
    with running() as services:
        _learn(services, to, questions or [], weight)
    out.print(f"训练完成，模型在“{to}”。使用：ANHENG_SEARCH__EMBEDDING={to}", markup=False)


def _learn(services: Services, to: Path, more: list[Path], weight: float) -> None:
    from assistant.training.contrast import Recipe
    from assistant.training.corpus import Corpus, read_questions
    from assistant.training.train import train as learn

    corpus, resolve = Corpus(services.index.everything(LAW)), services.sources.resolve
    ours = sorted((services.settings.knowledge / "embedding" / "questions").glob("*.jsonl"))
    asked = [*read_questions(ours, corpus, resolve), *read_questions(more, corpus, resolve, weight)]
    out.print(f"条文 {len(corpus.passages)} 条，其中有答案的问题 {len(asked)} 个。", markup=False)
    with Progressing() as bar:
        learn(corpus, services.index, asked, bar, Recipe()).save(to)
