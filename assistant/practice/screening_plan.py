"""Which model fits some tables, and which heading is which of its columns: a guess that the reader confirms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.domain.screening import Column, Grid, Model, Plan, Role, Use
from assistant.errors import UsageError
from assistant.practice.normal import flat

_ASIDE = re.compile(r"\(.*?\)|[\s*:：、/\-_·.]")
_SURE, _LIKELY = 3, 2
"""How much a heading speaks for a column: it is called so; or it holds what the column is called."""
_WORD = 4
"""How much a word in the name of the file or sheet speaks for a table."""


def guess(models: Sequence[Model], grids: Sequence[Grid], name: str = "") -> Plan:
    """The model that fits best, or the one of that name; raises ``UsageError`` where none fits, or the name is unknown."""
    named = [model for model in models if not name or name in (model.key, model.name)]
    if not named:
        raise UsageError(f"没有“{name}”这个模型，可用的有：{'、'.join(f'{model.key}（{model.name}）' for model in models)}。")
    scored = [(plan_score(model, plan), plan) for model in named for plan in [_plan(model, grids)]]
    score, plan = max(scored, key=lambda pair: pair[0])
    if score[0] == 0:
        raise UsageError(unfit(named, grids))
    return plan


def plan_score(model: Model, plan: Plan) -> tuple[int, int, int]:
    """Rules that could be applied, tables that the model must have and has, then columns that were found."""
    used = {use.role for use in plan.uses if use.role}
    rules = sum(rule.table in used and (not rule.against or rule.against in used) for rule in model.rules)
    return rules, sum(role.must and role.key in used for role in model.tables), sum(len(use.columns) for use in plan.uses)


def unfit(models: Sequence[Model], grids: Sequence[Grid]) -> str:
    """One sentence for tables that no model can use."""
    headings = "、".join(filter(None, grids[0].headings[:8])) if grids else ""
    wants = "；".join(f"{model.name}要{_wants(model)}" for model in models) if len(models) == 1 else ""
    seen = f"读到的列是：{headings}。" if headings else ""
    return f"这些表格和{'这个模型' if wants else '五个模型'}都对不上。{seen}{wants or '请确认表头在表里，或者自己选模型并指定各列'}。"


def _wants(model: Model) -> str:
    return "、".join(
        f"“{role.name}”（{'、'.join(column.name for column in role.columns if column.must)}）" for role in model.tables
    )


def _plan(model: Model, grids: Sequence[Grid]) -> Plan:
    return Plan(model.key, tuple(_use(model, grid) for grid in grids))


def _use(model: Model, grid: Grid) -> Use:
    """The table of the model whose columns the grid has; one that lacks a column it must have is not taken."""
    best, most = Use(), 0
    for role in model.tables:
        columns, score = match_columns(role, grid.headings)
        if all(column.key in columns for column in role.columns if column.must):
            score += _WORD * sum(word in f"{grid.file}{grid.sheet}" for word in role.words)
            if score > most:
                best, most = Use(role.key, columns), score
    return best


def match_columns(role: Role, headings: Sequence[str]) -> tuple[Mapping[str, int], int]:
    """Columns to headings, each heading once, the surest pair first; and how much speaks for it all."""
    pairs = [
        (strength, -place, -at, column.key)
        for at, heading in enumerate(headings)
        for place, column in enumerate(role.columns)
        if (strength := _strength(column, heading))
    ]
    found: dict[str, int] = {}
    score = 0
    for strength, _, at, key in sorted(pairs, reverse=True):
        if key not in found and -at not in found.values():
            found[key] = -at
            score += int(strength)
    return found, score


def _strength(column: Column, heading: str) -> float:
    said = bare(heading)
    names = [bare(name) for name in (column.name, *column.called)]
    if not said:
        return 0
    if said in names:
        return _SURE + (said == names[0]) / 2 + (flat(heading) == flat(column.name)) / 4
    inside = [name for name in names if len(name) > 2 and name in said]
    return _LIKELY - 1 / max(map(len, inside)) if inside else 0


def bare(heading: str) -> str:
    """死亡人数（人） and 死亡 人数 are one heading."""
    return _ASIDE.sub("", flat(heading).replace("：", ":"))
