"""The table of parts: which systems it has, how settings switch them, and its probabilities on figures given."""

from assistant.settings import SearchSettings
from eval.ablate import FINDERS, PARTS, System, lines, switched, systems, table

ALL = {"recall@10": [1.0] * 12, "mrr@10": [1.0] * 12}
FIELD = [True] * 4 + [False] * 8


def test_there_is_a_row_for_everything_without_each_and_alone():
    rows = systems()
    assert len({row.on for row in rows}) == len(rows) == 1 + len(PARTS) + len(FINDERS)
    assert rows[0].on == set(PARTS)
    assert sorted(len(row.on) for row in rows) == [1] * len(FINDERS) + [len(PARTS) - 1] * len(PARTS) + [len(PARTS)]


def test_settings_switch_the_parts_and_nothing_else():
    base = SearchSettings(candidates=77)
    found = switched(base, System("", frozenset({"words"})))
    assert {part: getattr(found, part) for part in PARTS} == {part: part == "words" for part in PARTS}
    assert found.candidates == 77
    assert switched(base, systems()[0]) == base


def test_a_part_that_matters_here_alone_is_told_apart():
    here = {"recall@10": [0.0] * 4 + [1.0] * 8, "mrr@10": [0.5] * 4 + [1.0] * 8}
    first, second = lines({"全部": ALL, "没有甲": here}, FIELD)
    assert first == ["全部", "1.000", "1.000", "", "", "1.000", "1.000", "", ""]
    assert second[:3] == ["没有甲", "0.667", "0.833"]
    assert min(float(p) for p in second[3:5]) > 0.98
    assert second[5:] == ["0.000", "0.500", "1.000", "1.000"]


def test_a_part_that_harms_is_seen():
    _, row = lines({"全部": {"recall@10": [0.0] * 12, "mrr@10": [0.0] * 12}, "没有甲": ALL}, FIELD)
    assert row[3:5] == ["0.000", "0.000"]


def test_a_part_that_does_nothing_is_even():
    _, row = lines({"全部": ALL, "没有甲": {name: list(values) for name, values in ALL.items()}}, FIELD)
    assert row[3:5] == row[7:] == ["0.500", "0.500"]


def test_the_table_says_how_many_questions():
    assert "共 12 题，其中本领域 4 题" in table({"全部": ALL}, FIELD)
