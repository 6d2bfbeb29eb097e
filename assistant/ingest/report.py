"""What an import did, file by file."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.ingest.health import Finding


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "新增"
    REPLACED = "更新"
    UNCHANGED = "未变"
    DUPLICATE = "重复"
    SKIPPED = "跳过"
    FAILED = "失败"


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file."""

    source: str
    outcome: Outcome
    title: str = ""
    articles: int = 0
    reason: str = ""
    """Why it was passed over or could not be read; or what was mended in it."""


@dataclass(slots=True)
class ImportReport:
    """All files of an import, and the health of what they hold."""

    results: list[FileReport] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    laws: int = 0
    """Different laws among the files that were read."""
    articles: int = 0
    versions: int = 0
    """Texts and articles that are not the newest version, those rebuilt from amendments among them."""
    cancelled: bool = False

    def of(self, *outcomes: Outcome) -> list[FileReport]:
        """The files with one of these outcomes."""
        return [result for result in self.results if result.outcome in outcomes]

    @property
    def files(self) -> int:
        """How many files were looked at."""
        return len(self.results)

    @property
    def unchanged(self) -> int:
        """Files whose text the library already has."""
        return len(self.of(Outcome.UNCHANGED))

    @property
    def replaced(self) -> int:
        """Files that took the place of an earlier text of the same version."""
        return len(self.of(Outcome.REPLACED))

    @property
    def failures(self) -> list[FileReport]:
        """Files that could not be read, each with its reason."""
        return self.of(Outcome.FAILED)

    @property
    def skips(self) -> list[FileReport]:
        """Files that were passed over, each with its reason."""
        return self.of(Outcome.SKIPPED, Outcome.DUPLICATE)

    @property
    def changed(self) -> bool:
        """Whether the library is another than before."""
        return bool(self.of(Outcome.ADDED, Outcome.REPLACED))

    def summary(self) -> str:
        """A few Chinese lines: the figures, then each failure; skips and findings by number."""
        added = len(self.of(Outcome.ADDED))
        lines = [
            f"共 {self.files} 个文件：新增 {added}，更新 {self.replaced}，未变 {self.unchanged}，"
            f"跳过 {len(self.skips)}，失败 {len(self.failures)}。",
            f"涉及 {self.laws} 部法规、{self.articles} 条，其中历史版本 {self.versions} 条。",
        ]
        if self.cancelled:
            lines.append("导入被中途取消，已完成的文件保留在库中，再次导入会从其余文件继续。")
        lines.extend(f"失败：{result.source}，{result.reason}" for result in self.failures)
        if self.findings:
            lines.append(f"文本检查发现 {len(self.findings)} 处疑点：")
            lines.extend(f"  {finding}" for finding in self.findings[:20])
        return "\n".join(lines)
