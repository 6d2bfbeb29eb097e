"""Every record against the official texts: the article exists, and every number in the record stands in it."""

import re
from datetime import date
from pathlib import Path

import pytest

from assistant.answer.sources import Sources
from assistant.domain.cases import Case
from assistant.domain.records import Misconception, Offence, Practice
from assistant.ingest.records import load_knowledge
from assistant.law.quantities import arabic

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
KNOWLEDGE = load_knowledge(ROOT / "knowledge_base")
SOURCES = Sources(KNOWLEDGE)
TODAY = date(2026, 11, 22)
FIGURE = re.compile(r"\d+(?:\.\d+)?")
OFFENCES = {record.id for record in KNOWLEDGE.records if isinstance(record, Offence)}
RECORDS = {record.id for record in KNOWLEDGE.records}
CITED = [(record, point, text) for record in KNOWLEDGE.records for point in record.points for text in point.cite]


def test_there_is_a_library():
    assert len(KNOWLEDGE.records) > 300
    assert len(KNOWLEDGE.provisions) > 1000
    assert {"offence", "circumstance", "procedure", "evidence", "duty", "policy", "practice", "case", "misconception"} <= {
        r.kind for r in KNOWLEDGE.records
    }


def test_every_reference_opens():
    lost = [
        f"{record.id}: {text}"
        for record, _, text in CITED
        if (ref := SOURCES.ref(text)) is None or SOURCES.provision(ref.whole_article(), TODAY) is None
    ]
    assert lost == []


def test_every_statement_rests_on_something():
    bare = [
        f"{r.id}: {p.text[:30]}"
        for r in KNOWLEDGE.records
        for p in r.points
        if p.confidence != "K" and not p.cite and not r.sources
    ]
    assert bare == []


def test_links_between_records_hold():
    lost = [f"{r.id} → {other}" for r in KNOWLEDGE.records for other in r.related if other not in RECORDS]
    lost += [
        f"{r.id} → {other}" for r in KNOWLEDGE.records if isinstance(r, Case) for other in r.offences if other not in OFFENCES
    ]
    assert lost == []


def test_every_misconception_can_be_recognised_and_is_corrected():
    for record in KNOWLEDGE.records:
        if isinstance(record, Misconception):
            assert record.when, record.id
            assert record.says, record.id
            assert record.points[0].cite, record.id


def test_sources_of_seeds_are_known():
    seeds = {source.seed for r in KNOWLEDGE.records for source in r.sources if source.seed}
    assert seeds == {"000", "002"}
    for record in KNOWLEDGE.records:
        if isinstance(record, Practice):
            assert record.sources, record.id


def test_no_gist_of_an_upper_tier_drops_the_main_responsibility():
    for offence in (
        r
        for r in KNOWLEDGE.records
        if isinstance(r, Offence)
        and r.article.startswith(("刑法#134/", "刑法#135", "刑法#136", "刑法#139"))
        and "139-1" not in r.article
    ):
        upper = [threshold for tier in offence.tiers[1:] for threshold in tier.thresholds]
        assert upper, offence.id
        assert all("主要责任" in threshold.responsibility for threshold in upper), offence.id


@pytest.mark.official
def test_every_gist_has_its_article_and_no_number_of_its_own(official):
    texts = set(official.titles().values())
    wrong = []
    for gist in KNOWLEDGE.provisions:
        if gist.ref.law not in texts or not gist.ref.article:
            continue
        text = official.provision(gist.ref.law, gist.ref.article, TODAY)
        if text is None:
            wrong.append(f"{gist.ref}: 官方文本没有这一条")
            continue
        extra = set(FIGURE.findall(arabic(gist.text))) - set(FIGURE.findall(arabic(text.text)))
        wrong += [f"{gist.ref}: {'、'.join(sorted(extra))}"] if extra else []
    assert wrong == []


@pytest.mark.official
def test_every_number_of_a_tier_stands_where_it_is_cited(official):
    wrong = []
    for offence in (r for r in KNOWLEDGE.records if isinstance(r, Offence)):
        for tier in offence.tiers:
            figures = set(FIGURE.findall(arabic(tier.penalty)))
            held = set()
            for text in tier.cite:
                ref = SOURCES.ref(text)
                found = official.provision(ref.law, ref.article, TODAY)
                held |= set(FIGURE.findall(arabic(found.text))) if found else figures
            wrong += [f"{offence.id} {tier.label}: {figures - held}"] if figures - held else []
    assert wrong == []
