"""Reading the drills of ``knowledge_base/lectures/``: every way ends, every decision has its law, what is real is proven."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.domain.cases import Case
from assistant.domain.drill import REAL, SUPPOSED, Drill, Step
from assistant.domain.quiz import AUDIENCES
from assistant.domain.records import Point
from assistant.errors import KnowledgeError
from assistant.ingest.records import Knowledge, read_yaml

_CITABLE = {"A", "B"}

_FIGURE = re.compile(r"\d+(?:\.\d+)?\D?|[二两三四五六七八九十百千万]+[人名吨年月日天元辆层米]")
"""A figure with its unit: 69.1吨, 4年, 两人. 一 is left out, which is mostly an article."""


def load_drills(folder: Path, knowledge: Knowledge) -> tuple[Drill, ...]:
    """All drills; raises ``KnowledgeError`` for one that goes in a circle, leads nowhere or rests on nothing."""
    drills: list[Drill] = []
    for path in sorted((folder / "lectures").glob("*.yaml")):
        drills.extend(read_yaml(path, tuple[Drill, ...]))
    if len({drill.id for drill in drills}) < len(drills):
        raise KnowledgeError("有两个演练的 id 相同，请改成不同的编号。")
    for drill in drills:
        told = _untrue(drill, knowledge) if drill.case else _pretended(drill)
        faults = [*_unsound(drill), *_unproven(drill, knowledge), *told, *_borrowed(drill, drills)]
        if faults:
            raise KnowledgeError(f"演练“{drill.title}”有误：{faults[0]}，请改正后重试。")
    return tuple(drills)


def law_of(name: str, knowledge: Knowledge) -> Point | None:
    """The point that ``duty.accident.report#0`` names; ``None`` where there is none."""
    record_id, _, number = name.partition("#")
    points = next((record.points for record in knowledge.records if record.id == record_id), ())
    return points[int(number)] if number.isdigit() and int(number) < len(points) else None


def _unsound(drill: Drill) -> list[str]:
    keys = [step.key for step in drill.steps]
    after = {step.key: {choice.next for choice in step.choices if choice.next} for step in drill.steps}
    faults = [f"没有步骤 {key}" for found in after.values() for key in found if key not in keys]
    if not keys or faults or len(set(keys)) < len(keys):
        return faults or ["没有步骤，或者两个步骤同名"]
    reached, ends = _walk(keys[0], after)
    faults += [] if ends else ["有一条路绕回原处，走不到头"]
    faults += [f"步骤 {key} 走不到" for key in keys if key not in reached]
    faults += [f"步骤 {step.key} 要有对的和不对的选择" for step in drill.steps if len({c.sound for c in step.choices}) < 2]
    faults += [] if len({choice.followed for choice in drill.endings}) > 1 else ["要有两种以上不同的结局"]
    faults += [] if drill.level and set(drill.level) <= set(AUDIENCES) else ["听众不在五类之内"]
    return faults


def _walk(first: str, after: dict[str, set[str]]) -> tuple[set[str], bool]:
    """Steps that can be reached, and whether no way comes back to a step that it has left."""
    reached: set[str] = set()

    def ends(key: str, trail: frozenset[str]) -> bool:
        reached.add(key)
        return key not in trail and all(ends(name, trail | {key}) for name in sorted(after[key]))

    return reached, ends(first, frozenset())


def _unproven(drill: Drill, knowledge: Knowledge) -> list[str]:
    names = {record.id for record in knowledge.records}
    faults = [f"没有记录 {name}" for name in (*drill.like, *filter(None, [drill.case])) if name not in names]
    for step in drill.steps:
        for choice in step.choices:
            points = [law_of(name, knowledge) for name in choice.law]
            if not points or not all(point and point.cite and point.confidence in _CITABLE for point in points):
                faults.append(f"“{choice.text[:20]}”没有可以引用的依据")
    return faults


def _pretended(drill: Drill) -> list[str]:
    """An invented case has nothing that really happened."""
    return [f"步骤 {step.key} 写了真实情况，但没有写是哪个案例（case）" for step in drill.steps if step.really]


def _untrue(drill: Drill, knowledge: Knowledge) -> list[str]:
    """A real case: each step tells what really happened, each outcome says whether it did, each figure is the record's."""
    record = next((record for record in knowledge.records if record.id == drill.case), None)
    if not isinstance(record, Case) or record.confidence not in _CITABLE:
        return [f"{drill.case} 不是可以引用的案例"]
    faults = [f"步骤 {step.key} 没有写真实情况" for step in drill.steps if not step.really]
    followed = [choice.followed for step in drill.steps for choice in step.choices]
    faults += [f"“{text[:20]}”没有说明是{REAL}还是{SUPPOSED}" for text in followed if not text.startswith((REAL, SUPPOSED))]
    known = _figures(record.title, *(point.text for point in record.points if point.confidence in _CITABLE))
    told = _figures(drill.title, drill.opening, *(text for step in drill.steps for text in _texts(step)))
    return faults + [f"“{figure}”在案例记录里没有" for figure in sorted(told - known)]


def _texts(step: Step) -> tuple[str, ...]:
    return (step.scene, step.ask, step.really, *(text for choice in step.choices for text in (choice.text, choice.followed)))


def _figures(*texts: str) -> set[str]:
    return {found for text in texts for found in _FIGURE.findall(text)}


def _borrowed(drill: Drill, drills: list[Drill]) -> list[str]:
    """Steps that another drill has word for word: nobody plays the same scene twice."""
    others = {_wording(step): other.title for other in drills if other.id != drill.id for step in other.steps}
    return [f"步骤 {step.key} 与演练“{others[_wording(step)]}”相同" for step in drill.steps if _wording(step) in others]


def _wording(step: Step) -> tuple[str, ...]:
    return (step.ask, *(choice.text for choice in step.choices))
