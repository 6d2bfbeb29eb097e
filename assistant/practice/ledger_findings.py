"""监测平台告警: findings of a smart site, a gas alarm or a camera as gaps, with duty and liability where a tip matches. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.domain.ledger import Gap, Level
from assistant.domain.ledger_book import BadRow, LedgerBook, ReadRow, Understood
from assistant.domain.screening import Grid
from assistant.errors import UsageError
from assistant.practice.normal import day, flat
from assistant.practice.screening_plan import bare, match_columns

Match = Callable[[str], Gap | None]
"""From the words of a finding to the gap it is: its tip's id, duty, liability, measure; ``None`` where no tip fits."""


def knows(book: LedgerBook) -> Callable[[str], bool]:
    """Whether a heading is one of a platform's."""
    names = frozenset(bare(name) for one in book.findings.columns for name in (one.name, *one.called))
    return lambda heading: bare(heading) in names


def understand(grids: Sequence[Grid], book: LedgerBook, match: Match, today: date) -> Understood:
    """Every finding as a gap; raises ``UsageError`` where no column says what was found."""
    fitting = [(grid, columns) for grid in grids for columns in [match_columns(book.findings, grid.headings)[0]]]
    fitting = [(grid, columns) for grid, columns in fitting if "hazard" in columns or "kind" in columns]
    if not fitting:
        seen = "、".join(filter(None, grids[0].headings[:10])) if grids else ""
        raise UsageError(
            f"文件里没有找到告警内容或者告警类型一列（读到的列是：{seen}），请按 docs/ledger.md 的列名改好后再导入。"
        )
    levels = {flat(word): level for level, words in book.levels.items() for word in words}
    rows: list[ReadRow] = []
    bad: list[BadRow] = []
    matched: dict[str, Gap | None] = {}
    for grid, columns in fitting:
        taken = set(columns.values())
        for cells, number in zip(grid.rows, grid.numbers, strict=True):
            said = {key: cells[at] for key, at in columns.items() if at < len(cells)}
            words = "：".join(dict.fromkeys(filter(None, (said.get("kind", ""), said.get("hazard", "")))))
            if not words:
                bad.append(BadRow(grid.sheet, number, "没有告警内容，请在监测平台上补全后再导出。", cells))
                continue
            if words not in matched:
                matched[words] = match(words)
            extra = {heading: cells[at] for at, heading in enumerate(grid.headings) if at not in taken and at < len(cells)}
            gap = _gap(words, said, {key: value for key, value in extra.items() if key and value}, matched[words], levels, today)
            rows.append(ReadRow(said.get("site", ""), gap, "", number, grid.sheet))
    grid, columns = fitting[0]
    names = {one.name: grid.headings[columns[one.key]] for one in book.findings.columns if one.key in columns}
    kept = tuple(heading for at, heading in enumerate(grid.headings) if heading and at not in columns.values())
    unknown = sum(not row.gap.key for row in rows)
    notes = (f"有 {unknown} 条没有对上风险提示，登记时没有法定要求和法律责任，请人工补上依据。",) if unknown else ()
    return Understood(grid.name, grid.headings, names, kept, rows, bad, notes, findings=True)


def _gap(words: str, said: dict[str, str], extra: dict[str, str], tip: Gap | None, levels: dict[str, Level], today: date) -> Gap:
    ordinal = day(said.get("at", ""))
    where = "，".join(filter(None, (said.get("device", ""), said.get("place", ""))))
    hazard = f"{words}（{where}）" if where else words
    source = " ".join(filter(None, ("监测平台", said.get("device", ""), said.get("at", ""), said.get("id", ""))))
    told = levels.get(flat(said.get("level", "")))
    if told is None and said.get("level"):
        extra = extra | {"告警级别": said["level"]}
    found = date.fromordinal(ordinal) if isinstance(ordinal, int) else today
    if tip is None:
        return Gap("", hazard, told or Level.MINOR, source=source, found=found, extra=extra)
    higher = min((level for level in (told, tip.level) if level), key=[*Level].index)
    return replace(tip, hazard=hazard, level=higher, source=source, found=found, extra=extra)
