"""The table of 要素 in the documentation is the table of the data."""

from datetime import date
from pathlib import Path

import yaml

from assistant.domain.facts import FactKey
from assistant.ingest.records import read_yaml
from assistant.rules.keys import table
from assistant.rules.sheet import read_sheet

ROOT = Path(__file__).resolve().parents[2]
KEYS = read_yaml(ROOT / "knowledge_base/rules/facts.yaml", tuple[FactKey, ...])


def test_a_group_has_its_table_and_a_fact_its_row():
    fact = FactKey("fuse_m", "导火索", "number", "关联行为", unit="米", hint="量到米")
    choice = FactKey("record", "前科", "choice", "从严情节", person=True, options={"none": "没有"})
    assert table([fact, choice]).splitlines() == [
        "### 关联行为",
        "",
        "| 键 | 要素 | 怎样写 | 可按人 |",
        "|---|---|---|---|",
        "| `fuse_m` | 导火索 | 数（米）。量到米 |  |",
        "",
        "### 从严情节",
        "",
        "| 键 | 要素 | 怎样写 | 可按人 |",
        "|---|---|---|---|",
        "| `record` | 前科 | `none` 没有 | ✓ |",
    ]


def test_the_documentation_lists_every_key():
    """To bring it in line: ``anheng assess --keys`` prints the table."""
    assert (ROOT / "docs/assess.md").read_text(encoding="utf-8").endswith(table(KEYS))


def test_no_key_stands_twice():
    assert len({key.key for key in KEYS}) == len(KEYS)


def test_the_sheet_of_the_documentation_is_one():
    written = (ROOT / "docs/assess.md").read_text(encoding="utf-8").split("```yaml\n")[2].split("```")[0]
    sheet = read_sheet(yaml.safe_load(written), {key.key: key for key in KEYS}, date(2026, 11, 26))
    assert (sheet.id, len(sheet.facts), len(sheet.people), len(sheet.loss_items)) == ("乙案", 6, 1, 1)
