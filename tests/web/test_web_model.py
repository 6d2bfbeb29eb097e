"""A model writes on the real page, in a real browser: its sentences as they come, Stop, what was sent, a model elsewhere."""

import re
import socket
from pathlib import Path

import pytest

from assistant.services import Services
from assistant.settings import LLMSettings, Settings, WebSettings
from assistant.store.repository import Repository

CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not at /usr/bin/chromium"),
]
QUESTION = "重大责任事故罪怎么判？"


@pytest.fixture
def site(own_home, tmp_path):
    from assistant.web.site import build_site, serve

    sites = []

    def served(**llm):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = Settings(home=own_home, web=WebSettings(port=port), llm=LLMSettings.model_validate(llm))
        repository = Repository.in_home(tmp_path)
        built = build_site(Services(settings), repository, settings)
        sites.append((built, repository))
        return serve(built, settings)

    yield served
    for built, repository in sites:
        built.close()
        repository.close()


@pytest.fixture
def page():
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield running.new_page(viewport={"width": 1440, "height": 900})
        running.close()


def ask(page, question=QUESTION):
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")


def number_of(services_home, article):
    """The number that the article has among the sources for the question."""
    from assistant.answer.evidence import Evidence

    services = Services(Settings(home=services_home))
    composed = services.ask(QUESTION)
    evidence = Evidence(composed, services.sources, services.drafting.wording(services.sources))
    return next(one.n for one in evidence.given if one.ref and (one.ref.law, one.ref.article) == ("刑法", article))


def test_sentences_come_one_by_one_and_what_fails_is_listed(site, page, llm, built_home):
    n = number_of(built_home, "134")
    llm.say(f"重大责任事故罪没有罚金刑[{n}]。", "根据《安全事故赔偿法》第三条应当赔偿[1]。", "最后一句还没有", pause=0.4)
    llm.script[0].fault = "stall"
    page.goto(site(model="qwen", base_url=llm.url, timeout=20))
    page.wait_for_selector("#bar .stand:has-text('qwen（127.0.0.1:')")
    ask(page)
    page.wait_for_selector(".turn.pending .claim:has-text('没有罚金刑') .drafted")
    assert page.locator(".turn.pending .wait").inner_text().startswith("qwen（127.0.0.1")
    assert "安全事故赔偿法" not in page.inner_text("#talk")
    page.click("#stop")
    assert llm.left.wait(20)  # the connection to the model itself is closed
    page.wait_for_selector(".turn .failure")


def test_the_answer_keeps_its_marks_and_what_was_sent_after_a_reload(site, page, llm, built_home):
    n = number_of(built_home, "134")
    llm.say(f"重大责任事故罪没有罚金刑[{n}]。根据《安全事故赔偿法》第三条应当赔偿[1]。")
    page.goto(site(model="qwen", base_url=llm.url))
    page.wait_for_selector("#bar .stand:has-text('qwen')")
    ask(page)
    for _ in range(2):
        page.wait_for_selector(".answer .claim:has-text('没有罚金刑') .drafted:has-text('模型起草，已核验引用')")
        assert "安全事故赔偿法" in page.text_content(".withheld")
        assert page.locator(".answer .claim:has(.drafted) .cite").count() == 1
        assert QUESTION in page.text_content(".sent pre")
        assert llm.prompts[0] in page.text_content(".sent pre")
        page.reload()


def test_a_model_that_fails_leaves_the_composed_answer_with_a_sentence(site, page, llm):
    llm.say("半句", fault="cut")
    page.goto(site(model="qwen", base_url=llm.url))
    page.wait_for_selector("#bar .stand:has-text('qwen')")
    ask(page)
    page.wait_for_selector(".answer .warning:has-text('以下是不用模型写成的回答')")
    assert page.locator(".answer .drafted").count() == 0
    assert page.locator(".answer .cite").count() > 2


def test_a_model_elsewhere_waits_until_it_is_agreed_to(site, page):
    page.goto(site(model="qwen", base_url="http://model.invalid/v1"))
    page.wait_for_selector("#bar .stand:has-text('待确认')")
    ask(page)
    page.wait_for_selector(".answer")
    assert page.locator(".warning:has-text('模型')").count() == 0
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.click("#bar button.model")
    page.wait_for_selector("#bar button.model:has-text('停用外部模型')")
    assert re.search("涉密材料.*不得外传", asked[0])
    page.click("#bar button.model")
    page.wait_for_selector("#bar .stand:has-text('待确认')")
