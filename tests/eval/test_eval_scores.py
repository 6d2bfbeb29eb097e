"""The scorer on answers made by hand: each figure can fail; a crash is a failed row."""

import json
from dataclasses import replace
from datetime import date

import pytest

from assistant.domain.answer import Answer, Behavior, Citation, Claim, Outcome, Section
from assistant.domain.provision import Status, TextKind
from assistant.errors import UsageError
from eval import report
from eval.answers import cites, quotes_truly, score, states
from eval.case import Case, Fact, Gold, load_cases
from eval.run import answer_all, run_file

GOLD = Gold("法释〔2015〕22号", "7")
CASE = Case(
    "T1",
    ("怎么判",),
    "answer",
    gold=(Gold("中华人民共和国刑法", "134"), GOLD),
    must_state=(Fact("死亡三人以上且负主要责任", (("死亡3人",), ("主要责任", "全部责任"))), Fact("处三年以上七年以下有期徒刑")),
    must_not=(Fact("负次要责任也升档", (("次要责任也",),)),),
)


@pytest.fixture(scope="module")
def good(services):
    found = services.law("刑法", "134"), services.law("法释2015-22", "7")
    citations = [
        Citation(n, p.id, "provision", p.ref.law, p.text[:20], TextKind.GIST, Status.IN_FORCE, p.ref.law, "", p.ref.article)
        for n, p in enumerate(found, 1)
    ]
    text = "死亡三人以上并且负事故主要责任的，处三年以上七年以下有期徒刑。"
    return Answer(
        "怎么判",
        Outcome.ANSWERED,
        Behavior.ANSWER,
        date(2026, 1, 1),
        (Claim(text, Section.CONCLUSION, (1, 2)),),
        tuple(citations),
    )


def test_a_good_answer_scores_full(services, good):
    result = score(CASE, [good], services)
    assert (result.gold, result.stated, result.broke, result.behavior, result.false_quotes) == (1.0, [True, True], [], True, [])


def test_a_missing_citation_costs_its_share(services, good):
    result = score(CASE, [replace(good, citations=good.citations[:1])], services)
    assert result.gold == 0.5
    assert result.missed_gold == ["法释〔2015〕22号#7"]


def test_a_fact_not_stated_is_missed_by_name(services, good):
    short = replace(good, claims=(Claim("死亡三人以上的要判刑。", Section.CONCLUSION, (1,)),))
    result = score(CASE, [short], services)
    assert result.stated == [False, False]
    assert len(result.missed_facts) == 2


def test_what_must_not_be_said_is_seen(services, good):
    wrong = replace(good, claims=(*good.claims, Claim("负次要责任也升档。", Section.NOTES)))
    assert score(CASE, [wrong], services).broke == ["负次要责任也升档"]


def test_a_wrong_behavior_is_seen(services, good):
    assert not score(CASE, [replace(good, behavior=Behavior.OUT_OF_SCOPE)], services).behavior


def test_an_invented_quotation_is_seen_in_every_turn(services, good):
    forged = replace(good.citations[0], quote="这句话法律里没有")
    result = score(CASE, [replace(good, citations=(forged,)), good], services)
    assert result.false_quotes == [forged.source_id]
    assert not quotes_truly("law/刑法/134", "", services)
    assert not quotes_truly("law/刑法/900", "任何", services)


@pytest.mark.parametrize(
    ("text", "fact", "stated"),
    [
        ("处3年以上7年以下有期徒刑", "处三年以上七年以下有期徒刑", True),
        ("处5年以上7年以下有期徒刑", "处三年以上七年以下有期徒刑", False),
        ("罚款100万元以上", "罚款一百万元以上", True),
        ("罚款10万元以上", "罚款一百万元以上", False),
        ("应当在1小时内报告", "一小时内报告", True),
        ("应当在24小时内报告", "一小时内报告", False),
    ],
)
def test_a_fact_without_terms_is_judged_by_its_figures(text, fact, stated):
    from assistant.law.quantities import arabic

    assert states(arabic(text), Fact(fact)) is stated


def test_gold_without_an_article_accepts_any_part(services, good):
    assert cites(good, Gold("刑法", ""), services)
    assert not cites(good, Gold("安全生产法", ""), services)
    assert not cites(good, Gold("刑法", "139"), services)


@pytest.mark.parametrize(
    ("gold", "number"),
    [
        ({"law": "中华人民共和国刑法", "article": "第一百三十四条"}, "134"),
        ({"law": "中华人民共和国刑法", "article": "第一百三十四条之一"}, "134-1"),
        ({"law": "法释〔2015〕22号", "article": "第七条第一款"}, "7"),
        ({"law": "刑法", "article": "134条之一"}, "134-1"),
        ({"law": "刑法", "article": "134-1"}, "134-1"),
        ({"law": "刑法修正案（十一）", "article": "全文"}, ""),
        ({"law": "刑法", "law_key": "刑法", "article": "第一百三十四条", "article_no": "134"}, "134"),
        ({"law": "修正案十一", "article": "全文", "article_no": None}, ""),
    ],
)
def test_gold_as_lawyers_write_it(tmp_path, gold, number):
    row = {
        "id": "x",
        "turns": ["问"],
        "expected_behavior": "answer",
        "gold": [gold],
        "must_state": ["甲", {"fact": "乙", "terms": [["丙"]]}],
    }
    (tmp_path / "cases.json").write_text(json.dumps([row], ensure_ascii=False), encoding="utf-8")
    (case,) = load_cases(tmp_path / "cases.json")
    assert [g.article for g in case.gold] == [number]
    assert case.must_state == (Fact("甲"), Fact("乙", (("丙",),)))


@pytest.mark.parametrize("content", ["", "not json", "{}", '["x"]', '[{"id": "x"}]'])
def test_a_file_of_another_form_is_told(tmp_path, content):
    (tmp_path / "cases.json").write_text(content, encoding="utf-8")
    if content == "{}":
        assert load_cases(tmp_path / "cases.json") == []
        return
    with pytest.raises(UsageError, match="读不了问题文件"):
        load_cases(tmp_path / "cases.json")


class Failing:
    """Services that fail on one question; everything else is real."""

    def __init__(self, services, error):
        self._services, self._error = services, error

    def __getattr__(self, name):
        return getattr(self._services, name)

    def ask(self, question, **named):
        if question == "怎么判":
            raise self._error
        return self._services.ask(question, **named)


@pytest.mark.parametrize("error", [RuntimeError("broken"), UsageError("写法不对"), KeyError("x")])
def test_a_crash_is_a_failed_row_and_the_rest_goes_on(services, error):
    other = replace(CASE, id="T2", turns=("危险作业罪怎么判？",), gold=(Gold("刑法", "134-1"),), must_state=(), must_not=())
    scores, answers = answer_all([CASE, other], Failing(services, error))
    assert [bool(s.error) for s in scores] == [True, False]
    assert (scores[0].gold, scores[0].stated, scores[0].behavior) == (0.0, [False, False], False)
    assert scores[1].gold == 1.0
    assert answers[0] == []
    figures = report.summarise(scores, {"T1": "answer", "T2": "answer"})
    assert figures["errors"] == 1
    assert figures["gold_cited"] == 0.5
    assert "出错" in report.misses(scores)


def test_a_file_of_questions_is_answered_and_scored(services, tmp_path):
    rows = [
        {
            "id": "a",
            "turns": ["危险作业罪怎么判？", "那判多久？"],
            "expected_behavior": "answer",
            "gold": [{"law": "刑法", "article": "第一百三十四条之一"}],
        },
        {"id": "b", "turns": ["今天天气怎么样"], "expected_behavior": "decline_out_of_scope", "gold": [], "must_state": []},
    ]
    (tmp_path / "cases.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    told = run_file(tmp_path / "cases.json", tmp_path / "out.json", services)
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in written["rows"]] == ["a", "b"]
    assert [row["scores"]["behavior"] for row in written["rows"]] == [True, True]
    assert written["rows"][0]["answer"]["citations"]
    assert written["summary"]["questions"] == 2
    assert "gold_cited" in told


def test_what_fell_against_the_baseline_is_named():
    before = {"builtin": {"gold_cited": 0.9, "must_not": 0, "median_ms": 10, "questions": 60}}
    worse = {"builtin": {"gold_cited": 0.8, "must_not": 1, "median_ms": 99, "questions": 60}}
    assert len(report.fell(worse, before)) == 2
    assert report.fell(before, before) == []
    assert report.fell({"builtin": {"gold_cited": 0.897, "must_not": 0}}, before) == []
