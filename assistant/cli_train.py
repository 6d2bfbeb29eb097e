"""``anheng train``: learn the embedding model, the translation table and the ranking anew."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import UsageError
from assistant.services import Services
from assistant.store.lessons import Lessons
from assistant.store.repository import Repository
from assistant.terminal import Progressing, out, running

if TYPE_CHECKING:
    from assistant.training.corpus import Corpus, Question
    from assistant.training.feedback import Shown

LAW = "provision"


def train(
    to: Annotated[
        Path | None, typer.Option("--out", help="写到哪个文件夹；写成后把 ANHENG_SEARCH__EMBEDDING 设为它即可使用。")
    ] = None,
    questions: Annotated[
        list[Path] | None, typer.Option("--questions", help="另加的问题：逐行 JSON，question、gold；可重复。")
    ] = None,
    from_feedback: Annotated[
        bool,
        typer.Option("--from-feedback", help="也从本机的反馈学：标为有用、有误的回答，翻开过的出处；不写 --out 时放在数据目录。"),
    ] = False,
    weight: Annotated[float, typer.Option("--weight", min=0.1, max=10, help="另加的一问抵自带的几问。")] = 2.0,
) -> None:
    """用已导入的法规和自带的问题重新训练检索模型（两核十到二十分钟，可以随时按 Ctrl-C 停下）。"""
    if to is None and not from_feedback:
        raise UsageError("请用 --out 写明模型放到哪个文件夹。")
    if to is not None and to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise UsageError(f"“{to}”里已经有东西，请给一个新的或空的文件夹。")
    missing = [str(path) for path in questions or () if not path.is_file()]
    if missing:
        raise UsageError(f"没有“{missing[0]}”这个文件，请核对 --questions 后重试。")
    with running() as services:
        folder = to or services.settings.home / "models" / f"feedback-{datetime.now():%Y%m%d-%H%M%S}"
        shown = _learn(services, folder, questions or [], weight, from_feedback)
    out.print(f"训练完成，模型在“{folder}”。使用：ANHENG_SEARCH__EMBEDDING={folder}", markup=False)
    if shown:
        out.print(f"学自：{shown}。删除咨询不会改变已经训练的模型：不想再用，删去这个文件夹，再训练一次。", markup=False)


def _learn(services: Services, to: Path, more: list[Path], weight: float, from_feedback: bool) -> Shown | None:
    from assistant.training.contrast import Recipe
    from assistant.training.corpus import Corpus, read_questions
    from assistant.training.feedback import write_down
    from assistant.training.train import train as learn

    corpus, resolve = Corpus(services.index.everything(LAW)), services.sources.resolve
    taught, shown = _taught(services, corpus, weight) if from_feedback else ([], None)
    ours = sorted((services.settings.knowledge / "embedding" / "questions").glob("*.jsonl"))
    own = read_questions(ours, corpus, resolve)
    asked = [*own, *read_questions(more, corpus, resolve, weight), *taught]
    out.print(f"条文 {len(corpus.passages)} 条，其中有答案的问题 {len(asked)} 个。", markup=False)
    with Progressing() as bar:
        learn(corpus, services.index, asked, bar, Recipe()).save(to)
    if shown:
        write_down(shown, len(own), to)
    return shown


def _taught(services: Services, corpus: Corpus, weight: float) -> tuple[list[Question], Shown]:
    from assistant.training.feedback import lessons_learnt

    repository = Repository.of(services.settings)
    try:
        return lessons_learnt(Lessons(repository).all(), corpus, services.sources.resolve, weight)
    finally:
        repository.close()


def learnt_from(embedding: str) -> str:
    """（学自本机反馈 23 问……）, for a model of the settings that was taught by feedback; empty for any other."""
    from assistant.training.feedback import read_back

    shown = read_back(Path(embedding).expanduser())
    return f"（学自{shown}）" if shown else ""
