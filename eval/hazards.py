"""Hazards told in the words of a shop floor, against their gold: ``python -m eval.hazards FILE...``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.answer.hazards import major_answer
from assistant.answer.sources import Sources
from assistant.domain.hazard import Hazard
from assistant.hazards import articles_of
from assistant.services import Services
from assistant.settings import Settings

CASES = Path(__file__).parent / "cases" / "hazards.yaml"
FIRST = 3
"""How many tips a reader looks at."""


@dataclass(frozen=True)
class Scored:
    """One hazard and what was made of it."""

    id: str
    said: str
    tip: bool
    """One of the first tips rests on an article of the gold."""
    major: bool | None
    """重大 or not is right; ``None`` where the gold has no standard's item."""
    violation: tuple[str, str]
    """Gold and found."""
    urgent: tuple[bool, bool]
    tips: tuple[str, ...]

    @property
    def slandered(self) -> bool:
        """A lawful practice was called a violation."""
        return self.violation == ("no", "yes")


def score(case: Mapping[str, Any], found: Hazard, sources: Sources) -> Scored:
    """One case of a file as ``hazards_dev.yaml`` has them."""
    gold = {key for one in case["gold_articles"] if (key := _key(sources, f"{one['law']}#{one['article']}"))}
    first = [likely.tip for likely in found.tips[:FIRST]]
    held = {key for tip in first for one in articles_of(tip) if (key := _key(sources, one))}
    wanted = case["major"]
    counted = wanted["value"] in ("yes", "no") and bool(wanted.get("standard"))
    return Scored(
        id=str(case["id"]),
        said=case["said"],
        tip=bool(gold & held),
        major=major_answer(found) == wanted["value"] if counted else None,
        violation=(case["violation"], found.violation),
        urgent=(bool(case["urgent"]), found.urgent),
        tips=tuple(tip.id for tip in first),
    )


def _key(sources: Sources, cite: str) -> tuple[str, str] | None:
    ref = sources.ref(cite)
    return (ref.law, ref.article) if ref else None


def figures(scored: Iterable[Scored]) -> dict[str, float]:
    """Shares of what the project promises, and counts beside them."""
    rows = list(scored)
    majors = [row.major for row in rows if row.major is not None]
    breaches = [row for row in rows if row.violation[0] == "yes"]
    lawful = [row for row in rows if row.violation[0] == "no"]
    return {
        "hazards": len(rows),
        "tip_in_3": sum(row.tip for row in rows) / len(rows),
        "major": sum(majors) / len(majors) if majors else 1.0,
        "majors": len(majors),
        "lawful_slandered": sum(row.slandered for row in lawful),
        "lawful_known": sum(row.violation[1] == "no" for row in lawful) / len(lawful) if lawful else 1.0,
        "breach_said": sum(row.violation[1] == "yes" for row in breaches) / len(breaches) if breaches else 1.0,
        "urgent_found": _share(row.urgent[1] for row in rows if row.urgent[0]),
        "urgent_false": sum(row.urgent == (False, True) for row in rows),
    }


def _share(values: Iterable[bool]) -> float:
    held = list(values)
    return sum(held) / len(held) if held else 1.0


def run(paths: Iterable[Path], services: Services) -> list[Scored]:
    """Every case of the files."""
    cases = [case for path in paths for case in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return [score(case, services.hazards.read(case["said"]), services.sources) for case in cases]


def main(paths: list[str]) -> None:
    """Print what was missed, then the figures."""
    scored = run([Path(path) for path in paths] or [CASES], Services(Settings()))
    for row in scored:
        wrong = [] if row.tip else ["tip"]
        wrong += ["major"] if row.major is False else []
        wrong += [f"violation {row.violation[0]}→{row.violation[1]}"] if row.violation[0] != row.violation[1] else []
        wrong += [f"urgent {row.urgent[0]}→{row.urgent[1]}"] if row.urgent[0] != row.urgent[1] else []
        if wrong:
            sys.stdout.write(f"{row.id} {'; '.join(wrong)}: {row.said} → {', '.join(row.tips)}\n")
    for name, value in figures(scored).items():
        sys.stdout.write(f"{name:18} {value:.3f}\n" if isinstance(value, float) else f"{name:18} {value}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
