"""What commands share: services for one run, progress on stderr, rows of JSON in and out."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import SettingsError
from rich.console import Console
from rich.progress import Progress as Bar

from assistant.domain.answer import Answer, Passage
from assistant.domain.provision import Provision
from assistant.errors import AnHengError, BadDate, UsageError
from assistant.law.refs import article_label
from assistant.services import Services
from assistant.settings import LLMSettings, Settings

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def read_settings() -> Settings:
    """Settings from the environment; a wrong one is a usage error in one sentence, which does not show its value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        name = "ANHENG_" + "__".join(str(part) for part in first["loc"]).upper()
        raise UsageError(
            f"设置有误：环境变量 {name} 的值不合规定（{first['msg'].removeprefix('Value error, ')}），请改正后重试。"
        ) from None
    except SettingsError:
        raise UsageError("设置有误：有一个 ANHENG_ 环境变量不是合规的 JSON，请改正后重试。") from None


class running:  # noqa: N801  reads as a verb: with running() as services
    """Services for one command, with a bar on stderr while an index is built."""

    def __init__(self, model: bool = True) -> None:
        """Without ``model`` no language model is used, whatever the settings say."""
        self._model = model

    def __enter__(self) -> Services:
        """Built from the environment."""
        self.bar = Progressing()
        settings = read_settings()
        settings = settings if self._model else settings.model_copy(update={"llm": LLMSettings()})
        return Services(settings, self.bar.__enter__())

    def __exit__(self, *_: object) -> None:
        """The bar goes away."""
        self.bar.__exit__()


class Progressing:
    """Progress on stderr: ``bar(stage, done, total)``. Shown from the first step on, so that quick commands stay quiet."""

    def __enter__(self) -> Progressing:
        """Not shown yet."""
        self._shown: Bar | None = None
        self._tasks: dict[str, Any] = {}
        return self

    def __call__(self, stage: str, done: int, total: int) -> None:
        """One step."""
        if not sys.stderr.isatty():
            return
        if self._shown is None:
            self._shown = Bar(console=err, transient=True)
            self._shown.start()
        if stage not in self._tasks:
            self._tasks[stage] = self._shown.add_task(stage, total=total)
        self._shown.update(self._tasks[stage], completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        """Gone when the work is done."""
        if self._shown is not None:
            self._shown.stop()


class Growing:
    """An answer as a model writes it: each sentence on stderr once it has passed. The whole answer follows on stdout."""

    def __init__(self) -> None:
        self._told = 0

    def __call__(self, answer: Answer) -> None:
        """The answer so far."""
        drafted = [claim.text for claim in answer.claims if claim.drafted]
        for text in drafted[self._told :] if sys.stderr.isatty() else ():
            err.print(text, style="dim", markup=False)
        self._told = len(drafted)


def day(text: str) -> date | None:
    """A date option; empty is ``None``."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadDate(f"日期“{text}”写法不对，请写成 2021-03-01 的样子。") from error


def iso(day: date | None) -> str | None:
    """ISO form."""
    return day.isoformat() if day else None


def print_json(value: Any) -> None:
    """To stdout, as Chinese."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def hit_json(hit: Passage) -> dict[str, Any]:
    """A passage in the form of the contract."""
    return {"source_id": hit.source_id, "law": hit.law, "article": hit.article, "score": round(hit.score, 6), "title": hit.title}


def provision_json(services: Services, found: Provision, on: date | None) -> dict[str, Any]:
    """A provision in the form of the contract."""
    status = services.sources.status(found, on or date.today())
    start = found.effective.start or services.sources.law(found.ref.law).effective.start
    return {
        "source_id": found.id,
        "law": found.ref.law,
        "doc_no": services.sources.law(found.ref.law).doc_no,
        "article": found.ref.article,
        "text": found.text,
        "text_kind": found.kind.value,
        "status": status.value,
        "effective_from": iso(start),
        "note": found.note,
    }


def related_json(services: Services, found: Provision) -> dict[str, Any]:
    """The articles that cite a provision and those that it cites."""
    source = services.source(found.id)
    return {
        name: [{"source_id": one.source_id, "law": one.law, "article": one.article} for one in articles]
        for name, articles in (("cited_by", source.cited_by), ("cites", source.cites))
    }


def cited_line(articles: Sequence[Mapping[str, Any]], first: int = 5) -> str:
    """被7条引用：《甲法》第一条、第三条；《乙法》第二条；另有4条: the first few are named."""
    by_law = groupby(articles[:first], key=lambda one: one["law"])
    named = "；".join(f"《{law}》{'、'.join(article_label(one['article']) for one in of_law)}" for law, of_law in by_law)
    rest = f"；另有{len(articles) - first}条" if len(articles) > first else ""
    return f"被{len(articles)}条引用：{named}{rest}"


def law_row(services: Services, row: dict[str, Any], on: date | None) -> dict[str, Any]:
    """One row of a batch; what is not found says so in its row."""
    try:
        return {"qid": row["qid"]} | provision_json(services, services.law(row["law"], str(row["article"]), on), on)
    except AnHengError as error:
        return {"qid": row["qid"], "law": row["law"], "article": row["article"], "text": None, "error": str(error)}


def read_rows(file: Path) -> Iterator[dict[str, Any]]:
    """Rows of a JSON-lines file."""
    try:
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)
    except (OSError, ValueError) as error:
        raise UsageError(f"读不了“{file}”（{error}），请给出每行一个 JSON 的文件。") from error


def write_rows(rows: Iterator[dict[str, Any]], to: Path | None) -> None:
    """Rows to a JSON-lines file, or to stdout."""
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if to is None:
        sys.stdout.writelines(lines)
        return
    with to.open("w", encoding="utf-8") as file:
        file.writelines(lines)


def installed() -> str:
    """Versions of Python and of the libraries that matter, read from their metadata: nothing heavy is loaded."""
    found = [f"Python {platform.python_version()}"]
    for name in ("chromadb", "gradio", "torch", "sentence-transformers"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} 未安装")
    return "，".join(found)
