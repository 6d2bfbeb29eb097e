"""类案 on the page 宽严研判, without a browser: what is shown of a case, and the card that its number lights."""

import pytest
from bs4 import BeautifulSoup
from web_cases import ScriptedAssessor

from assistant.web.assess_desk import AssessDesk, Case
from assistant.web.view_assess import NONE
from assistant.web.view_marks import Marks
from assistant.web.view_similar import similar


@pytest.fixture(scope="module")
def shown():
    return AssessDesk(ScriptedAssessor()).tell("某矿三人死亡。", Case())


@pytest.fixture(scope="module")
def findings(shown):
    return BeautifulSoup(shown.findings_html, "html.parser")


def test_a_case_says_what_is_alike_what_differs_and_how_it_ended(findings):
    first, second = findings.select(".similar > li")
    assert first.select_one(".badge").text == "宽严分层"
    rows = [(row.name, row.text) for row in first.select("dl > *")]
    assert rows[:4] == [("dt", "相同"), ("dd", "死亡都是3人"), ("dt", "不同"), ("dd", "本案没有<b>")]
    assert "带班清煤的工人赵某某不起诉" in _under("处理", first)
    assert _under("处理", second).startswith("未核到")
    assert "一锹煤也别清" in _under("教训", first)
    assert "李某刑期" in second.select_one("small").text


def test_the_section_stands_under_the_options(findings):
    heads = [head.text.split(" ")[0] for head in findings.select("h2")]
    assert heads[heads.index("可选处理") + 1] == "类案"


def test_each_number_has_the_card_of_its_case_which_opens(findings, shown):
    cards = BeautifulSoup(shown.side_html, "html.parser")
    numbers = findings.select(".similar .cite")
    assert len(numbers) == 2
    for number in numbers:
        card = cards.find(id=f"src-assess-{number['data-n']}")
        assert card.select_one(".badge.kind").text == "案例"
        assert card.select_one("[data-act=read]")["data-source"].startswith("case.")


def test_the_copied_text_has_the_cases(findings):
    copied = findings.select_one("[data-do=copy]")["data-copy"]
    assert "【类案】\n检例第95号" in copied
    assert "处理：未核到" in copied


def test_where_nothing_is_alike_there_is_no_section():
    assert similar((), Marks(NONE)) == ""


def _under(name, case):
    """What stands under a head of the list of one case."""
    return case.find("dt", string=name).find_next("dd").text
