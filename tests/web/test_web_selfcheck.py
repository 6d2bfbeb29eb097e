"""企业自查 in a real browser over a small handbook: from the first question to the report and the ledger."""

import hashlib
import socket
from datetime import date, timedelta
from pathlib import Path

import docx
import pypdf
import pytest
from selfcheck_samples import CHECKLIST, sample_knowledge, write_yaml

from assistant.documents.pdf import program
from assistant.services import Services
from assistant.settings import Settings, WebSettings
from assistant.store.repository import Repository

CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not at /usr/bin/chromium")]
EVIL = '<img src=x onerror="window.hit=1">小盒子坏了${window.hit=2}'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return sample_knowledge(tmp_path_factory.mktemp("kb") / "kb")


@pytest.fixture(scope="module")
def services(folder, tmp_path_factory):
    return Services(Settings(home=tmp_path_factory.mktemp("home"), knowledge=folder))


@pytest.fixture(scope="module")
def address(services):
    from assistant.web.site import build_site, serve

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = services.settings.model_copy(update={"web": WebSettings(port=port)})
    repository = Repository.in_home(settings.home)
    site = build_site(services, repository, settings)
    yield serve(site, settings)
    site.close()
    repository.close()


@pytest.fixture
def visit(browser, address):
    """Opens the page as a new visitor; no script may fail, none of a user's may run, nothing may be asked of another host."""
    contexts, pages, failed, asked = [], [], [], []

    def go(**options):
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, "accept_downloads": True} | options)
        contexts.append(context)
        return again(context)

    def again(context):
        page = context.new_page()
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(f"{address}#selfcheck")
        page.wait_for_selector("#selfcheck-main .sc", timeout=60_000)
        page.wait_for_timeout(500)
        pages.append(page)
        return page

    go.again = again
    yield go
    assert [page.evaluate("window.hit") for page in pages] == [None] * len(pages)
    for context in contexts:
        context.close()
    assert failed == []
    assert {url.split("/")[2] for url in asked if url.startswith("http")} == {address.split("/")[2]}


def begin(page, site, *features, who="张三"):
    page.fill(".setup [name=site]", site)
    page.fill(".setup [name=who]", who)
    page.click(".trade:has-text('餐饮店（样例）')")
    page.wait_for_selector(".setup .features")
    for key in features:
        page.check(f"[name=f-{key}]")
    page.click("[data-act=begin]")
    page.wait_for_selector("#sc-open")


def at(page):
    return page.get_attribute("#sc-open", "data-question") if page.locator("#sc-open").count() else ""


def answer(page, word, *, stays=False):
    question = at(page)
    page.click(f"#sc-open .replies button:text-is('{word}')")
    if stays:
        page.wait_for_selector("#sc-open .condition")
    else:
        page.wait_for_function("q => (document.querySelector('#sc-open')?.dataset.question ?? '') !== q", arg=question)
    return question


def report(page):
    page.click(".sc [data-act=finish]")
    page.wait_for_selector(".tiles")


def tiles(page):
    return {tile.inner_text().split()[1]: tile.inner_text().split()[0] for tile in page.locator(".tile").all()}


def test_a_whole_self_check_to_report_and_ledger(visit, services, tmp_path):
    page = visit()
    begin(page, "南山路12号餐饮店", "dormitory")
    assert page.inner_text("#sc-open h3").endswith("店里用燃气吗？")
    assert [answer(page, "是"), answer(page, "是"), at(page)] == ["gas", "bottled", "alarm"]
    assert "看这里（alarm）" in page.inner_text("#sc-open .hints")
    page.click("#sc-open .chip")
    page.wait_for_selector(".reader h2:has-text('第三十六条')")
    page.click(".reader .back")
    page.fill("#sc-open textarea", EVIL)
    answer(page, "否", stays=True)
    photo = tmp_path / "后厨.jpg"
    photo.write_bytes(b"\xff\xd8 photo")
    page.set_input_files("#selfcheck input[type=file]", photo)
    page.wait_for_selector("#sc-open .files li:has-text('后厨.jpg')")
    page.click("#sc-open .condition >> text=是这样，算重大事故隐患")
    page.wait_for_selector("#sc-open[data-question=hose]")
    assert page.input_value("#sc-open textarea") == ""
    assert [answer(page, "部分做到"), answer(page, "不清楚"), answer(page, "是")] == ["hose", "exit", "tip.sample.dormitory"]
    assert at(page) == ""
    report(page)
    assert tiles(page) == {"重大": "1", "较大": "0", "一般": "1", "不清楚": "1"}
    first = page.locator(".lack").first
    assert "后厨没装可燃气体报警装置" in first.inner_text()
    assert "3 日内" in first.inner_text()
    assert "主要负责人" in first.locator(".until").inner_text()
    assert "银川" in first.inner_text()
    assert EVIL in first.inner_text()
    first.locator(".cite").first.click()
    assert "安全生产法" in page.inner_text("#selfcheck-right .card.on h3")
    page.hover(".risks .cell.held >> nth=0")
    assert "可能性" in page.inner_text("#tip")
    assert "外墙施工、冷库" in page.inner_text("#selfcheck-right .box")
    page.click("[data-act=enter]")
    page.wait_for_selector(".sc .rows")
    (owner,) = {ledger.owner for ledger in services.ledger.ledgers()}
    rows = services.ledger.rows(owner, _all())
    assert rows[0][2].gap.hazard == "后厨没装可燃气体报警装置"
    assert len(rows) == page.locator(".sc .rows tbody tr").count() == 3
    alarm = rows[0][2]
    assert alarm.gap.deadline == date.today() + timedelta(days=3)
    assert [one.sha256 for one in alarm.evidence] == [hashlib.sha256(photo.read_bytes()).hexdigest()]
    page.click("[data-act=enter]")  # once more changes nothing
    page.wait_for_timeout(800)
    assert [row.repeats for _, _, row in services.ledger.rows(owner, _all())] == [0, 0, 0]
    page.click(".sc .go a")
    page.wait_for_selector("#ledger-page :text('后厨没装可燃气体报警装置')")


def _all():
    from assistant.domain.ledger import Filter

    return Filter()


def test_it_goes_on_after_a_reload_where_it_was_and_no_other_browser_sees_it(visit):
    page = visit()
    begin(page, "一号仓库")
    answer(page, "否")
    page.fill("#sc-open textarea", "没有写完")
    page.click("#sc-open [data-act=jot]")
    page.wait_for_selector(".sc .told:has-text('说明已存')")
    page.reload()
    page.wait_for_selector("#sc-open")
    assert at(page) == "exit"
    assert page.input_value("#sc-open textarea") == "没有写完"
    assert page.inner_text(".sc .row .reply") == "否"
    assert page.inner_text("#selfcheck-side [aria-current=step]").startswith("2 问答 1 / 2")
    other = visit()
    assert other.locator(".setup").count() == 1
    assert other.locator("#selfcheck-side .sites").count() == 0


def test_a_colleague_at_another_machine_joins_by_the_code_and_the_rows_go_to_one_ledger(visit, services):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    begin(page, "请同事一起查的店", who="张三")
    answer(page, "否")
    page.click("#selfcheck-side .share")
    code = page.evaluate("navigator.clipboard.readText()")
    other = visit()
    other.fill(".setup [name=code]", "没有这个码")
    other.click(".sc [data-act=join]")
    other.wait_for_selector(".sc .failure:has-text('邀请码找不到场所')")
    other.fill(".setup [name=code]", code)
    other.click(".sc [data-act=join]")
    other.wait_for_selector("#sc-open")
    assert at(other) == "exit"
    other.fill("#sc-open [name=who]", "李四")
    answer(other, "否")
    report(other)
    other.click("[data-act=enter]")
    other.wait_for_selector(".sc .rows")
    assert other.locator(".sc .go a").count() == 0
    check = next(one for one in _checks(services) if one.site.name == "请同事一起查的店")
    assert services.selfcheck.store.answers(_owner(services, check), check.id)["exit"].who == "李四"
    assert [one.owner for one in services.ledger.ledgers() if one.site == check.site.name] == [_owner(services, check)]


def test_two_at_one_questionnaire_see_whose_answer_counts_and_nothing_is_lost(visit, services):
    first = visit()
    begin(first, "两人一起查的店", who="张三")
    second = visit.again(first.context)
    second.fill("#sc-open [name=who]", "李四")
    answer(second, "是")
    first.click("#sc-open .replies button:text-is('否')")
    first.wait_for_selector(".sc .told:has-text('李四在')")
    assert "已答“是”，现在以您答的“否”为准" in first.inner_text(".sc .told")
    first.click(".sc .row button >> nth=0")
    first.wait_for_selector("#sc-open[data-question=gas] .past-replies")
    check = next(one for one in _checks(services) if one.site.name == "两人一起查的店")
    given = services.selfcheck.store.history(_owner(services, check), check.id, "gas")
    assert [(one.reply, one.who) for one in given] == [("是", "李四"), ("否", "张三")]


def _owner(services, check):
    from sqlalchemy import text

    with services.selfcheck.store._session() as session:
        return session.scalar(text("SELECT owner FROM selfcheck_sites WHERE id = :id"), {"id": check.site.id})


def _checks(services):
    from sqlalchemy import text

    with services.selfcheck.store._session() as session:
        owners = session.scalars(text("SELECT DISTINCT owner FROM selfcheck_sites")).all()
    return [check for owner in owners for check in services.selfcheck.store.checks(owner)]


def test_the_second_time_stands_beside_the_first_and_what_came_back_is_marked(visit):
    page = visit()
    for replies in (("否", "否"), ("否", "否")):
        if page.locator(".setup").count() == 0:
            page.click("#selfcheck-side .new")
            page.wait_for_selector(".setup")
        begin(page, "查了两次的店")
        for word in replies:
            answer(page, word)
        report(page)
    assert "重复出现 1 项" in page.inner_text(".tiles")
    assert "重复出现" in page.inner_text(".lack h3")
    assert page.locator("#selfcheck-side .times li").count() == 2
    page.click("#selfcheck-side .times .x >> nth=0")
    page.wait_for_selector(".sc .told:has-text('已删除')")


def test_word_and_pdf_open_again_and_a_chapter_of_the_handbook(visit, tmp_path):
    page = visit()
    begin(page, "要报告的店")
    answer(page, "否")
    answer(page, "否")
    report(page)

    def taken(act):
        with page.expect_download(timeout=120_000) as download:
            page.click(f"#selfcheck-main [data-act={act}]")
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        return path

    word = taken("word")
    assert word.name == f"自查报告-要报告的店-{date.today()}.docx"
    assert any("安全生产自查报告" in one.text for one in docx.Document(word).paragraphs)
    if program():
        text = "".join(one.extract_text() for one in pypdf.PdfReader(taken("pdf")).pages)
        assert "疏散通道堆货" in text.replace("\n", "")
    book = taken("handbook")
    assert book.name == "企业安全生产法律风险提示-城镇燃气.docx"


def test_features_ticked_later_ask_more_and_what_is_left_out_is_said(visit):
    page = visit()
    begin(page, "后来加勾的店")
    answer(page, "否")
    answer(page, "是")
    page.click("#selfcheck-right >> text=加选特征")
    page.wait_for_selector(".setup .features")
    page.check("[name=f-contractors]")
    page.click("[data-act=retick]")
    page.wait_for_selector("#sc-open")
    assert at(page) == "tip.sample.certificate"
    report(page)
    assert "问了没有答" in page.inner_text("#selfcheck-right .box")
    assert "没有问 3 问" in page.inner_text("#selfcheck-right .box")


def test_a_questionnaire_that_changed_says_so(visit, services, folder):
    page = visit()
    begin(page, "问卷改过的店")
    answer(page, "否")
    changed = CHECKLIST | {"questions": [*CHECKLIST["questions"], {"id": "later", "tip": "tip.sample.dormitory"}]}
    write_yaml(folder / "checklists" / "sample.yaml", changed)
    del services.selfcheck.checklists
    try:
        page.reload()
        page.wait_for_selector(".sc .altered")
        assert "新增1问，请补答" in page.inner_text(".sc .altered")
        page.click(".sc .altered >> text=知道了")
        page.wait_for_selector(".sc .altered", state="detached")
        assert page.locator(".sc .row:has-text('店里住员工')").count() == 1
    finally:
        write_yaml(folder / "checklists" / "sample.yaml", CHECKLIST)
        del services.selfcheck.checklists


def test_what_is_missing_is_one_sentence_and_the_form_stays(visit):
    page = visit()
    page.click(".trade:has-text('餐饮店（样例）')")
    page.wait_for_selector(".setup .features")
    page.check("[name=f-dormitory]")
    page.click("[data-act=begin]")
    page.wait_for_selector(".sc .failure:has-text('请先写明查的是哪个场所')")
    assert page.is_checked("[name=f-dormitory]")


def test_it_can_be_read_on_a_phone(visit):
    page = visit(viewport={"width": 390, "height": 844})
    begin(page, "手机上查的店")
    answer(page, "否")
    answer(page, "否")
    report(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
