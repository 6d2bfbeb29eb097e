"""Rules for gaps that come back after a penalty: every article opens and is in force, every number that is said stands in it."""

import re
from datetime import date
from pathlib import Path

import pytest

from assistant.answer.authorities import cards
from assistant.answer.sources import Sources
from assistant.domain.ledger import Level, State
from assistant.domain.provision import Status
from assistant.ingest.ledger import load_book
from assistant.ingest.records import load_knowledge
from assistant.law.outline import select
from assistant.law.quantities import arabic

FOLDER = Path(__file__).resolve().parents[2] / "knowledge_base"
KNOWLEDGE = load_knowledge(FOLDER)
SOURCES, BOOK = Sources(KNOWLEDGE), load_book(FOLDER)
TODAY = date(2026, 11, 26)
FIGURE = re.compile(r"\d+(?=年|日|次)")
WORDS = {
    "heavier_ongoing": ["从重", "拒不整改", "持续"],
    "heavier_twice": ["从重", "1年", "2次以上"],
    "daily": ["责令改正", "罚款", "拒不改正", "次日", "按日连续处罚"],
    "closing_180_days": ["重大事故隐患", "180日", "3次", "关闭", "5年"],
    "closing_year": ["重大事故隐患", "1年", "4次", "关闭"],
    "closing_unfit": ["停产停业整顿", "仍不具备", "关闭"],
    "crime_dangerous_work": ["重大事故隐患", "停产停业", "停止施工", "停止使用", "拒不执行", "现实危险"],
    "crime_fire": ["消防监督机构", "通知", "拒绝执行", "严重后果"],
}
"""What the official article has to say, as ``arabic`` writes numbers."""


def test_every_rule_has_cards_in_force_for_all_its_articles():
    assert {rule.key for rule in BOOK.repeats} == set(WORDS)
    for rule in BOOK.repeats:
        found = cards([(rule.says, rule.cite)], SOURCES, TODAY)
        assert found.lost == {}, rule.key
        assert {card.status for card in found.citations} == {Status.IN_FORCE}, rule.key
        assert (rule.key.startswith("crime")) == rule.crime == any(cite.startswith("刑法") for cite in rule.cite)


@pytest.mark.parametrize("rule", BOOK.repeats, ids=lambda rule: rule.key)
def test_numbers_that_are_said_stand_in_the_gist(rule):
    texts = arabic("".join(SOURCES.provision(SOURCES.ref(cite).whole_article(), TODAY).text for cite in rule.cite))
    assert set(FIGURE.findall(arabic(rule.says))) <= set(FIGURE.findall(texts))
    if rule.within.days:
        assert f"{rule.within.days}日" in texts
    if rule.site_penalties:
        assert f"{rule.site_penalties}次" in texts


@pytest.mark.official
@pytest.mark.parametrize("rule", BOOK.repeats, ids=lambda rule: rule.key)
def test_each_rule_stands_in_the_official_article(rule, official):
    (cite,) = rule.cite
    ref = SOURCES.ref(cite)
    provision = official.provision(ref.law, ref.article, TODAY)
    assert provision, f"official text of {cite} is not in the collection"
    said = arabic(provision.text)
    assert [word for word in WORDS[rule.key] if word not in said] == []
    if ref.item:
        part = arabic(select(provision.text, ref.paragraph, ref.item))
        assert any(word in part for word in WORDS[rule.key])


def test_words_for_levels_and_states_mean_one_thing_each():
    for book, kind in ((BOOK.levels, Level), (BOOK.states, State)):
        assert set(book) == set(kind)
        words = [word for words in book.values() for word in words]
        assert len(words) == len(set(words))
        assert all(one.value in words for one, words in book.items())


@pytest.mark.parametrize("role", [BOOK.table, BOOK.findings], ids=lambda role: role.key)
def test_no_two_columns_go_by_the_same_name(role):
    names = [name for column in role.columns for name in (column.name, *column.called)]
    assert len(names) == len(set(names))
