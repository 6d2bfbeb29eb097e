"""测验 in a real browser over the library that ships: played through, resumed, stopped, taken along."""

import csv
import threading
import time
from io import BytesIO, StringIO
from pathlib import Path

import docx
import openpyxl
import pytest
from real_site import serving, visitors

from assistant.domain.quiz import LETTERS
from assistant.errors import Cancelled

CHROMIUM = Path("/usr/bin/chromium")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not at /usr/bin/chromium")]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("home")) as served:
        yield served


@pytest.fixture(scope="module")
def services(site):
    return site[0]


@pytest.fixture(scope="module")
def right(services):
    """What is right, by the stem."""
    return {draft.stem: draft.right for draft in services.quiz.store.drafts}


@pytest.fixture
def visit(browser, site):
    with visitors(browser, site[1], "lecture/quiz") as go:
        yield go


def drawn(page, topic="煤矿", count="6", *, without=()):
    page.locator(".quiz-form [data-act=draw]:enabled").wait_for(timeout=60_000)
    page.fill(".quiz-form [name=topic]", topic)
    page.fill(".quiz-form [name=count]", count)
    for kind in without:
        page.click(f".quiz-form .radios label:has-text('{kind}')")
    page.press(".quiz-form [name=count]", "Enter")
    page.locator(".play").wait_for()


def step(page):
    return page.get_attribute(".play", "data-step")


def stem(page):
    return page.locator(".asked h2").text_content()


def moved(page, act):
    before = step(page)
    act()
    page.wait_for_function("step => document.querySelector('.play')?.dataset.step !== step", arg=before)


def reply(page, right, correctly):
    """Answer by keys; returns the stem."""
    asked, options = stem(page), page.locator(".options .option span").all_text_contents()
    correct = [at for at, option in enumerate(options) if option in right[asked]]
    wrong = [at for at in range(len(options)) if at not in correct]
    picks = correct if correctly else wrong[:1]
    if page.get_attribute(".asked", "data-kind") == "多选":
        for at in picks:
            page.keyboard.press(LETTERS[at].lower())
        moved(page, lambda: page.keyboard.press("Enter"))
    else:
        moved(page, lambda: page.keyboard.press(str(picks[0] + 1)))
    assert page.locator(f".came.{'right' if correctly else 'wrong'}").count() == 1
    return asked


def go_on(page):
    moved(page, lambda: page.keyboard.press("Enter"))


def taken(page, kind):
    with page.expect_download() as got:
        page.click(f"#quiz-page [data-act=take][data-kind={kind}]")
    return got.value.suggested_filename, got.value.path().read_bytes()


def text_of(content):
    return "\n".join(one.text for one in docx.Document(BytesIO(content)).paragraphs)


def test_a_quiz_is_played_until_every_question_is_right_and_the_score_is_of_first_answers(visit, right):
    page = visit()
    drawn(page)
    played = []
    for correctly in (False, True, False, True):
        played.append(reply(page, right, correctly))
        go_on(page)
    assert stem(page) == played[0], "the first wrong one comes again after three others"
    assert page.locator(".badge.again", has_text="再来一次").count() == 1
    reply(page, right, False)
    assert "再来一次" in page.inner_text(".came")
    go_on(page)
    order = []
    while not page.locator(".play.end").count():
        order.append(reply(page, right, True))
        go_on(page)
    assert order[-1] == played[0], "wrong again, it comes at the end"
    assert played[2] in order[:-1]
    assert len(order) == 4, "two new ones, and each wrong one until it is right"
    assert page.inner_text(".score .big").replace(" ", "") == "4/6"
    assert "67%" not in page.inner_text(".score")
    assert "66%" in page.inner_text(".score")
    assert page.inner_text(".by-topic li b").replace(" ", "") == "4/6"
    missed = page.locator(".missed li")
    assert missed.count() == 2
    for at, asked in enumerate((played[0], played[2])):
        assert asked in missed.nth(at).text_content()
    assert page.locator("#quiz-side .sheet .right").count() == 4
    assert page.locator("#quiz-side .sheet .mended").count() == 2
    moved(page, lambda: page.click("#quiz-page [data-act=redo]"))
    again = {reply(page, right, True)}
    go_on(page)
    again.add(reply(page, right, True))
    assert again == {played[0], played[2]}
    go_on(page)
    assert "没有错题" in page.inner_text(".score")
    moved(page, lambda: page.click("#quiz-page [data-act=fresh]"))
    assert "第 1 题 / 6" in page.inner_text(".how-far")
    assert page.locator("#quiz-side .sheet .right").count() == 0


def test_an_answer_shows_what_is_right_and_its_sources_open_beside(visit, right):
    page = visit()
    drawn(page, "安全生产法", "3", without=("多选", "判断"))
    assert page.locator("#quiz-side .card").count() == 0, "the sources would tell the answer"
    asked = reply(page, right, False)
    assert page.locator(".option.right span").all_text_contents() == list(right[asked])
    assert page.locator(".option.wrong small").inner_text() == "您选的"
    number = page.locator(".came .cite").first
    number.click()
    lit = page.locator("#quiz-side .card.on")
    assert lit.get_attribute("id") == f"src-quiz-{number.inner_text()}"
    assert "《安全生产法》" in lit.inner_text()
    lit.locator("button", has_text="展开全文").click()
    page.locator(".reader h2", has_text="《安全生产法》").wait_for()
    page.click(".reader .back")
    go_on(page)
    assert page.locator(".came").count() == 0


def test_the_paper_is_taken_as_word_excel_and_csv(visit, right):
    page = visit()
    drawn(page, "", "8")
    page.click("#quiz .taking summary")
    name, paper = taken(page, "paper")
    assert name == "安全生产法律知识测验-试卷.docx"
    assert stem(page) in text_of(paper)
    assert "解析：" not in text_of(paper)
    name, key = taken(page, "key")
    assert name.endswith("答案与解析.docx")
    assert "出处：" in text_of(key)
    name, book = taken(page, "excel")
    assert name.endswith(".xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(book)).active.values)
    assert len(rows) == 9
    name, table = taken(page, "csv")
    assert name.endswith(".csv")
    assert [row[1] for row in csv.reader(StringIO(table.decode("utf-8-sig")))][1:] == [row[1] for row in rows[1:]]
    assert all(row[1] in right for row in rows[1:])


def test_a_reload_goes_on_where_it_was_and_another_browser_sees_nothing(visit, right):
    page = visit()
    drawn(page)
    reply(page, right, False)
    go_on(page)
    reply(page, right, True)
    was, at = step(page), stem(page)
    page.reload()
    page.locator(".play").wait_for()
    assert (step(page), stem(page)) == (was, at)
    assert page.locator(".came.right").count() == 1
    go_on(page)
    at = stem(page)
    page.reload()
    page.locator(".play").wait_for()
    assert stem(page) == at
    other = visit()
    other.locator(".quiz-form [data-act=draw]:enabled").wait_for()
    assert other.input_value(".quiz-form [name=topic]") == ""
    moved(page, lambda: page.click("#quiz-page [data-act=finish]"))
    assert page.inner_text(".score .big").replace(" ", "") == "1/2"
    assert "还有 4 题没有做" in page.inner_text(".score")
    moved(page, lambda: page.click("#quiz-page [data-act=more]"))
    assert stem(page) == at
    page.click("#quiz-page [data-act=leave]")
    page.locator(".quiz-form").wait_for()
    page.reload()
    page.locator(".quiz-form [data-act=draw]:enabled").wait_for()
    assert page.locator(".play").count() == 0


def test_building_the_bank_shows_how_far_it_is_and_stops_and_loses_nothing(visit, services, right, monkeypatch):
    def slow(progress, cancelled):
        end = time.monotonic() + 30
        while time.monotonic() < end:
            if cancelled():
                raise Cancelled("已停止。")
            progress("正在出“案例”的题", 3, 20)
            time.sleep(0.05)

    page = visit()
    drawn(page)
    reply(page, right, True)
    go_on(page)
    at = stem(page)
    with monkeypatch.context() as patched:
        patched.setattr(services.quiz, "prepare", slow)
        page.reload()
        page.locator("#quiz .working", has_text="3 / 20").wait_for()
        assert page.locator(".quiz-form [data-act=draw]").is_disabled()
        page.click("#quiz-stop")
        page.locator("#quiz .failure", has_text="已停止").wait_for()
        assert page.input_value(".quiz-form [name=topic]") == "煤矿"
    page.click("#quiz-page [data-act=open]")
    page.locator(".play").wait_for()
    assert stem(page) == at


def test_what_is_typed_while_the_bank_is_built_stays(visit, services, monkeypatch):
    go = threading.Event()

    def slow(progress, cancelled):
        progress("正在出题", 1, 20)
        go.wait(30)

    monkeypatch.setattr(services.quiz, "prepare", slow)
    page = visit()
    page.locator("#quiz .working", has_text="1 / 20").wait_for(timeout=60_000)
    page.fill(".quiz-form [name=topic]", "动火")
    page.click(".quiz-form .radios label:has-text('班组工人')")
    go.set()
    page.locator(".quiz-form [data-act=draw]:enabled").wait_for()
    assert page.input_value(".quiz-form [name=topic]") == "动火"
    assert page.is_checked(".quiz-form [name=audience][value='班组工人']")


@pytest.mark.parametrize(
    ("topic", "count", "said"),
    [
        ("红烧肉怎么做", "20", "题库里没有合这些条件的题"),
        ("<img src=x onerror=window.hit=1>", "20", "题库里没有合这些条件的题"),
        ("", "0", "1 到 500"),
        ("", "501", "1 到 500"),
        ("", "十道", "1 到 500"),
    ],
)
def test_what_cannot_be_drawn_gets_a_sentence_and_the_form_stays(visit, topic, count, said):
    page = visit()
    page.locator(".quiz-form [data-act=draw]:enabled").wait_for(timeout=60_000)
    page.fill(".quiz-form [name=topic]", topic)
    page.fill(".quiz-form [name=count]", count)
    page.click(".quiz-form [data-act=draw]")
    page.locator("#quiz .failure", has_text=said).wait_for()
    assert (page.input_value(".quiz-form [name=topic]"), page.input_value(".quiz-form [name=count]")) == (topic, count)


def test_a_multiple_choice_wants_a_choice_and_the_next_one_starts_empty(visit, right):
    page = visit()
    drawn(page, "", "4", without=("单选", "判断"))
    page.keyboard.press("Enter")
    page.locator("#quiz .failure", has_text="请先选答案").wait_for()
    page.locator(".options label").first.click()
    page.locator(".options label").first.click()
    reply(page, right, True)
    go_on(page)
    assert page.locator(".options input").evaluate_all("all => all.filter(one => one.checked).length") == 0


def test_the_parts_of_the_hall_are_addresses(visit):
    page = visit()
    page.locator(".quiz-form [data-act=draw]:enabled").wait_for(timeout=60_000)
    page.click("#hall a:has-text('演练')")
    page.locator(".drills").wait_for()
    assert page.evaluate("location.hash") == "#lecture/drill"
    assert page.locator(".quiz-form").is_hidden()
    page.click("#hall a:has-text('讲课')")
    page.locator(".lecture-form").wait_for()
    page.go_back()
    page.go_back()
    page.locator(".quiz-form").wait_for()
    assert page.locator("#hall [aria-current]").inner_text() == "测验"


def test_it_is_played_on_a_phone(visit, right):
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True)
    drawn(page, "煤矿", "2")
    moved(page, lambda: page.locator(".options button.option").first.tap())
    assert page.locator(".go-on").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".came .cite").first.tap()
    assert page.locator("#quiz-side .card.on").is_visible()
