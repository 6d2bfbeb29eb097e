"""Every tip is whole, links to what exists, and says nothing of law that its articles do not bear out."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from assistant.answer.draft import Draft
from assistant.answer.sources import Sources
from assistant.answer.verify import cite
from assistant.domain.answer import Section
from assistant.domain.cases import Case
from assistant.domain.records import Aspect, Offence
from assistant.domain.tips import RiskTip
from assistant.ingest.checklists import chapters, load_checklists, load_features, load_fields
from assistant.ingest.pipeline import import_paths
from assistant.ingest.records import load_knowledge
from assistant.law.outline import select
from assistant.law.quantities import arabic
from assistant.store.library import Library

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "knowledge_base"
SHARED = ROOT.parent / "shared"
KNOWLEDGE = load_knowledge(FOLDER)
SOURCES = Sources(KNOWLEDGE)
TODAY = date(2026, 11, 26)
FIGURE = re.compile(r"\d+(?:\.\d+)?")
TIPS = [record for record in KNOWLEDGE.records if isinstance(record, RiskTip)]
STATED = [(tip, point.text, point.cite) for tip in TIPS for point in tip.points if point.confidence != "K"]
STATED += [(tip, lawful.why, lawful.cite) for tip in TIPS for lawful in tip.lawful]
STATED += [(tip, tip.major.when, tip.major.cite) for tip in TIPS if tip.major.cite]
FREE = re.compile(r"\d+(?:\.\d+)?(?:万|亿)?元|[以超]\S{0,2}\d+(?:\.\d+)?(?:日|天|米|人)")


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """The official texts of every law that a tip cites, from whichever collection has it."""
    if not SHARED.exists():
        pytest.skip("official texts are not at hand: ../shared")
    cited = {ref.law for _, _, cites in STATED for one in cites if (ref := SOURCES.ref(one))}
    found = [SHARED / "official_recent"]
    for folder in ("official", "corpus_full"):
        files = {
            path.stem.partition("(")[0].removeprefix("中华人民共和国"): path for path in sorted((SHARED / folder).rglob("*.md"))
        }
        found += [files[law] for law in sorted(cited) if law in files]
        cited -= set(files)
    library = Library(tmp_path_factory.mktemp("texts"))
    import_paths(found, library, KNOWLEDGE.by_name)
    return library


def test_there_are_ten_tips_in_each_chapter_and_two_hundred_in_all():
    count = {field: len(tips) for field, tips in chapters(TIPS, load_fields(FOLDER)).items()}
    assert len(TIPS) >= 200
    assert {field: number for field, number in count.items() if number < 10} == {}


def test_every_tip_says_duty_administrative_and_criminal_liability():
    bare = [tip.id for tip in TIPS if not (tip.duties() and tip.administrative() and tip.criminal())]
    assert bare == []


def test_every_statement_of_law_names_an_article_that_opens():
    lost = [
        f"{tip.id}: {text[:20]} {one}"
        for tip, text, cites in STATED
        for one in cites or ("（无出处）",)
        if (ref := SOURCES.ref(one)) is None or SOURCES.provision(ref.whole_article(), TODAY) is None
    ]
    assert lost == []


def test_links_of_tips_hold():
    cases = {record.id for record in KNOWLEDGE.records if isinstance(record, Case)}
    offences = {record.id for record in KNOWLEDGE.records if isinstance(record, Offence)}
    lost = [f"{tip.id} → {one}" for tip in TIPS for one in tip.cases if one not in cases]
    lost += [f"{tip.id} → {one}" for tip in TIPS for one in tip.offences if one not in offences]
    assert lost == []


def test_a_standard_is_named_with_its_item_or_not_at_all():
    wrong = [
        tip.id
        for tip in TIPS
        if (tip.major.value in ("是", "看情形")) != bool(tip.major.item and tip.major.cite)
        or (tip.major.value == "看情形") != bool(tip.major.when)
        or (tip.major.value == "未核") == bool(tip.major.standard)
    ]
    assert wrong == []


def test_no_sentence_told_stands_in_two_tips_or_on_both_sides_of_the_law():
    told = Counter(said for tip in TIPS for said in tip.said)
    told.update(said for tip in TIPS for lawful in tip.lawful for said in lawful.said)
    assert [said for said, times in told.items() if times > 1] == []
    assert [tip.id for tip in TIPS if not (6 <= len(tip.said) <= 20 and len(tip.signs) >= 2)] == []


def test_no_legal_value_stands_outside_what_is_cited():
    loose = [
        f"{tip.id}: {text}"
        for tip in TIPS
        for text in (tip.risk, tip.urgent, *tip.signs, *tip.now, *tip.month, *tip.lasting, tip.check.ask, tip.check.why)
        if FREE.search(arabic(text))
    ]
    assert loose == []


def test_severity_is_a_step_of_five():
    assert [tip.id for tip in TIPS if not 1 <= tip.severity <= 5] == []


def test_a_criminal_exposure_names_its_offence():
    bare = [
        tip.id
        for tip in TIPS
        if any(Aspect.CONVICTION in p.about and "刑法" in "".join(p.cite) for p in tip.points) and not tip.offences
    ]
    assert bare == []


@pytest.mark.official
def test_every_figure_of_a_tip_stands_in_an_article_that_it_cites(texts):
    wrong = []
    for tip, text, cites in STATED:
        held: set[str] = set()
        for one in cites:
            ref = SOURCES.ref(one)
            found = texts.provision(ref.law, ref.article, TODAY) or SOURCES.provision(ref.whole_article(), TODAY)
            held |= set(FIGURE.findall(arabic(found.text)))
        missing = set(FIGURE.findall(re.sub(r"《[^》]*》|〔\d+〕|GB\S*|AQ\S*", "", arabic(text)))) - held
        wrong += [f"{tip.id}: {text[:40]} {sorted(missing)}"] if missing else []
    assert wrong == []


@pytest.mark.official
def test_every_article_of_a_tip_is_in_force_in_the_official_text(texts):
    titles = set(texts.titles().values())
    gone = []
    for tip, text, cites in STATED:
        for one in cites:
            ref = SOURCES.ref(one)
            if ref.law in titles and texts.provision(ref.law, ref.article, TODAY) is None:
                gone.append(f"{tip.id}: {one} {text[:20]}")
    assert gone == []


def test_there_are_twelve_questionnaires_and_each_question_stands_on_an_article():
    lists = load_checklists(FOLDER, KNOWLEDGE.records)
    assert len(lists) >= 12
    assert {one.id: len(one.questions) for one in lists if not 15 <= len(one.questions) <= 30} == {}
    lost = [
        f"{one.id}/{question.id} {cite}"
        for one in lists
        for question in one.questions
        for cite in question.cite
        if (ref := SOURCES.ref(cite)) is None or SOURCES.provision(ref.whole_article(), TODAY) is None
    ]
    assert lost == []
    assert load_features(FOLDER, KNOWLEDGE.records)


def test_every_statement_would_be_cited_and_none_withheld():
    withheld = [
        f"{tip.id}: {one} {found}"
        for tip, text, cites in STATED
        for one in cites
        if isinstance(found := cite(one, Draft(text, Section.BASIS, (one,)), SOURCES, TODAY), str)
    ]
    assert withheld == []


@pytest.mark.official
def test_every_paragraph_and_item_that_a_tip_cites_stands_in_the_official_text(texts):
    lost = set()
    for tip, _, cites in STATED:
        for one in cites:
            ref = SOURCES.ref(one)
            found = texts.provision(ref.law, ref.article, TODAY)
            if found and (ref.paragraph or ref.item) and not select(found.text, ref.paragraph, ref.item):
                lost.add(f"{tip.id}: {one}")
    assert sorted(lost) == []
