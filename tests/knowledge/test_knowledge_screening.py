"""The models of 线索 against the official texts: every article opens, and every number that is said of the law stands in it."""

import re
from datetime import date
from pathlib import Path

import pytest

from assistant.answer.authorities import cards
from assistant.answer.sources import Sources
from assistant.domain.provision import Status
from assistant.errors import KnowledgeError
from assistant.ingest.pipeline import import_paths
from assistant.ingest.records import load_knowledge
from assistant.ingest.screening import load_models
from assistant.law.outline import select
from assistant.law.quantities import arabic
from assistant.store.library import Library

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "knowledge_base"
SHARED = ROOT.parent / "shared"
KNOWLEDGE = load_knowledge(FOLDER)
SOURCES = Sources(KNOWLEDGE)
MODELS = load_models(FOLDER)
RULES = [(model, rule) for model in MODELS for rule in model.rules]
TODAY = date(2026, 11, 26)
FIGURE = re.compile(r"\d+(?:\.\d+)?(?=年|个|月|日|小时|次|名|人|万)")


def test_there_are_five_models_and_what_the_issue_names_is_looked_for():
    assert [model.key for model in MODELS] == ["deaths", "certificates", "gas", "mines", "penalties"]
    assert len({(model.key, rule.key) for model, rule in RULES}) == len(RULES) == 23


def test_every_rule_has_cards_in_force_for_all_its_articles():
    for _, rule in RULES:
        assert rule.cite
        assert rule.means
        assert rule.next
        found = cards([(rule.means, rule.cite)], SOURCES, TODAY)
        assert found.lost == {}, rule.key
        assert set(found.numbers) == set(rule.cite)
        assert {card.status for card in found.citations} == {Status.IN_FORCE}, rule.key


@pytest.mark.parametrize(("model", "rule"), RULES, ids=[f"{model.key}-{rule.key}" for model, rule in RULES])
def test_numbers_of_the_law_stand_in_its_articles(model, rule):
    texts = ""
    for cite in rule.cite:
        ref = SOURCES.ref(cite)
        provision = SOURCES.provision(ref.whole_article(), TODAY)
        texts += arabic(select(provision.text, ref.paragraph, ref.item) or provision.text)
    said = set(FIGURE.findall(arabic(rule.means)))
    assert said <= set(FIGURE.findall(arabic(texts))), said
    for window in rule.windows:
        assert f"{window.days}日" in texts if window.days else f"{window.years}年" in texts
        assert f"{window.before}次" in texts or f"{window.before + 1}次" in texts or rule.key == "heavier"
    for condition in rule.any:
        assert f"{condition.least:g}" in texts
    for grade in rule.grades[1:]:
        assert f"{grade.deaths}人" in texts
        assert f"{grade.injured}人" in texts
    if rule.limit:
        assert f"{rule.limit}日" in texts


@pytest.mark.official
def test_every_place_is_in_the_official_text_and_every_number_stands_there(tmp_path):
    if not SHARED.exists():
        pytest.skip("official texts are not at hand: ../shared")
    library = Library(tmp_path)
    laws = {law.title: law for law in KNOWLEDGE.laws} | {alias: law for law in KNOWLEDGE.laws for alias in law.aliases}
    import_paths([SHARED / "official", SHARED / "official_recent"], library, laws)
    wrong, seen = [], 0
    for _, rule in RULES:
        held: set[str] = set()
        for cite in rule.cite:
            ref = SOURCES.ref(cite)
            found = library.provision(ref.law, ref.article, TODAY)
            text = found and select(found.text, ref.paragraph, ref.item)
            seen += 1
            wrong += [] if text else [cite]
            held |= set(re.findall(r"\d+", arabic(text or "")))
        extra = set(FIGURE.findall(arabic(rule.means))) - held
        wrong += [f"{rule.key}: {extra}"] if extra else []
    assert wrong == []
    assert seen > 45
    library.close()


def test_an_offence_is_said_only_where_an_article_makes_repetition_one():
    repeated = {rule.key: rule for model, rule in RULES if model.key == "penalties"}
    assert {key for key, rule in repeated.items() if "涉嫌" in rule.means} == {"false_papers", "illegal_mining"}
    assert all("不是犯罪" in repeated[key].means for key in ("closing", "heavier", "daily"))


def test_a_rule_over_a_column_that_is_not_declared_is_refused(tmp_path):
    (tmp_path / "screening").mkdir()
    text = (FOLDER / "screening" / "5-重复处罚.yaml").read_text(encoding="utf-8")
    (tmp_path / "screening" / "x.yaml").write_text(
        text.replace("columns: [unit, punished, decision?]", "columns: [unit, when]", 1)
    )
    with pytest.raises(KnowledgeError, match=r"没有声明的 penalties\.when"):
        load_models(tmp_path)
