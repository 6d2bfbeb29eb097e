"""A text of one's own: found and quoted word for word once imported, gone everywhere once removed, also after a restart."""

import pytest

from assistant.domain.answer import Outcome
from assistant.domain.provision import TextKind
from assistant.errors import NotFound
from assistant.services import Services
from assistant.settings import Settings

TITLE = "某某安全试验规定"
ARTICLES = {
    "1": "试验间的门应当由两名值班人员共同上锁，钥匙分别保管。",
    "2": "试验结束后十分钟内应当切断全部气源，并且在登记簿上签字。",
    "3": "本规定自2025年1月1日起施行。",
}
TEXT = f"{TITLE}\n\n" + "\n".join(f"第{'一二三'[int(n) - 1]}条 {text}" for n, text in ARTICLES.items()) + "\n"
QUESTION = f"《{TITLE}》第二条规定了什么"
PLAIN = "试验结束以后多长时间内要切断安全试验的气源"


@pytest.fixture
def with_text(own_home, tmp_path):
    (tmp_path / "规定.txt").write_text(TEXT, encoding="utf-8")
    services = Services(Settings(home=own_home))
    report = services.import_paths([tmp_path / "规定.txt"])
    assert (len(report.results), report.articles) == (1, 3)
    return services


def cited(answer):
    return [c for c in answer.citations if c.source_id.startswith("text/")]


@pytest.mark.parametrize("question", [QUESTION, f"{TITLE}对切断气源是怎么规定的"])
def test_an_imported_text_is_cited_word_for_word(with_text, question):
    answer = with_text.ask(question)
    assert answer.status is Outcome.ANSWERED
    mine = [c for c in cited(answer) if c.article == "2"]
    assert mine
    assert mine[0].law == TITLE
    assert mine[0].text_kind is TextKind.ORIGINAL
    assert mine[0].quote in ARTICLES["2"]
    assert with_text.source(mine[0].source_id).text == ARTICLES["2"]


def test_an_imported_text_is_found_and_looked_up(with_text):
    assert with_text.search("试验间的门由几个人上锁", 3)[0].law == TITLE
    assert with_text.search(PLAIN, 3)[0].article == "2"
    for number, text in ARTICLES.items():
        found = with_text.law(TITLE, number)
        assert (found.text, found.kind) == (text, TextKind.ORIGINAL)


def gone(services, source_id):
    for question in (QUESTION, f"{TITLE}对切断气源是怎么规定的", PLAIN):
        assert not cited(services.ask(question))
    for query in (QUESTION, PLAIN, "试验间的门由几个人上锁", TITLE):
        assert all(hit.law != TITLE for hit in services.search(query, 100))
        assert all(hit.law != TITLE for hit in services.search(query, 100, "provision"))
    with pytest.raises(NotFound):
        services.law(TITLE, "2")
    with pytest.raises(NotFound, match="已被移除"):
        services.source(source_id)
    return True


def test_a_removed_text_is_never_cited_again(with_text, own_home):
    (document,) = with_text.library.documents()
    source_id = with_text.law(TITLE, "2").id
    beside = Services(Settings(home=own_home))
    assert beside.ask(QUESTION).citations
    assert with_text.remove(document.id)
    assert gone(with_text, source_id)
    assert gone(Services(Settings(home=own_home)), source_id)
    assert gone(beside, source_id), "a program that was open all the while"


def test_what_another_program_imports_is_cited_by_one_that_was_open(own_home, tmp_path):
    open_before = Services(Settings(home=own_home))
    assert not cited(open_before.ask(QUESTION))
    (tmp_path / "规定.txt").write_text(TEXT, encoding="utf-8")
    Services(Settings(home=own_home)).import_paths([tmp_path / "规定.txt"])
    assert cited(open_before.ask(QUESTION))
    assert open_before.search("试验间的门由几个人上锁", 3)[0].law == TITLE


def test_removing_what_is_not_there_changes_nothing(with_text):
    assert not with_text.remove("no such document")
    assert cited(with_text.ask(QUESTION))


def test_a_text_may_come_back(with_text, tmp_path):
    (document,) = with_text.library.documents()
    with_text.remove(document.id)
    with_text.import_paths([tmp_path / "规定.txt"])
    assert cited(with_text.ask(QUESTION))
    assert with_text.import_paths([tmp_path / "规定.txt"]).unchanged == 1


def test_the_command_removes_for_good(anheng, own_home, tmp_path):
    (tmp_path / "规定.txt").write_text(TEXT, encoding="utf-8")
    assert anheng("import", tmp_path / "规定.txt", home=own_home).code == 0
    shown = anheng("ask", QUESTION, "--json", home=own_home).json
    assert any(c["law"] == TITLE and c["text_kind"] == "原文" and c["quote"] in ARTICLES["2"] for c in shown["citations"])
    (row,) = anheng("library", "list", "--json", home=own_home).json
    assert "已移除" in anheng("library", "remove", row["id"], home=own_home).out
    refused = anheng("ask", QUESTION, "--json", home=own_home)
    assert refused.code == 3
    assert refused.json["citations"] == []
    assert anheng("library", "list", "--json", home=own_home).json == []
