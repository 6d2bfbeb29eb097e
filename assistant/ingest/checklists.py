"""Reading ``knowledge_base/checklists/`` and the chapters of the handbook, checked against the tips that they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from assistant.domain.checklist import Checklist, Feature
from assistant.domain.records import Record
from assistant.domain.tips import RiskTip
from assistant.errors import KnowledgeError
from assistant.ingest.records import read_yaml

FIELDS, FEATURES, FOLDER = "risk_tips_fields.yaml", "checklist_features.yaml", "checklists"


def load_fields(folder: Path) -> tuple[str, ...]:
    """Chapters of the handbook, in its order."""
    found: tuple[str, ...] = read_yaml(folder / FIELDS, tuple[str, ...])
    return found


def load_features(folder: Path, records: Iterable[Record]) -> tuple[Feature, ...]:
    """Features of a place; raises ``KnowledgeError`` for a tip that does not exist."""
    tips = {record.id for record in records if isinstance(record, RiskTip)}
    features: tuple[Feature, ...] = read_yaml(folder / FEATURES, tuple[Feature, ...])
    for feature in features:
        _refuse(FEATURES, feature.key, [tip for tip in feature.tips if tip not in tips])
    return features


def load_checklists(folder: Path, records: Iterable[Record]) -> tuple[Checklist, ...]:
    """All questionnaires; raises ``KnowledgeError`` for an unknown tip or feature, a twin, or a branch on what is not asked before."""
    records = tuple(records)
    tips = {record.id for record in records if isinstance(record, RiskTip)}
    features = {feature.key for feature in load_features(folder, records)}
    found: list[Checklist] = []
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        one = read_yaml(path, Checklist)
        asked: set[str] = set()
        for question in one.questions:
            wrong = [question.tip] if question.tip not in tips and question.kind == "隐患" else []
            wrong += [key for key in question.when if key not in asked] + ([question.id] if question.id in asked else [])
            wrong += [f"{question.id} 没有问句"] if not (question.ask or question.tip) else []
            _refuse(path.name, question.id, wrong)
            asked.add(question.id)
        _refuse(path.name, one.id, [key for key in one.features if key not in features])
        found.append(one)
    return tuple(found)


def chapters(records: Iterable[Record], fields: Iterable[str]) -> Mapping[str, tuple[RiskTip, ...]]:
    """Tips by chapter, in the handbook's order; raises ``KnowledgeError`` for a field that is no chapter."""
    tips = [record for record in records if isinstance(record, RiskTip)]
    known = tuple(fields)
    for tip in tips:
        _refuse("risk_tips", tip.id, [field for field in tip.fields if field not in known] or ([] if tip.fields else ["fields"]))
    return {field: tuple(tip for tip in tips if tip.fields[0] == field) for field in known}


def _refuse(where: str, which: str, wrong: list[str]) -> None:
    if wrong:
        raise KnowledgeError(f"{where} 的 {which} 引用了不存在或重复的“{'、'.join(wrong)}”，请改正后重试。")
