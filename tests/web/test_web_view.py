"""The renderers: what they show, and that nothing a user or a source wrote becomes markup."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from web_answers import SOURCES, answer

from assistant.domain.answer import Answer, Behavior, Citation, Claim, Outcome, Section, Withheld
from assistant.domain.history import Edition
from assistant.domain.provision import Status, TextKind
from assistant.domain.source import Related
from assistant.errors import BadDate
from assistant.store.repository import Conversation
from assistant.web import view, view_sources, view_talks
from assistant.web.examples import EXAMPLES
from assistant.web.glossary import Glossary, GlossaryEntry
from assistant.web.state import Exchange, Talk, read_date

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>${alert(3)}{{value}}"
GLOSSARY = Glossary((GlossaryEntry("宽严相济", "该宽则宽，当严则严。"), GlossaryEntry("甲罪", "<b>解释</b>")))


def soup(html):
    return BeautifulSoup(html, "html.parser")


def exchange(result=None, key="t1"):
    return Exchange(key, "问？", answer=result or answer("问？"))


def test_sections_stand_in_their_order_with_numbers_that_point_to_cards():
    talk = Talk("c", (exchange(),))
    page = soup(view.talk(talk, GLOSSARY))
    assert [h.text for h in page.select(".part h3")] == ["结论", "依据", "适用要点", "类案", "提示"]
    cards = soup(view_sources.sources(talk))
    for button in page.select("button.cite"):
        assert cards.find(id=f"src-{button['data-turn']}-{button['data-n']}")
        assert button["aria-label"].startswith(f"依据 {button.text}：")


def test_a_number_without_a_source_is_not_shown():
    result = replace(answer("问？"), citations=answer("问？").citations[:1])
    page = soup(view.talk(Talk("c", (exchange(result),)), GLOSSARY))
    assert {button.text for button in page.select("button.cite")} == {"1"}


def test_a_card_says_what_it_is_and_marks_the_sentence_that_carries_the_claim():
    cards = soup(view_sources.sources(Talk("c", (exchange(),)))).select(".card")
    assert [[badge.text for badge in card.select(".badge")] for card in cards] == [
        ["现行有效", "要旨"],
        ["已修改"],
        ["情节", "需核对"],
        ["案例"],
    ]
    assert "2021-03-01起施行" in cards[0].text
    assert cards[0].mark.text.startswith("强令他人违章冒险作业")
    assert "以后来的为准" in cards[1].text
    assert (
        cards[0]
        .select_one("[data-copy]")["data-copy"]
        .startswith("《刑法》第一百三十四条第二款（要旨，现行有效，2021-03-01起施行）：“强令")
    )


@pytest.mark.parametrize(
    ("status", "style"),
    [
        (Status.IN_FORCE, "ok"),
        (Status.AMENDED, "changed"),
        (Status.REPEALED, "changed"),
        (Status.UNVERIFIED, "doubt"),
        (Status.NOT_YET, "changed"),
    ],
)
def test_each_status_has_its_colour(status, style):
    badge = soup(view_sources.badges("provision", TextKind.ORIGINAL, status)).select_one(".badge")
    assert (badge.text, badge["class"]) == (status.value, ["badge", style])


def test_an_opened_source_marks_the_quote_and_offers_neighbours_and_its_history():
    source = SOURCES["law/刑法/134"]
    page = soup(view_sources.reader(source, source.text.split("\n")[1]))
    assert page.mark.text == source.text.split("\n")[1]
    assert [s.text for s in page.select("details:not(.related) summary")] == ["第一百三十三条之二", "第一百三十四条之一"]
    assert [(b["data-source"], b["data-on"]) for b in page.select(".versions button")] == [("law/刑法/134@2006", "2024-01-01")]
    gap, former, current = (line.text for line in page.select(".versions li"))
    assert gap == "1997-10-01起，至2006-06-28 这段时间的文本不在库中"
    assert former == "2006-06-29起，至2021-02-28 由《刑法修正案（六）》修改"
    assert current == "2021-03-01起，至今 当日有效 由《刑法修正案（十一）》修改 （正在看）"
    assert "第二章 危害公共安全罪" in page.select_one(".facts").text


def test_only_web_addresses_become_links():
    source = SOURCES["law/刑法/134"]
    assert not soup(view_sources.reader(replace(source, url="javascript:alert(1)"))).find("a")
    link = soup(view_sources.reader(replace(source, url='https://x.cn/"onclick="a'))).find("a")
    assert link["href"] == 'https://x.cn/"onclick="a'
    assert "onclick" not in link.attrs


def test_nothing_written_by_others_becomes_markup():
    citation = Citation(1, EVIL, EVIL, EVIL, EVIL, TextKind.GIST, Status.IN_FORCE, EVIL, EVIL, EVIL, url=EVIL, note=EVIL)
    result = Answer(
        EVIL,
        Outcome.ANSWERED,
        Behavior.ANSWER,
        date(2026, 1, 1),
        (Claim(EVIL, Section.CONCLUSION, (1,)),),
        (citation,),
        (Withheld(EVIL, EVIL),),
        (EVIL,),
    )
    talk = Talk(EVIL, (Exchange(EVIL, EVIL, answer=result), Exchange("f", EVIL, failure=EVIL)))
    source = replace(
        SOURCES["law/刑法/134"],
        title=EVIL,
        text=EVIL,
        note=EVIL,
        heading=(EVIL,),
        doc_no=EVIL,
        neighbours=((EVIL, EVIL, EVIL),),
        history=(Edition(None, None, EVIL, text=EVIL, source_id=EVIL),),
        cited_by=(Related(EVIL, EVIL, "1", EVIL),),
        cites=(Related(EVIL, EVIL, "", EVIL),),
    )
    past = [Conversation(EVIL, EVIL, datetime(2026, 1, 1))]
    for html in (
        view.talk(talk, GLOSSARY, Exchange("p", EVIL)),
        view_sources.sources(talk),
        view_sources.reader(source, EVIL),
        view_talks.history(past, "", datetime(2026, 1, 1, tzinfo=UTC)),
        view.notice(EVIL),
        view_sources.unread(EVIL),
        view.bar({"model": EVIL, "library_date": EVIL}),
    ):
        page = soup(html)
        assert not page.find(["script", "img"])
        assert not [tag for tag in page.find_all() if any(name.startswith("on") for name in tag.attrs)]
        assert "alert(1)" in page.text


def test_a_term_is_explained_once_and_its_explanation_is_text():
    result = replace(
        answer("问？"),
        claims=(
            Claim("甲罪要讲宽严相济。", Section.CONCLUSION),
            Claim("再说宽严相济和甲罪。", Section.NOTES),
        ),
    )
    terms = soup(view.answer(result, "t", GLOSSARY)).select(".term")
    assert [(t.text, t["data-tip"]) for t in terms] == [("甲罪", "<b>解释</b>"), ("宽严相济", "该宽则宽，当严则严。")]
    assert all(t["tabindex"] == "0" for t in terms)


def test_withheld_is_folded_with_its_reason_and_warnings_are_seen():
    page = soup(view.answer(answer("问？"), "t", GLOSSARY))
    folded = page.select_one("details.withheld")
    assert not folded.has_attr("open")
    assert "找不到支持这一句的条文" in folded.text
    assert "没有导入官方原文" in page.select_one(".warning").text
    assert "仅供参考，不替代承办人判断或法律意见" in page.select_one(".foot").text
    assert "2026-11-01" in page.select_one(".foot").text


@pytest.mark.parametrize(("status", "word"), [(Outcome.INSUFFICIENT, "依据不足"), (Outcome.OUT_OF_SCOPE, "超出范围")])
def test_no_answer_says_so(status, word):
    bare = Answer("问", status, Behavior.NOT_IN_LIBRARY, date(2026, 1, 1))
    page = soup(view.answer(bare, "t", GLOSSARY))
    assert page.select_one(".outcome").text == word
    assert "不作回答" in page.text


def test_every_sentence_can_be_called_wrong():
    result = answer("问？")
    options = soup(view.answer(result, "t", GLOSSARY)).select("form.wrong option")
    assert [o["value"] for o in options] == ["", *(claim.text for claim in result.claims)]


def test_an_opened_source_lists_who_cites_it_and_whom_it_cites_by_law():
    page = soup(view_sources.reader(SOURCES["law/刑法/134"]))
    by, to = page.select("details.related")
    assert (by.summary.text, to.summary.text) == ("被3条引用", "引用了1条")
    assert [h.text for h in by.select("h4")] == ["《刑法》", "《最高人民法院关于办理危害生产安全刑事案件的解释》"]
    opens = [(b["data-act"], b["data-source"], b.text) for b in by.select("li button")]
    assert opens[0] == ("read", "law/刑法/134-1", "第一百三十四条之一")
    assert [key for _, key, _ in opens[1:]] == ["law/解释/1", "law/解释/7"]
    assert "死亡3人以上的； 负主要责任的。" in by.select("li")[2].text
    assert "修改后可能已有变动" in by.text
    assert not soup(view_sources.reader(SOURCES["law/刑法/134-1"])).select("details.related")


def test_a_long_list_is_cut_and_says_by_how_much():
    many = tuple(Related(f"law/甲法/{n}", "甲法", str(n), "字" * 99) for n in range(1, 42))
    page = soup(view_sources.related("被41条引用", many))
    assert len(page.select("li")) == 30
    assert "另有11条未列出" in page.text
    assert len(page.select_one("li span").text) < 50


def test_a_card_says_how_often_its_source_is_cited():
    shown = soup(view_sources.sources(Talk("c", (exchange(),)), {"law/刑法/134": 17})).select(".card")
    assert [card.select_one(".cited").text if card.select_one(".cited") else "" for card in shown] == ["被17条引用", "", "", ""]


def test_what_was_found_says_what_it_is():
    items = soup(view_sources.results(SOURCES.values())).select(".card")
    assert [item.b.text for item in items] == [source.title for source in SOURCES.values()]
    assert items[0].select_one(".badge").text == "现行有效"
    assert len(items[0].text) < 200
    assert "没有找到" in view_sources.results([])


def test_the_note_of_a_law_is_said_once():
    result = answer("问？")
    noted = replace(result, citations=tuple(replace(c, note="同一句话。") for c in result.citations))
    assert len(soup(view_sources.sources(Talk("c", (exchange(noted),)))).select(".note")) == 1


def test_the_empty_page_has_examples_for_each_user():
    page = soup(view.talk(Talk(), GLOSSARY))
    assert {u["data-for"]: len(u.select("button")) for u in page.select(".examples")} == {
        role: len(q) for role, q in EXAMPLES.items()
    }


@pytest.mark.parametrize("text", ["2021-03-01", "2021/3/1", "2021年3月1日", " 2021.3.1 "])
def test_a_date_is_read_as_people_write_it(text):
    assert read_date(text) == date(2021, 3, 1)


@pytest.mark.parametrize("text", ["2021-13-01", "去年", "2021", "1/3/2021"])
def test_what_is_not_a_date_is_one_sentence(text):
    with pytest.raises(BadDate, match="不是一个日期"):
        read_date(text)


def test_no_date_is_no_date():
    assert read_date("  ") is None


def test_what_was_read_from_a_told_case_is_shown_with_the_way_to_change_it():
    page = soup(view.answer(replace(answer("某矿<i>"), understood=("死亡人数：3人", EVIL)), "t1", GLOSSARY))
    assert [chip.text for chip in page.select(".understood li")] == ["死亡人数：3人", EVIL]
    assert page.select_one(".understood [data-act=assess]")["data-told"] == "某矿<i>"
    completed = replace(answer("那2人呢？"), understood=("死亡人数：2人",), completed="某矿2人死亡。")
    assert soup(view.answer(completed, "t1", GLOSSARY)).select_one("[data-act=assess]")["data-told"] == "某矿2人死亡。"
    assert not soup(view.answer(answer("问？"), "t1", GLOSSARY)).select(".understood")
