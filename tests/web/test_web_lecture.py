"""讲堂 in a real browser: from a topic to slides, the outline edited, files that open again, what was kept, bad input in a sentence."""

from dataclasses import replace
from io import BytesIO

import docx
import pptx
import pytest
from scripted_llm import Say
from web_answers import SHIPPED

from assistant.answer.sources import Sources
from assistant.documents.lecture_build import build
from assistant.drafting import Drafting
from assistant.lecturing import Lecturing
from assistant.settings import LLMSettings, Settings
from assistant.web import view_lecture, view_lecture_slides
from assistant.web.view_lecture import Asked

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser]


@pytest.fixture
def page(visit):
    page = visit(accept_downloads=True)
    page.evaluate("location.hash = 'lecture'")
    page.locator(".lecture-form").wait_for()
    return page


def planned(page, topic="动火作业", audience="班组工人", minutes="30"):
    page.fill("#lecture [name=topic]", topic)
    page.click(f".radios label:has-text('{audience}')")
    page.select_option("#lecture [name=minutes]", minutes)
    page.click("[data-act=plan]")
    page.locator(".blocks li").first.wait_for()


def titles(page):
    return page.locator(".blocks .what").all_inner_texts()


def made(page):
    page.click("[data-act=make]")
    page.locator(".slides li").first.wait_for(timeout=60_000)


def chosen(page, button, file):
    with page.expect_file_chooser() as asked:
        page.click(button)
    asked.value.set_files(file)


def taken(page, kind):
    with page.expect_download() as got:
        page.click(f"[data-act=take][data-kind={kind}]")
    return got.value.suggested_filename, got.value.path().read_bytes()


def test_from_a_topic_to_slides_with_sources_and_files(page):
    planned(page)
    made(page)
    assert page.locator(".slides li h3").first.inner_text() == "没有批准的一次动火"
    assert "第 1 版" in page.locator(".built .faint").inner_text()
    number = page.locator(".slides .said .cite").first
    number.click()
    lit = page.locator("#lecture-side .card.on")
    assert lit.count() == 1
    assert lit.get_attribute("id") == f"src-lecture-{number.inner_text()}"
    name, content = taken(page, "slides")
    assert name == "没有批准的一次动火-幻灯片.pptx"
    deck = pptx.Presentation(BytesIO(content))
    assert len(deck.slides) == page.locator(".slides li").count()
    name, content = taken(page, "handout")
    assert name.endswith("讲义.docx")
    assert docx.Document(BytesIO(content)).paragraphs[0].text == "没有批准的一次动火"
    name, content = taken(page, "script")
    assert "问大家" in "".join(one.text for one in docx.Document(BytesIO(content)).paragraphs)


def test_the_outline_is_edited_and_its_name_stays(page):
    planned(page)
    first, second = titles(page)[:2]
    page.fill("#lecture [name=title]", "我的一讲")
    page.locator(".blocks [data-act=down]").first.click()
    page.wait_for_function("text => document.querySelector('.blocks .what').textContent === text", arg=second)
    assert page.input_value("#lecture [name=title]") == "我的一讲"
    page.locator(".blocks [data-act=leave]").first.click()
    page.wait_for_function("text => document.querySelector('.blocks .what').textContent === text", arg=first)
    choice = page.locator(".blocks select").first
    choice.select_option("case.pc.changfeng")
    page.locator(".blocks [data-act=swap]").first.click()
    page.locator(".blocks .what", has_text="北京长峰医院").wait_for()
    made(page)
    assert page.locator(".slides h3", has_text="北京长峰医院").count() >= 1
    page.click("[data-act=again]")
    page.locator(".blocks .what", has_text="北京长峰医院").wait_for()


def test_ones_own_file_and_template_are_taken_in_and_bad_ones_get_a_sentence(page, tmp_path):
    planned(page)
    own = tmp_path / "会议记录.txt"
    own.write_text("上周三在二号库房动火，没有监护人。", encoding="utf-8")
    page.fill("#lecture [name=title]", "我的一讲")
    chosen(page, "#lecture-own", own)
    page.locator(".blocks .what", has_text="二号库房").wait_for()
    assert page.input_value("#lecture [name=title]") == "我的一讲", "the name that was typed is lost"
    wrong = tmp_path / "坏.pptx"
    wrong.write_bytes(b"PK nothing")
    chosen(page, "#lecture-skin", wrong)
    page.locator("#lecture .failure", has_text="不是 PowerPoint 模板").wait_for()
    assert page.locator(".blocks .what", has_text="二号库房").count() == 1, "what was done before is lost"
    blank = tmp_path / "空.txt"
    blank.write_text("   \n")
    chosen(page, "#lecture-own", blank)
    page.locator("#lecture .failure", has_text="空").wait_for()
    made(page)
    page.locator(".slides small", has_text="您的材料，不是法律依据").first.wait_for()


@pytest.mark.parametrize(
    ("topic", "said"),
    [("", "请写讲课的主题"), ("红烧肉怎么做", "库里没有能讲"), ("😀<img src=x onerror=window.hit=1>", "库里没有能讲")],
)
def test_what_cannot_be_taught_gets_a_sentence_and_the_form_stays(page, topic, said):
    page.fill("#lecture [name=topic]", topic)
    page.press("#lecture [name=topic]", "Enter")
    page.locator("#lecture .failure", has_text=said).wait_for()
    assert page.input_value("#lecture [name=topic]") == topic
    assert page.evaluate("window.hit") is None


def test_lectures_are_kept_found_opened_renewed_and_deleted(page, service):
    planned(page, "瞒报谎报", "企业负责人")
    made(page)
    kept = page.locator("#lecture-side .kept li")
    kept.first.wait_for()
    assert "企业负责人 · 30 分钟 · 第 1 版" in kept.first.inner_text()
    page.reload()
    page.evaluate("location.hash = 'lecture'")
    kept.first.wait_for()
    page.fill("#lecture-side [name=query]", "没有这样的话")
    page.click("[data-act=find]")
    page.locator("#lecture-side", has_text="没有找到这样的讲课").wait_for()
    page.fill("#lecture-side [name=query]", "1小时")
    page.click("[data-act=find]")
    kept.first.wait_for()
    former = service.lecturing
    changed = tuple(
        replace(one, text=one.text + "（新）") if (one.ref.law, one.ref.article) == ("刑法", "139-1") else one
        for one in SHIPPED.knowledge.provisions
    )
    library = Sources(replace(SHIPPED.knowledge, provisions=changed))
    service.lecturing = Lecturing(SHIPPED.knowledge, former._folder, lambda: library, former._matcher, former._read, former._bank)
    try:
        page.locator("#lecture-side .unroll").first.click()
        page.locator("#lecture .stale", has_text="《刑法》第一百三十九条之一").wait_for()
        assert "已修改（第" in page.locator("#lecture .stale").inner_text()
        assert "处依据变了：第" in page.locator("#lecture-side .old").inner_text()
        page.click("#lecture .stale [data-act=renew]")
        page.locator(".built .faint", has_text="第 2 版").wait_for(timeout=60_000)
        assert page.locator("#lecture .stale").count() == 0
    finally:
        service.lecturing = former
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#lecture-side [data-act=erase]").first.click()
    page.locator(".lecture-form").wait_for()
    assert page.locator("#lecture-side .kept li").count() == 0


def test_another_browser_sees_nothing_of_it(page, visit):
    planned(page, "外包", "安全管理人员")
    made(page)
    page.locator("#lecture-side .kept li").first.wait_for()
    other = visit()
    other.evaluate("location.hash = 'lecture'")
    other.locator("#lecture-side", has_text="生成的讲课会留在这里").wait_for()


def test_a_build_shows_how_far_it_is_and_stops(page, service, monkeypatch):
    def slow(outline, shelves, on, bank, progress, cancelled):
        import time

        end = time.monotonic() + 30
        while time.monotonic() < end and not cancelled():
            progress("正在写“动火作业”", 3, 20)
            time.sleep(0.05)
        return build(outline, shelves, on, bank, progress, cancelled)

    monkeypatch.setattr("assistant.lecturing.build", slow)
    planned(page)
    page.click("[data-act=make]")
    page.locator("#lecture .working", has_text="3 / 20").wait_for()
    page.click("#lecture-stop")
    page.locator("#lecture .failure", has_text="已停止").wait_for()
    assert page.locator(".blocks li").count() > 5
    assert page.locator("#lecture-side .kept li").count() == 0


def test_notes_are_smoothed_by_a_model_with_progress_and_a_second_wish_waits(page, service, llm):
    def answer(prompt):
        lines = prompt.split("讲稿：\n")[-1].splitlines()
        return Say(
            "\n".join(f"{number}. 大家记住，{text}" for number, text in (line.split(". ", 1) for line in lines)), pause=0.3
        )

    llm.otherwise = answer
    former, service.drafting = (
        service.drafting,
        Drafting(Settings(llm=LLMSettings(model="qwen", base_url=llm.url, timeout=10))),
    )
    try:
        planned(page)
        made(page)
        before = page.locator(".slides .said").all_inner_texts()
        page.click("[data-act=smooth]")
        page.locator("#lecture .working", has_text="正在顺第").wait_for()
        page.click("#lecture-stop")
        page.locator("#lecture .failure", has_text="已停止").wait_for()
        assert "第 1 版" in page.locator(".built .faint").first.inner_text()
        page.click("[data-act=smooth]")
        page.locator(".built .faint", has_text="第 2 版").wait_for(timeout=90_000)
        assert page.locator("#lecture", has_text="讲稿由模型顺过，每句都核对过").count() == 1
        assert page.locator(".slides .said").all_inner_texts() == before
    finally:
        service.drafting = former


def test_a_phone_shows_the_page_without_scrolling_sideways(visit):
    page = visit(viewport={"width": 390, "height": 800})
    page.evaluate("location.hash = 'lecture'")
    page.locator(".lecture-form").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")


def test_whatever_was_written_is_text():
    from web_answers import ScriptedService

    lecturing = ScriptedService().lecturing
    bad = "<b onclick=x>"
    form = view_lecture.form(lecturing.topics, Asked(bad, bad, bad, bad), bad)
    outline = replace(lecturing.outline("动火作业", "班组工人", 15), title=bad)
    shown = view_lecture.outline(outline, (), bad, bad)
    built = view_lecture_slides.lecture(lecturing.build(outline), bad, bad, (), bad)
    assert all(bad not in text for text in (form, shown, built))
