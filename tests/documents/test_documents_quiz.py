"""测验: the bank of the real library, and what the proof refuses."""

import re
from dataclasses import replace
from datetime import date

import pytest
from lectures import quizzing, sources

from assistant.documents.quiz_cases import charged, liable
from assistant.documents.quiz_makers import Makers
from assistant.documents.quiz_proof import Draft, agreeing, asks, plain, proven
from assistant.documents.quiz_said import FIGURE, _untrue
from assistant.domain.cases import Case, Liable
from assistant.domain.quiz import AUDIENCES, QuizKind
from assistant.domain.records import Checked, Misconception, Offence, Point
from assistant.errors import KnowledgeError, NotFitting


@pytest.fixture(scope="module")
def bank(services):
    return services.quiz.store


@pytest.fixture(scope="module")
def drafts(bank):
    return bank.drafts


def made(**changed):
    draft = Draft(
        QuizKind.SINGLE, "批准移送以后，移送的期限是（　　）。", ("24小时",), ("3日", "7日"), "批准后24小时内移送。",
        ("移送规定#5/2",), (), ("检察官",), "行刑衔接", frozenset({"3个工作日"}),
    )  # fmt: skip
    return replace(draft, **changed)


def test_at_least_200_questions_over_the_field_and_of_every_kind(drafts):
    assert len(drafts) >= 200
    assert {draft.kind for draft in drafts} == set(QuizKind)
    assert {"安全生产法", "重大责任事故罪", "煤矿", "城镇燃气", "证据", "常见误解", "行刑衔接与办案程序"} <= {
        d.topic for d in drafts
    }
    assert all(sum(audience in draft.level for draft in drafts) >= 100 for audience in AUDIENCES)


def test_none_is_asked_twice(drafts):
    asked = [asks(draft) for draft in drafts]
    assert len(set(asked)) == len(asked)
    stems = [plain(draft.stem) for draft in drafts if not draft.stem.startswith("关于")]
    assert len(set(stems)) == len(stems)


def test_every_question_opens_to_its_sources_and_is_explained(drafts, services):
    sources, today = services.sources, date.today()
    for draft in drafts:
        assert draft.explanation.strip()
        assert draft.cites or draft.records, draft.stem
        for cite in draft.cites:
            ref = sources.ref(cite)
            assert ref, (cite, draft.stem)
            assert sources.provision(ref.whole_article(), today), (cite, draft.stem)
        assert all(sources.record(name) for name in draft.records), draft.stem


def test_a_figure_that_was_left_out_is_what_the_record_says_and_no_other_figure_makes_a_statement_of_the_library(
    drafts, services
):
    said = {point.text for record in services.sources.records() for point in record.points}
    told = re.compile("^(?:检查发现：[^。]+。|关于[^：]+：)")
    bare = {draft: told.sub("", draft.stem) for draft in drafts if draft.sort == "数字" and draft.kind is QuizKind.SINGLE}
    blanks = {d: stem for d, stem in bare.items() if stem.replace("（　　）", d.right[0], 1) == d.explanation}
    assert len(blanks) >= 200
    for draft, stem in blanks.items():
        assert draft.explanation in said
        assert not {stem.replace("（　　）", wrong, 1) for wrong in draft.wrong} & said, stem


def test_thresholds_are_those_of_the_tiers_one_below_is_not_enough(drafts, services):
    tiers = {(o.title, t.label): t for o in services.sources.offences for t in o.tiers}
    rows = [d for d in drafts if d.kind is QuizKind.TRUTH and "只看这一项数字" in d.stem and "死亡" in d.stem]
    assert len(rows) >= 20
    for draft in rows:
        offence, _, label = draft.stem.split("已经达到")[1].removesuffix("”的标准。").partition("“")
        told = int(draft.stem.split("死亡")[1].split("人")[0])
        least = min(row.deaths for row in tiers[offence, label].thresholds if row.deaths)
        assert (draft.right == ("对",)) is (told >= least), draft.stem


def test_a_case_asks_for_an_offence_that_its_record_names_and_offers_none_that_it_names_besides(drafts, services):
    titles = {o.id: o.title for o in services.sources.offences}
    cases = [draft for draft in drafts if draft.sort == "案例罪名"]
    rows = [(d, r) for d in cases for r in map(services.sources.record, d.records) if isinstance(r, Case)]
    assert len(rows) >= 10
    for draft, case in rows:
        named = {titles[name] for name in case.offences}
        assert set(draft.right) <= named, draft.stem
        assert not set(draft.wrong) & named, draft.stem
        assert not any(title in draft.stem for title in titles.values())


def test_a_made_up_case_is_answered_as_the_rules_weigh_it(drafts, services):
    rows = [d for d in drafts if d.stem.startswith("假设：")]
    assert len(rows) >= 12
    offences = {o.title: o for o in services.sources.offences}
    for draft in rows:
        found = services.assessing.assess(services.assessing.told(draft.stem.partition("按")[0])).offences
        assert len(found) == 1
        tier = next(t for t in offences[draft.topic].tiers if t.name == found[0].step.name)
        assert draft.right == (tier.penalty,)
        assert tier.penalty not in draft.wrong


def test_a_misconception_is_wrong_and_its_correction_is_the_explanation(drafts, services):
    single = [draft for draft in drafts if draft.kind is not QuizKind.MULTIPLE]
    rows = [(d, r) for d in single for r in map(services.sources.record, d.records) if isinstance(r, Misconception)]
    assert len(rows) >= 100
    assert all(d.right == ("错",) and d.explanation == r.points[0].text for d, r in rows)


def test_a_range_offered_as_wrong_is_not_that_of_the_tier(drafts, services):
    offences = {record.title: record for record in services.sources.records() if isinstance(record, Offence)}
    rows = [d for d in drafts if d.stem.startswith("犯") and d.stem.endswith("法定刑是（　　）。")]
    assert len(rows) >= 40
    for draft in rows:
        label = draft.stem.removeprefix(f"犯{draft.topic}，").removesuffix("的，法定刑是（　　）。")
        penalties = {t.penalty for t in offences[draft.topic].tiers if t.label == label and t.effective.holds(date.today())}
        assert set(draft.right) == penalties
        assert not penalties & set(draft.wrong)


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ({"wrong": ("1天", "7日")}, "也对"),
        ({"wrong": ("24 小时", "7日")}, "也对"),
        ({"wrong": ("3个工作日", "7日")}, "也对"),
        ({"wrong": ("7日", "7天")}, "重复"),
        ({"wrong": ()}, "不够"),
        ({"right": ("24小时", "1小时")}, "一个答案"),
        ({"explanation": " "}, "没有解析"),
        ({"cites": (), "records": ()}, "没有出处"),
        ({"cites": ("移送规定#999",)}, "打不开"),
        ({"level": ("路人",)}, "听众"),
    ],
)
def test_a_planted_fault_fails_the_build(bank, planted, told):
    assert proven(made(), bank._resolves) == made()
    with pytest.raises(KnowledgeError, match=told):
        proven(made(**planted), bank._resolves)


def test_a_distractor_that_is_right_in_a_made_question_fails_the_whole_build(monkeypatch):
    real = Makers.all
    planted = ("期限", lambda: iter([made(wrong=("1日", "7日"))]))
    monkeypatch.setattr(Makers, "all", lambda self: (*real(self), planted))
    with pytest.raises(KnowledgeError, match="也对"):
        quizzing(sources).prepare()


def test_the_same_asked_twice_with_other_answers_fails_and_with_the_same_is_one(bank):
    assert agreeing([made(), made()]) == [made()]
    with pytest.raises(KnowledgeError, match="答案不同"):
        agreeing([made(), made(right=("3日",), wrong=("24小时", "7日"), also=frozenset())])


def test_no_stem_carries_a_mark_or_an_aside_of_the_library(drafts):
    for draft in drafts:
        for said in (draft.stem, *draft.right, *draft.wrong):
            assert not re.search("〔[^0-9]|原文|要旨|库内|核到|待核|未核|须核对", said), said


def test_what_is_judged_right_is_read_at_once(drafts):
    """No three lines of figures: one figure at most, eighty letters behind what was found."""
    right = [d for d in drafts if d.kind is QuizKind.TRUTH and d.right == ("对",) and d.sort == "说法"]
    assert len(right) >= 300
    for draft in right:
        assert len(draft.explanation) <= 80
        assert draft.stem.endswith(draft.explanation)
        assert len(FIGURE.findall(draft.explanation)) <= 1, draft.stem


@pytest.mark.parametrize(
    ("text", "figure", "other", "untrue"),
    [
        ("3个月内2次以上被发现的，关闭", "3个月", "1个月", False),
        ("3个月内2次以上被发现的，关闭", "3个月", "6个月", True),
        ("损失100万元以上的，追究", "100万元以上", "50万元以上", True),
        ("损失100万元以上的，追究", "100万元以上", "500万元以上", False),
        ("可能判1年以下有期徒刑的", "1年以下", "3年以下", True),
        ("5日内没有改正的，罚款", "5日", "10日", False),
        ("罚5万元以上10万元以下", "5万元以上10万元以下", "1万元以上2万元以下", True),
    ],
)
def test_a_statement_with_another_figure_is_only_called_wrong_where_the_law_does_not_imply_it(text, figure, other, untrue):
    assert _untrue(text, figure, other) is untrue


def test_who_is_asked_for_is_the_only_one_of_his_group_in_the_record_and_is_not_given_away(drafts, services):
    rows = [d for d in drafts if d.sort == "谁担责" and "（　　）" in d.stem and d.cites]
    assert len(rows) >= 30
    for draft in rows:
        (record,) = map(services.sources.record, draft.records)
        said = "".join(point.text for point in record.points)
        assert draft.right[0] in said
        assert not [wrong for wrong in draft.wrong if wrong in said]
        assert draft.right[0].removesuffix("单位") not in draft.stem


def test_several_statements_side_by_side_are_each_proven_by_themselves(drafts):
    alone = {}
    for draft in drafts:
        if draft.kind is QuizKind.TRUTH:
            alone[draft.stem] = alone[draft.stem.partition("。")[2]] = draft.right[0]
    rows = [d for d in drafts if d.sort == "说法辨析"]
    assert len(rows) >= 40
    for draft in rows:
        assert {alone[said] for said in draft.right} == {"对"}
        assert {alone[said] for said in draft.wrong} == {"错"}


def told(drafts_of, **changed):
    case = Case(
        id="case.made", title="某厂爆炸案", points=(Point("某厂检修时爆炸，造成2人死亡。"),), checked=Checked("试验", date(2026, 1, 1)),
        offences=("offence.134-1p",), liable=drafts_of,
    )  # fmt: skip
    return replace(case, **changed)


def test_who_did_what_in_a_case_is_asked_among_those_who_answered_in_it(services):
    who = (
        Liable("厂长", "没有组织排查隐患", "重大责任事故罪，有期徒刑3年"),
        Liable("焊工", "没有审批就动火", "重大责任事故罪，有期徒刑1年"),
        Liable("安全员", "没有到场监护", "重大责任事故罪，缓刑"),
    )
    rows = list(liable([told(who)], services.sources.offences, ("检察官",)))
    assert [(d.stem, d.right) for d in rows][1] == ("某厂爆炸案中，因“没有审批就动火”承担责任的是（　　）。", ("焊工",))
    assert all(set(d.wrong) == {one.who for one in who} - set(d.right) for d in rows)
    assert list(liable([told(who[:2])], services.sources.offences, ("检察官",))) == []
    assert list(liable([told((*who[:2], Liable("焊工", "", "")))], services.sources.offences, ("检察官",))) == []


def test_what_one_of_them_was_found_guilty_of_is_asked_without_its_name_in_the_stem(services):
    who = (Liable("矿长", "隐瞒采掘工作面", "重大责任事故罪，有期徒刑3年"), Liable("检测人员", "", "提供虚假证明文件罪"))
    (draft,) = charged([told(who)], services.sources.offences, ("检察官",))
    assert draft.stem == "某厂爆炸案中，矿长因“隐瞒采掘工作面”，被认定的罪名是（　　）。"
    assert draft.right == ("重大责任事故罪",)
    assert "提供虚假证明文件罪" not in draft.wrong
    assert list(charged([told(who, title="某厂重大责任事故案")], services.sources.offences, ("检察官",))) == []


def test_a_paper_is_the_same_for_the_same_seed_and_suits_its_audience(services):
    one = services.quiz.items(30, audience="班组工人", seed=7)
    assert one == services.quiz.items(30, audience="班组工人", seed=7) != services.quiz.items(30, audience="班组工人", seed=8)
    assert len(one) == 30 == len({item.id for item in one})
    assert all("班组工人" in item.level for item in one)


def test_a_question_keeps_its_id_and_its_answer_when_options_are_shuffled_otherwise(services):
    one, other = ({i.id: i for i in services.quiz.items(400, topic="刑法", seed=seed)} for seed in (1, 2))
    assert any(one[name].options != other[name].options for name in one.keys() & other.keys())
    assert all(set(one[name].right) == set(other[name].right) for name in one.keys() & other.keys())


def test_a_paper_keeps_to_topic_and_kinds(services):
    found = services.quiz.items(10, topic="重大责任事故罪", kinds=[QuizKind.TRUTH])
    assert found
    assert all(item.kind is QuizKind.TRUTH and item.options == ("对", "错") for item in found)


@pytest.mark.parametrize("asked", [{"count": 0}, {"count": 501}, {"audience": "路人"}, {"topic": "🎉煮面条"}])
def test_what_cannot_be_drawn_is_told_in_a_sentence(services, asked):
    with pytest.raises(NotFitting, match="请"):
        services.quiz.items(**{"count": 10, **asked})
