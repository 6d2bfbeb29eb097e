"""``anheng hazard``: what a hazard told in the words of a shop floor is, who answers for it and what to do today."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from assistant.answer.hazards import major_answer
from assistant.answer.render import to_markdown
from assistant.answer.sources import Sources
from assistant.domain.hazard import Hazard
from assistant.domain.tips import RiskTip
from assistant.errors import UsageError
from assistant.hazards import articles_of
from assistant.terminal import out, print_json, running

_SHAPE = "文件应当是一个列表，每项有 id 和 said（现场的说法）。"


def hazard(
    said: Annotated[str, typer.Argument(help="现场看到或者听到的，例如：后厨的报警器一直没插电。")] = "",
    batch: Annotated[Path | None, typer.Option("--batch", help=f"YAML：{_SHAPE}")] = None,
    to: Annotated[Path | None, typer.Option("--out", help="与 --batch 同用的输出文件（JSON）。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
) -> None:
    """隐患识别：是什么隐患、是不是重大事故隐患、谁担责、今天先做什么。"""
    if batch is None and not said.strip():
        raise UsageError("请写下现场的情形，例如：anheng hazard “后厨的报警器一直没插电”；或者用 --batch 给出文件。")
    cases = _cases(batch) if batch else {"": said}
    with running(model=False) as services:
        found = {key: services.hazards.read(text) for key, text in cases.items()}
        told = {key: to_json(one, services.sources) for key, one in found.items()}
        if to is not None:
            to.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        elif batch is not None or as_json:
            print_json(told if batch else told[""])
        else:
            out.print(to_markdown(services.hazards.answer(said)), markup=False)


def to_json(found: Hazard, sources: Sources) -> dict[str, Any]:
    """One hazard as the batch prints it."""
    return {
        "violation": found.violation,
        "urgent": found.urgent,
        "major": {"value": major_answer(found), "standard": found.major.standard, "item": found.major.item},
        "tips": [
            {"id": likely.tip.id, "title": likely.tip.title, "articles": _articles(likely.tip, sources)} for likely in found.tips
        ],
    }


def _articles(tip: RiskTip, sources: Sources) -> list[dict[str, str]]:
    refs = [ref.whole_article() for cite in articles_of(tip) if (ref := sources.ref(cite))]
    return [{"law": ref.law, "article": ref.article} for ref in dict.fromkeys(refs)]


def _cases(file: Path) -> dict[str, str]:
    try:
        rows = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UsageError(f"“{file}”不是 UTF-8 编码（可能是 GBK），请另存为 UTF-8 后重试。") from error
    except OSError as error:
        raise UsageError(f"读不了“{file}”（{error.strerror}），请检查路径。") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UsageError(f"“{file}”不合 YAML 的写法，请检查缩进、冒号和引号后重试。") from error
    rows = rows.get("cases") or rows.get("hazards") if isinstance(rows, dict) else rows
    if not isinstance(rows, list) or not rows:
        raise UsageError(f"“{file}”里没有隐患。{_SHAPE}")
    found: dict[str, str] = {}
    for n, row in enumerate(rows, 1):
        if not isinstance(row, dict) or row.get("id") in (None, "") or not str(row.get("said") or "").strip():
            raise UsageError(f"“{file}”的第 {n} 项没有 id 或者 said，请补上。{_SHAPE}")
        if str(row["id"]) in found:
            raise UsageError(f"“{file}”里有两项的 id 都是“{row['id']}”，请改成不同的编号。")
        found[str(row["id"])] = str(row["said"])
    return found
