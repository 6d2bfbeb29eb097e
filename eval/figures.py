"""A figure beside what the house is built for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    name: str
    value: float
    limit: float
    unit: str

    def __str__(self) -> str:
        """Name, value, target and how much of the target is used."""
        verdict = "" if self.value <= self.limit else "  超出"
        return f"  {self.value:>9.1f} {self.unit:<3} 目标 {self.limit:>7.0f}  比值 {self.value / self.limit:5.2f}{verdict}  {self.name}"
