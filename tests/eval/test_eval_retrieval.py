"""Rows, strata, points and files of the evaluation of search; hits are data, and one search is real."""

import json

import pytest

from assistant.errors import UsageError
from eval import report, retrieval, tables
from eval.queries import Query, field_queries, load_queries, trained
from eval.retrieval import Row, articles, compared, points, row, summarise

CRIME, CODE = ("刑法", "134-1"), ("民法典", "1165")


def rows():
    """Four questions: two found first, one tenth, one not at all; training saw the last two."""
    firsts = [1.0, 1.0, 0.1, 0.0]
    return [
        Row(
            str(n),
            n >= 2,
            ("刑事",) if n else ("刑事", "程序"),
            {"recall@10": float(first > 0), "mrr@10": first, "ceiling": 1.0},
            n * 10.0,
        )
        for n, first in enumerate(firsts)
    ]


def test_search_is_scored_and_can_fail(services):
    hits = articles(services.search("刑法第一百三十四条之一", 100, "provision"))
    right = row(Query("1", "", frozenset({CRIME})), hits, hits, 1.0, set())
    wrong = row(Query("2", "", frozenset({("没有的法", "1")})), hits, hits, 1.0, set())
    assert (right.figures["mrr@10"], right.figures["ceiling"]) == (1.0, 1.0)
    assert (wrong.figures["recall@100"], wrong.figures["ceiling"]) == (0.0, 0.0)


def test_the_whole_of_it_runs_on_the_built_in_library(services, tmp_path):
    (one,) = retrieval.evaluate([Query("1", "刑法第一百三十四条之一", frozenset({CRIME}))], services, {CRIME})
    assert one.figures["recall@5"] == 1.0
    assert one.seen
    assert one.ms > 0
    question = {"qid": "1", "question": "强令冒险作业怎么判", "gold": [{"law": "刑法", "article": "134"}]}
    (tmp_path / "held.jsonl").write_text(json.dumps(question, ensure_ascii=False), encoding="utf-8")
    command = [str(tmp_path / "held.jsonl"), "--home", str(services.settings.home)]
    assert retrieval.main([*command, "--out", str(tmp_path / "run.json")]) == 0
    assert retrieval.main([*command, "--against", str(tmp_path / "run.json")]) == 0


@pytest.mark.parametrize(("gold", "seen"), [({CRIME}, True), ({CRIME, CODE}, True), ({CODE}, False)])
def test_a_question_is_seen_when_training_knows_one_of_its_articles(gold, seen):
    one = row(Query("1", "", frozenset(gold)), [], [], 0.0, {CRIME})
    assert one.seen is seen
    assert len(one.families) == len(gold)


def test_strata_hold_their_questions_only():
    found = summarise(rows())
    assert [found[name]["n"] for name in ("all", "unseen", "seen")] == [4, 2, 2]
    assert [found[name]["mrr@10"][0] for name in ("all", "unseen", "seen")] == [0.525, 1.0, 0.05]
    assert found["families"]["刑事"]["n"] == 4
    assert found["families"]["程序"]["n"] == 1
    assert (found["all"]["median_ms"], found["all"]["p95_ms"]) == (10.0, 30.0)


def test_a_baseline_keeps_points_and_tells_a_fall():
    kept = points(summarise(rows()))
    assert kept["mrr@10"] == 0.525
    assert kept["seen"]["mrr@10"] == 0.05
    assert report.fell(kept, kept) == []
    worse = kept | {"mrr@10": 0.5, "seen": kept["seen"] | {"ceiling": 0.9}, "p95_ms": 9999.0}
    assert report.fell(worse, kept) == ["mrr@10: 0.525 → 0.5", "seen.ceiling: 1.0 → 0.9"]


def test_a_stratum_without_questions_is_not_told():
    found = summarise([one for one in rows() if not one.seen])
    assert "seen" not in points(found)
    assert "见过（0 题）" not in tables.of_set("lay", found)


def test_two_runs_are_compared_by_question_and_not_by_place():
    kept = retrieval.kept(rows())["rows"]
    assert {p for _, _, _, p in compared(kept, kept[::-1])} == {0.5}
    lost = [one | {"figures": one["figures"] | {"mrr@10": 0.0}} for one in kept]
    (mrr,) = [line for line in compared(kept, lost) if line[0] == "mrr@10"]
    assert mrr[1:3] == (0.525, 0.0)
    assert mrr[3] > 0.95


def test_a_table_is_markdown_with_its_columns_in_line():
    lines = tables.grid(["", "甲"], [["一二", "1.0"], ["c", "20.25"]]).splitlines()
    assert lines == ["|      |    甲 |", "| ---- | ----: |", "| 一二 |   1.0 |", "| c    | 20.25 |"]


def test_the_questions_of_this_field_have_articles_of_the_library(services):
    found = field_queries(services)
    assert len(found) > 40
    golds = {gold for query in found for gold in query.gold}
    assert all(number for _, number in golds)
    assert {law for law, _ in golds} <= {services.sources.resolve(law) for law, _ in golds}


def test_training_is_read_from_beside_the_model(services, tmp_path):
    class Elsewhere:
        """The same sources, with a knowledge folder of the test's own."""

        sources = services.sources
        settings = services.settings.model_copy(update={"knowledge": tmp_path})

    folder = tmp_path / "embedding" / "questions"
    folder.mkdir(parents=True)
    line = {"q": "干活受伤了", "gold": [{"law": "中华人民共和国刑法", "article": "134-1"}]}
    (folder / "a.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n\n", encoding="utf-8")
    assert CRIME in trained(Elsewhere())


@pytest.mark.parametrize(
    "content", ["not json", "{}", '{"qid": 1, "question": "问"}', '{"qid": 1, "question": "问", "gold": ["刑法"]}']
)
def test_a_file_of_another_form_is_told(services, tmp_path, content, capsys):
    (tmp_path / "held.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match="读不了检索题"):
        load_queries(tmp_path / "held.jsonl", services)
    assert retrieval.main([str(tmp_path / "held.jsonl"), "--home", str(services.settings.home)]) == 2
    assert "读不了检索题" in capsys.readouterr().err
