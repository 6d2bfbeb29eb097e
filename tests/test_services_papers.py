"""Reasons of a paper written by a model, against a real endpoint on loopback: what passes stands in its place, what does not is listed."""

import io
import re

import docx
import pytest
from outside import close

from assistant.documents.paper_word import to_word
from assistant.domain.answer import DRAFTED
from assistant.services import Services
from assistant.settings import LLMSettings, Settings

TOLD = "2024年5月20日，某厂班长韩某违规带队作业，1人死亡，负次要责任。韩某自首，已全部赔偿并取得家属谅解，认罪认罚，没有前科，犯罪情节轻微。"


@pytest.fixture
def services(own_home, llm):
    made = Services(Settings(home=own_home, llm=LLMSettings.model_validate({"model": "qwen", "base_url": llm.url, "timeout": 2})))
    yield made
    close(made)


def test_what_passes_stands_before_the_place_of_the_reasons(services, llm):
    paper = services.papers.write("nonprosecution_discretionary", services.assessing.told(TOLD))
    llm.say("好的。")
    services.papers.reasons(paper)
    n = int(re.search(r"\[(\d+)\] 《刑事诉讼法》第一百七十七条（", llm.prompts.pop())[1])
    llm.say(f"犯罪情节轻微，依照刑法不需要判处刑罚的，可以不起诉[{n}]。", f"犯罪情节轻微的，应当判处三年有期徒刑[{n}]。")
    written = services.papers.reasons(paper)
    drafted = [place for place, one in enumerate(written.paragraphs) if one.drafted]
    assert [written.paragraphs[place].text for place in drafted] == ["犯罪情节轻微，依照刑法不需要判处刑罚的，可以不起诉。"]
    assert written.paragraphs[drafted[-1] + 1].reason
    assert written.paragraphs[drafted[0]].cites
    assert "犯罪情节轻微的，应当判处三年有期徒刑。" in [one.text for one in written.withheld]
    assert [one for one in written.paragraphs if not one.drafted] == list(paper.paragraphs)
    lines = [one.text for one in docx.Document(io.BytesIO(to_word(written))).paragraphs]
    assert any(f"可以不起诉。〔{DRAFTED}〕" in line for line in lines)


def test_a_model_that_fails_leaves_the_paper_whole_and_says_so(services, llm):
    paper = services.papers.write("nonprosecution_discretionary", services.assessing.told(TOLD))
    llm.say(fault="500")
    written = services.papers.reasons(paper)
    assert written.paragraphs == paper.paragraphs
    assert written.withheld[-1].text == "模型起草的理由"


def test_a_paper_without_a_place_for_reasons_is_not_sent(services, llm):
    paper = services.papers.write("suggestion", services.assessing.told(TOLD))
    assert services.papers.reasons(paper) == paper
    assert not llm.asked


def test_without_a_model_nothing_is_drafted(own_home):
    services = Services(Settings(home=own_home))
    paper = services.papers.write("nonprosecution_discretionary", services.assessing.told(TOLD))
    assert services.papers.reasons(paper) == paper
    close(services)
