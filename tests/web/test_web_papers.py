"""Events of the page 文书 and what it shows: chosen, refused, followed as facts change, taken as a file."""

import base64
import io
import re
from dataclasses import replace
from types import SimpleNamespace

import docx
import pytest
from outside import close
from web_answers import ScriptedService, answer

from assistant.domain.facts import FactSheet, Person
from assistant.errors import KnowledgeError
from assistant.services import Services
from assistant.settings import LLMSettings, Settings
from assistant.web import view
from assistant.web.assess_desk import Case
from assistant.web.glossary import Glossary
from assistant.web.papers_desk import Held, PapersDesk
from assistant.web.state import Exchange, Talk
from assistant.web.view_understood import to_write

FACTS = {
    "deaths": 3, "responsibility": "main", "role": "manager", "in_production": True, "violation": True, "hazard_major": True,
    "hazard_known": True, "organised_risk": True,
}  # fmt: skip
CASE = Case(FactSheet(facts=FACTS))
OTHER = Case(FactSheet(facts={**FACTS, "deaths": 2}))


@pytest.fixture(scope="module")
def desk():
    return PapersDesk(ScriptedService())


def chosen(desk, key, case=CASE):
    return desk.choose(case, Held(), {"key": key})


def test_the_page_begins_with_every_paper_and_what_it_is_for(desk):
    page = desk.follow(Case(), Held()).page
    assert page.count('data-act="choose"') == len(desk.service.papers.templates)
    assert "回复期限由承办人填写" in page


def test_a_chosen_paper_is_shown_with_blanks_and_numbers_that_light_cards(desk):
    shown = chosen(desk, "suggestion")
    assert '<mark class="blank">【文号：承办人填写】</mark>' in shown.page
    numbers = set(re.findall(r'data-do="paper-authority" data-n="(\d+)"', shown.page))
    assert numbers
    assert numbers == set(re.findall(r'id="src-paper-(\d+)"', shown.side))
    assert 'data-act="read"' in shown.side
    assert "仅供参考" in shown.page


def test_before_there_is_a_case_it_says_what_to_do(desk):
    assert "先写下案情" in chosen(desk, "suggestion", Case()).page


def test_what_must_not_be_written_is_refused_in_a_sentence(desk):
    shown = chosen(desk, "nonprosecution_discretionary")
    assert "不能写《相对不起诉理由说明》" in shown.page
    assert 'class="paper"' not in shown.page
    assert desk.word(CASE, shown.held) == ""


def test_a_changed_fact_marks_its_paragraphs_until_they_are_called_right(desk):
    held = chosen(desk, "suggestion").held
    shown = desk.follow(OTHER, held)
    assert "死亡人数：3人 → 2人" in shown.page
    touched = re.findall(r'<p class="body touched"[^>]*>(.*?)</p>', shown.page)
    assert any("死亡2人" in text for text in touched)
    assert "改前的写法" in shown.page
    assert "死亡3人" in shown.page
    right = desk.right(OTHER, shown.held, {})
    assert "touched" not in right.page
    assert "死亡3人" not in right.page


def test_another_case_is_not_held_against_the_one_before(desk):
    held = chosen(desk, "suggestion").held
    another = Case(replace(OTHER.sheet, told="另一起事故，死亡2人。"))
    assert "touched" not in desk.follow(another, held).page


def test_the_file_has_the_marks(desk):
    held = chosen(desk, "suggestion").held
    link = desk.word(OTHER, desk.follow(OTHER, held).held)
    assert 'download="检察建议书.docx"' in link
    word = docx.Document(io.BytesIO(base64.b64decode(re.search(r"base64,([^\"]+)", link)[1])))
    assert [one for one in word.comments if "3人 → 2人" in one.text]


def test_of_several_people_the_reader_chooses_one(desk):
    people = (Person("甲<b>", {"plea": True}), Person("乙", {"plea": False}))
    case = Case(replace(CASE.sheet, people=people))
    held = chosen(desk, "sentencing", case).held
    shown = desk.about(case, held, {"person": "乙"})
    assert "被告人乙涉嫌" in shown.page
    assert "甲<b>" not in shown.page
    assert "甲&lt;b&gt;" in shown.page
    assert "甲&lt;b&gt;" not in chosen(desk, "suggestion", case).page.split('<article class="paper">')[0]


def test_unknown_keys_of_a_page_that_is_out_of_date_go_back_to_the_list(desk):
    assert "catalogue" in chosen(desk, "no_such").page


def test_broken_templates_are_a_sentence_and_no_detail():
    class Papers:
        @property
        def templates(self):
            raise KnowledgeError("文书模板 坏.yaml：请改正。")

    shown = PapersDesk(SimpleNamespace(papers=Papers())).follow(Case(), Held())
    assert "坏.yaml" in shown.page


def exchange(key, question, understood=()):
    return Exchange(key, question, answer=replace(answer(question), question=question, understood=understood, completed=""))


def test_a_paper_asked_for_in_the_talk_is_offered_with_the_case_told_before():
    told, asked, other = (
        exchange("1", "某工地坍塌，2人死亡", ("死亡人数：2人",)),
        exchange("2", "帮我写一份检察建议"),
        exchange("3", "罚多少"),
    )
    assert to_write([told, asked, other]) == {"1": "某工地坍塌，2人死亡", "2": "某工地坍塌，2人死亡"}
    assert to_write([asked]) == {}
    page = view.talk(Talk("", (told, asked)), Glossary())
    assert page.count('data-then="papers" data-told="某工地坍塌，2人死亡"') == 2


def test_a_model_may_write_the_reasons_and_a_changed_fact_gives_them_up(own_home, llm):
    settings = LLMSettings.model_validate({"model": "qwen", "base_url": llm.url, "timeout": 2})
    services = Services(Settings(home=own_home, llm=settings))
    facts = {
        "deaths": 1,
        "responsibility": "secondary",
        "role": "manager",
        "in_production": True,
        "violation": True,
        "plea": True,
    }
    case = Case(FactSheet(facts={**facts, "minor_harm": True}))
    desk = PapersDesk(services)
    shown = chosen(desk, "nonprosecution_discretionary", case)
    assert 'data-act="reason"' in shown.page
    llm.say("好的。")
    desk.reason(case, shown.held, {})
    n = int(re.search(r"\[(\d+)\] 《刑事诉讼法》第一百七十七条（", llm.prompts.pop())[1])
    llm.say(f"犯罪情节轻微，依照刑法不需要判处刑罚的，可以不起诉[{n}]。")
    written = desk.reason(case, shown.held, {})
    assert "模型起草，已核验引用" in written.page
    assert 'data-act="reason"' not in written.page
    assert "模型起草" in docx_text(desk.word(case, written.held))
    changed = Case(FactSheet(facts={**case.sheet.facts, "surrender": True}))
    assert "模型起草，已核验引用" not in desk.follow(changed, written.held).page
    close(services)


def docx_text(link):
    word = docx.Document(io.BytesIO(base64.b64decode(re.search(r"base64,([^\"]+)", link)[1])))
    return "\n".join(one.text for one in word.paragraphs)
