"""情景演练 in a real browser over the library that ships: walked to its end, its sources opened, resumed, walked otherwise."""

from pathlib import Path

import pytest
from real_site import serving, visitors

CHROMIUM = Path("/usr/bin/chromium")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not at /usr/bin/chromium")]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("home")) as served:
        yield served


@pytest.fixture(scope="module")
def drill(site):
    return next(one for one in site[0].quiz.drills if one.id == "drill.confined_space")


@pytest.fixture
def visit(browser, site):
    with visitors(browser, site[1], "lecture/drill") as go:
        yield go


def entered(page, drill):
    page.click(f"[data-drill='{drill.id}']")
    page.locator(".walk .opening", has_text=drill.opening).wait_for()
    page.click("#drill-page [data-act=begin]")
    page.locator(".asked").wait_for()


def step(page):
    return page.get_attribute(".walk", "data-step")


def moved(page, act):
    before = step(page)
    act()
    page.wait_for_function("step => document.querySelector('.walk')?.dataset.step !== step", arg=before)


def ways(drill, *begin):
    """Ways through whose first decisions are sound or not as told, the longest first."""
    fit = [way for way in drill.paths() if [choice.sound for _, choice in way][: len(begin)] == list(begin)]
    return sorted(fit, key=lambda way: (-len(way), [not choice.sound for _, choice in way]))


def decide(page, here, choice):
    """By keys, at the step on the page."""
    assert page.inner_text("#drill .asked h2") == here.ask
    moved(page, lambda: page.keyboard.press(str(here.choices.index(choice) + 1)))


def go_on(page):
    moved(page, lambda: page.keyboard.press("Enter"))


def test_a_drill_is_walked_to_its_end_with_its_sources_opened(visit, drill):
    page = visit()
    row = page.locator(".drills li", has_text=drill.title)
    row.wait_for(timeout=60_000)
    assert "虚构案例" in row.inner_text()
    entered(page, drill)
    assert "虚构案例" in page.inner_text(".walk .about")
    way = ways(drill, True, False)[0]
    for at, (here, choice) in enumerate(way, 1):
        assert page.locator("#drill-side .card").count() == 0
        decide(page, here, choice)
        assert choice.followed in page.inner_text(".asked")
        assert page.inner_text(".came > b") == ("符合法律要求" if choice.sound else "不符合法律要求")
        assert page.locator(".way path.sound, .way path.unsound").count() == at
        number = page.locator(".came .cite").first
        number.click()
        assert page.locator("#drill-side .card.on").get_attribute("id") == f"src-drill-{number.inner_text()}"
        go_on(page)
    assert len(way) > 3
    assert page.locator(".walk.end").count() == 1
    page.locator("#drill-side .card button", has_text="展开全文").first.click()
    page.locator(".reader h2").wait_for()
    page.click(".reader .back")
    sound = sum(choice.sound for _, choice in way)
    assert f"{len(way)} 步里 {sound} 步符合法律要求" in page.inner_text(".sum")
    decisions = page.locator(".decisions > li")
    assert decisions.count() == len(way)
    for at, (here, choice) in enumerate(way):
        told = decisions.nth(at).inner_text()
        assert here.who in told
        assert choice.text in told
    better = decisions.nth(1).locator(".better")
    assert better.locator("p").all_inner_texts() == [one.text for one in way[1][0].choices if one.sound]
    assert better.locator(".cite").count() >= 1
    like = page.locator(".like li").first
    like.locator(".cite").click()
    assert "案例" in page.inner_text("#drill-side .card.on .badge")
    like.locator("button", has_text="看全部和出处").click()
    page.locator(".reader h2", has_text=like.locator("h4").inner_text()[:6]).wait_for()


def test_another_way_is_walked_from_where_it_went_wrong(visit, drill):
    page = visit()
    entered(page, drill)
    for here, choice in ways(drill, True, False)[0]:
        decide(page, here, choice)
        go_on(page)
    button = page.locator("#drill-page .go [data-act=other]")
    assert button.inner_text() == "换一条路（从第 2 步）"
    moved(page, button.click)
    assert step(page) == "ask-1"
    assert page.locator(".way path.sound").count() == 1
    other = ways(drill, True, True)[-1]
    for here, choice in other[1:]:
        decide(page, here, choice)
        go_on(page)
    assert page.locator(".decisions > li").count() == len(other)
    moved(page, lambda: page.click("#drill-page [data-act=again]"))
    assert step(page) == "ask-0"


def test_a_reload_goes_on_where_it_was_and_another_browser_sees_nothing(visit, drill):
    page = visit()
    entered(page, drill)
    decide(page, *ways(drill, False)[0][0])
    page.reload()
    page.locator(".walk").wait_for()
    assert step(page) == "seen-1"
    go_on(page)
    asked = page.inner_text("#drill .asked h2")
    page.reload()
    page.locator(".walk").wait_for()
    assert (step(page), page.inner_text("#drill .asked h2")) == ("ask-1", asked)
    other = visit()
    other.locator(".drills").wait_for()
    page.click("#drill-page [data-act=leave]")
    page.locator(".drills").wait_for()
    page.reload()
    page.locator(".drills").wait_for()


def test_it_is_walked_on_a_phone(visit, drill):
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True)
    page.locator(f"[data-drill='{drill.id}']").tap()
    page.locator("#drill-page [data-act=begin]").tap()
    page.locator(".options .option").first.tap()
    page.locator(".came").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".came .cite").first.tap()
    assert page.locator("#drill-side .card.on").is_visible()
    page.locator("#drill-side .card.on .return").tap()
    page.locator(".go-on").tap()
    page.locator(".options .option").first.wait_for()
