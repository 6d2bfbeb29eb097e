"""The engine's findings in words: ranges with Chinese numerals, articles, thresholds, facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from assistant.domain.facts import DISPUTED, UNCLEAR, FactKey, Value
from assistant.domain.sentencing import Threshold
from assistant.law.numerals import to_chinese

_NUMBER = re.compile(r"(?<![\d.])(\d+)(%?)")
COUNTED = (
    ("deaths", "死亡{:g}人"), ("serious_injuries", "重伤{:g}人"), ("minor_injuries", "轻伤{:g}人"),
    ("loss_wan", "直接经济损失{:g}万元"), ("illegal_gain_wan", "违法所得{:g}万元"),
)  # fmt: skip


def chinese_range(penalty: str) -> str:
    """3年以上7年以下有期徒刑 → 三年以上七年以下有期徒刑."""
    return _NUMBER.sub(lambda hit: ("百分之" if hit[2] else "") + to_chinese(int(hit[1])), penalty)


def article(ref: str) -> str:
    """刑法#134-1/1/2 → 刑法第134条之一第1款第2项."""
    law, _, place = ref.partition("#")
    number, *rest = place.split("/")
    main, _, suffix = number.partition("-")
    text = f"{law}第{main}条" + (f"之{to_chinese(int(suffix))}" if suffix else "")
    return text + "".join(f"第{value}{unit}" for value, unit in zip(rest, ("款", "项"), strict=False))


def day(value: date) -> str:
    """2021年3月1日."""
    return f"{value.year}年{value.month}月{value.day}日"


def threshold_text(threshold: Threshold) -> str:
    """死亡3人以上且负事故主要责任或者全部责任."""
    parts = [text.format(value) + "以上" for name, text in COUNTED if (value := getattr(threshold, name)) is not None]
    text = "、".join(parts)
    if threshold.responsibility:
        text += f"且负事故{'或者'.join(threshold.responsibility)}"
    return "，".join(filter(None, [text, threshold.also]))


def told(key: str, facts: Mapping[str, Value], keys: Mapping[str, FactKey]) -> str:
    """One fact in words: 死亡人数3人, 明知存在事故隐患：是."""
    declared = keys.get(key)
    if declared is None:
        return ""
    value = facts.get(key)
    if value is None or value in (UNCLEAR, DISPUTED):
        return f"{declared.label}{value or '未知'}"
    return f"{declared.label}：{in_words(declared, value)}"


def in_words(declared: FactKey, value: Value) -> str:
    """A value as a reader writes it."""
    if value in (UNCLEAR, DISPUTED):
        return str(value)
    match declared.kind:
        case "flag":
            return "是" if value else "否"
        case "choice":
            return declared.options.get(str(value), str(value))
        case "money":
            return f"{value:g}万元"
        case "count":
            return f"{value}{declared.unit or '人' if '人数' in declared.label else declared.unit}"
        case "number":
            return f"{value:g}{declared.unit}"
        case "date":
            return day(value) if isinstance(value, date) else str(value)
        case _:
            return str(value)
