"""文书 templates as data: they load, every statement of law has a place that opens and, where the official text is at hand, its figures."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.answer.draft import Draft
from assistant.answer.sources import Sources
from assistant.answer.verify import verify
from assistant.assessing import Assessing
from assistant.domain.answer import Section
from assistant.errors import KnowledgeError
from assistant.ingest.records import load_knowledge
from assistant.ingest.templates import SLOT, lines_of, load_templates
from assistant.law.outline import select
from assistant.law.quantities import arabic

ROOT = Path(__file__).resolve().parents[2]
FOLDER, SHARED = ROOT / "knowledge_base", ROOT.parent / "shared"
KNOWLEDGE = load_knowledge(FOLDER)
SOURCES = Sources(KNOWLEDGE)
BOOK = Assessing(KNOWLEDGE, FOLDER, lambda: SOURCES).book
TEMPLATES = load_templates(FOLDER, BOOK)
LINES = [(template.key, line) for template in TEMPLATES.values() for line in lines_of(template)]
LAWS = [(key, line) for key, line in LINES if line.law]
TODAY = date(2026, 11, 26)
FIGURE = re.compile(r"\d+")
SOUNDS_LIKE_LAW = re.compile(r"《[^》]*法》|第[一二三四五六七八九十百\d]+条|应当|不得|从轻|从重处罚的|责令")
TWENTY_ONE = "公益诉讼解释#21"


def test_there_is_one_of_each():
    assert set(TEMPLATES) == {
        "accident_opinion", "suggestion", "sentencing", "nonprosecution_discretionary", "nonprosecution_doubt",
        "nonprosecution_statutory", "custody", "supplement", "filing", "transfer_opinion", "penalty_opinion",
        "public_interest", "transfer", "report",
    }  # fmt: skip
    assert len({one.name for one in TEMPLATES.values()}) == len(TEMPLATES)


@pytest.mark.parametrize(("key", "line"), LAWS, ids=[f"{key}-{n}" for n, (key, _) in enumerate(LAWS)])
def test_every_statement_of_law_passes_the_check_of_every_place_that_it_names(key, line):
    for cite in line.cite:
        found = verify([Draft(line.law, Section.BASIS, (cite,))], SOURCES, TODAY)
        assert found.citations, (cite, found.withheld)


def test_what_is_no_statement_of_law_does_not_sound_like_one():
    said = [SLOT.sub("", line.say) for _, line in LINES if line.say]
    assert [text for text in said if SOUNDS_LIKE_LAW.search(text) and "现有材料没有反映" not in text] == [
        "本院在办理涉嫌一案中，发现你单位在安全生产管理方面存在应当改进的问题。该案发生于，造成。"
    ]


def test_the_two_kinds_of_suggestion_never_share_their_period():
    periods = {key for key, line in LAWS if any(cite.startswith(TWENTY_ONE) for cite in line.cite)}
    assert periods == {"public_interest"}
    social = " ".join(line.say + line.law for line in lines_of(TEMPLATES["suggestion"]))
    assert not re.search(r"两个月|二个月|2个月|十五日|15日", social)
    assert "两个月" in " ".join(line.law for line in lines_of(TEMPLATES["public_interest"]))


def test_the_term_of_a_sentence_is_a_blank_and_nothing_else():
    said = " ".join(line.say for line in lines_of(TEMPLATES["sentencing"]))
    assert "【建议刑期：承办人填写】" in said
    assert not re.search(r"有期徒刑.{0,4}年|年.{0,4}有期徒刑", said)


@pytest.mark.official
def test_every_place_is_there_and_holds_the_figures(official):
    texts, wrong, proven = set(official.titles().values()), [], 0
    for key, line in LAWS:
        held, whole = set(), True
        for cite in line.cite:
            ref = SOURCES.ref(cite)
            found = official.provision(ref.law, ref.article, TODAY) if ref.law in texts else None
            if found is None:
                whole = whole and ref.law in texts
                wrong += [f"{key}: 官方文本没有 {cite}"] if ref.law in texts else []
                continue
            inside = select(found.text, ref.paragraph, ref.item) if ref.paragraph else found.text
            wrong += [] if inside else [f"{key}: 官方文本没有这一款、项：{cite}"]
            held |= set(FIGURE.findall(arabic(inside or "")))
            proven += 1
        figures = set(FIGURE.findall(arabic(line.law))) - {"16"}  # 刑事诉讼法第十六条 is a name here
        wrong += [f"{key}: {line.law[:20]} {figures - held}"] if whole and figures - held else []
    assert wrong == []
    assert proven > 40


BROKEN = {
    "key: x\nname: 甲\nuse: 乙\nparts: []\nnonsense: 1\n": "nonsense",
    "key: x\nname: 甲\nuse: 乙\nparts: [{heading: 一, lines: [{law: 应当移送}]}]\n": "并写 cite",
    "key: x\nname: 甲\nuse: 乙\nparts: [{heading: 一, lines: [{say: 死亡{dead_people}}]}]\n": "dead_people",
    "key: x\nname: 甲\nuse: 乙\noption: no_such\nparts: []\n": "no_such",
    "key: x\nname: 甲\nuse: 乙\nparts: [{heading: 一, lines: [{say: 好, when: {unheard_of: true}}]}]\n": "unheard_of",
    "key: x\nname: 甲\nuse: 乙\nparts: [{heading: 一, lines: [{law: 好, cite: ['刑法#一/二']}]}]\n": "刑法#一/二",
}


@pytest.mark.parametrize(("text", "named"), BROKEN.items())
def test_a_template_that_a_user_broke_is_named_with_its_fault(tmp_path, text, named):
    (tmp_path / "templates").mkdir()
    text = text.replace("say: 死亡{dead_people}", "say: '死亡{dead_people}'")
    yaml.safe_load(text)
    (tmp_path / "templates" / "坏.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as told:
        load_templates(tmp_path, BOOK)
    assert "坏.yaml" in str(told.value)
    assert named in str(told.value)
