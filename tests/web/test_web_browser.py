"""The page in a real browser: asking, sources, stopping, keeping, and that nothing leaves for another host."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pages import ask, ready

from assistant.settings import Settings, WebSettings
from assistant.store.repository import Repository

CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not at /usr/bin/chromium"),
]
EVIL = '<script>window.hit=1</script><img src=x onerror="window.hit=2">${window.hit=3}{{value}}'


def test_enter_sends_and_a_number_lights_its_card(visit):
    page = visit()
    ask(page, "怎么定罪？")
    assert page.input_value("#question textarea") == ""
    page.click(".cite[data-n='3'] >> nth=0")
    assert page.locator(".card.on h3").inner_text().startswith("3")
    playwright.expect(page.locator(".cite.on")).to_have_count(1)
    page.click(".card >> nth=0")
    page.wait_for_selector(".reader mark")
    assert "第一百三十四条" in page.inner_text(".reader h2")
    for _ in range(2):  # the same source opens again
        page.click(".reader .back")
        page.click(".card >> nth=0 >> text=展开全文")
        page.wait_for_selector(".reader mark", state="visible")
    page.click(".reader .back")
    page.wait_for_selector(".card >> nth=0", state="visible")


def test_articles_that_cite_a_source_open_in_turn(visit):
    page = visit()
    ask(page, "怎么定罪？")
    assert page.locator(".card >> nth=0").locator(".cited").inner_text() == "被3条引用"
    page.click(".card >> nth=0")
    page.click(".related summary:has-text('被3条引用')")
    page.click(".related[open] button:has-text('第一百三十四条之一')")
    page.wait_for_selector(".reader h2:has-text('第一百三十四条之一')")
    assert page.locator(".related").count() == 0


def test_a_long_talk_scrolls_by_wheel_and_stays_above_the_box(visit):
    page = visit(viewport={"width": 1280, "height": 500})
    ask(page, "问")
    ask(page, "再问")
    page.mouse.move(600, 200)
    page.mouse.wheel(0, 5000)
    page.wait_for_timeout(400)
    foot, box = (page.locator(name).last.bounding_box() for name in (".foot", "#composer"))
    assert foot["y"] + foot["height"] <= box["y"]
    page.mouse.wheel(0, -9000)
    page.wait_for_timeout(400)
    assert page.locator(".turn .q").first.bounding_box()["y"] > 56


def test_shift_enter_breaks_the_line(visit, service):
    page = visit()
    page.fill("#question textarea", "第一行")
    page.press("#question textarea", "Shift+Enter")
    page.type("#question textarea", "第二行")
    page.wait_for_timeout(300)
    assert page.input_value("#question textarea") == "第一行\n第二行"
    page.press("#question textarea", "Enter")
    page.wait_for_selector(".answer")
    assert service.asked[-1][0] == "第一行\n第二行"


def test_a_word_still_being_composed_is_not_sent(visit, service):
    page = visit()
    asked = len(service.asked)
    page.fill("#question textarea", "拼音")
    page.evaluate("""() => {
      const box = document.querySelector('#question textarea');
      for (const type of ['keydown', 'keypress', 'keyup'])
        box.dispatchEvent(new KeyboardEvent(type, {key: 'Enter', code: 'Enter', bubbles: true, cancelable: true, isComposing: true}));
    }""")
    page.wait_for_timeout(600)
    assert len(service.asked) == asked


def test_escape_stops_the_server_too_and_the_question_stays(visit, service):
    page = visit()
    service.cancelled.clear()
    page.fill("#question textarea", "慢慢来")
    page.press("#question textarea", "Enter")
    page.wait_for_selector("#stop", state="visible")
    page.keyboard.press("Escape")
    page.wait_for_selector(".failure:has-text('已停止')")
    assert service.cancelled.wait(2)
    assert page.input_value("#question textarea") == "慢慢来"
    page.wait_for_selector("#stop", state="hidden", timeout=3000)


def test_turning_to_a_new_talk_gives_up_the_question_at_work(visit, service):
    page = visit()
    service.cancelled.clear()
    page.fill("#question textarea", "慢慢来")
    page.press("#question textarea", "Enter")
    page.wait_for_selector(".pending")
    page.click("#new")
    page.wait_for_selector(".welcome")
    assert service.cancelled.wait(5)
    page.wait_for_timeout(1000)
    page.wait_for_selector(".welcome", state="visible")
    ask(page, "下一个问题")
    assert "慢慢来" not in page.inner_text("#talk")


def test_a_reload_keeps_the_talk_and_another_browser_sees_none_of_it(visit):
    mine, yours = visit(), visit()
    ask(mine, "只有我能看到的问题")
    ask(mine, "接着问")
    mine.reload()
    ready(mine)
    mine.wait_for_selector(".turn >> nth=1")
    mine.locator(".turn").nth(0).locator(".cite >> nth=0").click()
    playwright.expect(mine.locator(".card.on")).to_have_count(1)
    yours.reload()
    ready(yours)
    assert "只有我能看到的问题" not in yours.content()
    ask(yours, "别人的问题")
    assert "只有我能看到的问题" not in yours.content()
    assert "别人的问题" not in mine.content()


def test_past_talks_open_and_are_deleted(visit):
    page = visit()
    ask(page, "第一个咨询")
    page.click("#new")
    page.wait_for_selector(".welcome")
    ask(page, "第二个咨询")
    page.click(".past .open:has-text('第一个咨询')")
    page.wait_for_selector(".turn .q:has-text('第一个咨询')")
    page.on("dialog", lambda dialog: dialog.accept())
    page.hover(".past li:has-text('第一个咨询')")
    page.click(".past li:has-text('第一个咨询') summary")
    page.click(".past li:has-text('第一个咨询') .drop")
    page.wait_for_selector(".welcome")
    assert page.locator(".past .open").all_inner_texts() == ["第二个咨询"]


def test_examples_follow_the_reader_and_a_click_asks(visit, service):
    page = visit()
    page.click("#roles button:has-text('企业')")
    shown = page.locator(".examples button:visible")
    text = shown.nth(0).inner_text()
    shown.nth(0).click()
    page.wait_for_selector(".answer")
    assert service.asked[-1][0] == text
    page.click("#new")
    page.wait_for_selector(".welcome")
    assert page.locator(".examples:visible").get_attribute("data-for") == "企业"


def test_brief_leaves_conclusion_and_the_first_note(visit):
    page = visit()
    ask(page, "问")
    page.click(".depth button:has-text('简要')")
    assert page.locator(".part h3:visible").all_inner_texts() == ["结论", "提示"]
    playwright.expect(page.locator(".part.notes .claim:visible")).to_have_count(1)
    page.click(".depth button:has-text('详细')")
    playwright.expect(page.locator(".part h3:visible")).to_have_count(5)


def test_what_is_typed_stays_text(visit):
    page = visit()
    ask(page, EVIL)
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None
    assert page.inner_text(".turn .q p") == EVIL
    page.reload()
    ready(page)
    page.wait_for_selector(".turn")
    assert page.evaluate("window.hit") is None


def test_errors_are_one_sentence_and_keep_the_question(visit):
    page = visit()
    for question, sentence in [("太长了", "请删减"), ("坏了", "已记录")]:
        page.fill("#question textarea", question)
        page.press("#question textarea", "Enter")
        page.wait_for_selector(f".failure:has-text('{sentence}')")
        assert page.input_value("#question textarea") == question
    assert "secret detail" not in page.content()
    playwright.expect(page.locator(".failure")).to_have_count(1)


def test_the_date_of_the_act_reaches_the_service(visit, service):
    page = visit()
    page.fill("#on input", "2020年5月1日")
    ask(page, "旧案")
    assert service.asked[-1][2].isoformat() == "2020-05-01"
    assert "2020-05-01" in page.inner_text(".turn .q")


def test_a_wrong_sentence_is_reported(visit):
    page = visit()
    ask(page, "问")
    page.click(".tools button:has-text('有误')")
    page.select_option("form.wrong select", index=1)
    page.fill("form.wrong textarea", "少了条件")
    page.click("form.wrong button")
    page.wait_for_selector("body > .notice:has-text('谢谢')")
    page.wait_for_selector("form.wrong", state="hidden")


def test_copies_go_to_the_clipboard_with_their_sources(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "问")
    page.click(".tools button:has-text('复制')")
    page.wait_for_selector("body > .notice:has-text('已复制')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "〔1〕《刑法》第一百三十四条第二款" in copied
    assert "仅供参考" in copied
    page.click(".card >> nth=1 >> text=复制引注")
    page.wait_for_timeout(200)
    assert page.evaluate("navigator.clipboard.readText()").startswith("法释〔2015〕22号第七条（原文，已修改")


def test_a_term_explains_itself_to_mouse_and_keyboard(visit):
    page = visit()
    ask(page, "问")
    page.hover(".term >> nth=0")
    page.wait_for_selector("#tip", state="visible")
    page.keyboard.press("Escape")
    playwright.expect(page.locator("#tip")).to_have_count(0)
    page.focus(".term >> nth=1")
    box = page.locator("#tip").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1440


def test_tab_reaches_numbers_with_a_visible_focus(visit):
    page = visit()
    ask(page, "问")
    page.focus(".cite >> nth=0")
    page.keyboard.press("Tab")
    focus = page.evaluate("getComputedStyle(document.activeElement).outlineStyle + document.activeElement.className")
    assert focus.startswith("solid")
    page.focus(".cite >> nth=0")
    page.keyboard.press("Enter")
    playwright.expect(page.locator(".card.on")).to_have_count(1)
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('.card.on'))")


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"color_scheme": "dark"},
        {"viewport": {"width": 390, "height": 844}},
        {"viewport": {"width": 720, "height": 450}},
    ],
    ids=["light", "dark", "phone", "zoomed"],
)
def test_text_has_contrast_and_fits(visit, options):
    page = visit(**options)
    pale = page.evaluate(CONTRAST)
    ask(page, "问")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.click(".cite >> nth=1")
    page.wait_for_timeout(600)
    playwright.expect(page.locator(".card.on")).to_be_visible()
    page.click(".tools button:has-text('有误')")
    assert pale + page.evaluate(CONTRAST) == []


def test_on_a_phone_the_sources_are_folded_below(visit):
    page = visit(viewport={"width": 390, "height": 844})
    page.wait_for_selector("#side", state="hidden")
    page.click("#bar .menu")
    box = page.locator("#side .seg").bounding_box()
    assert box["x"] + box["width"] <= 390
    page.click("#bar .menu")
    ask(page, "问")
    page.wait_for_selector(".card >> nth=0", state="hidden")
    page.click("[data-do='fold'] >> nth=0")
    page.wait_for_selector(".card >> nth=0", state="visible")


def test_paper_has_the_answer_and_its_sources(visit):
    page = visit()
    ask(page, "问")
    page.emulate_media(media="print")
    page.wait_for_selector(".on-paper li >> nth=0", state="visible")
    for gone in ("#composer", "#bar", "#right", ".tools"):
        page.wait_for_selector(gone, state="hidden")
    assert re.search(r"《刑法》第一百三十四条第二款（要旨", page.inner_text(".on-paper"))


def test_the_library_is_searched_and_read(visit):
    page = visit()
    page.click("#bar nav a:has-text('知识库')")
    page.wait_for_selector("#composer", state="hidden")
    page.fill("#query input", "刑法134条")
    page.press("#query input", "Enter")
    page.click(".results .card >> nth=0")
    page.wait_for_selector(".reader h2:has-text('第一百三十四条')", state="visible")
    page.click(".reader summary >> nth=1")
    page.click(".reader details[open] >> text=转到这一条")
    page.wait_for_selector(".reader h2:has-text('第一百三十四条之一')")
    assert page.evaluate(CONTRAST) == []
    page.click("#bar nav a:has-text('咨询')")
    page.wait_for_selector("#composer", state="visible")
    page.wait_for_selector("#library", state="hidden")


def test_a_port_in_use_is_one_sentence(address, service, tmp_path):
    from assistant.errors import UsageError
    from assistant.web.site import build_site, serve

    taken = urlsplit(address).port
    settings = Settings(home=tmp_path, web=WebSettings(port=taken))
    repository = Repository.in_home(tmp_path)
    with pytest.raises(UsageError, match=f"端口 {taken} 不能用"):
        serve(build_site(service, repository, settings), settings)
    repository.close()


CONTRAST = """() => {
  const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return {r: m[0], g: m[1], b: m[2], a: m[3] ?? 1}; };
  const lum = ({r, g, b}) => { const f = (v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; };
    return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
  const ground = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.a > .9) return c; }
    return {r: 255, g: 255, b: 255}; };
  const bad = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !e.checkVisibility({opacityProperty: true}) || e.closest('.sr-only, script, style')) continue;
    const [a, b] = [lum(parse(getComputedStyle(e).color)), lum(ground(e))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) bad.push(`${walker.currentNode.data.trim().slice(0, 20)} ${ratio.toFixed(2)} ${e.className}`);
  }
  return bad;
}"""
