"""Articles by name and number, in Chinese and in Arabic digits, over the official texts; former wordings in their own time."""

from datetime import date
from pathlib import Path

import pytest

from assistant.domain.provision import Status, TextKind
from assistant.errors import UnknownArticle
from assistant.services import Services
from assistant.settings import Settings

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
pytestmark = [
    pytest.mark.official,
    pytest.mark.skipif(not SHARED.exists(), reason="official texts are not at hand: ../shared"),
]
FOLDERS = ["official/刑法", "official/司法解释", "official/社会法", "corpus_full/民法典"]


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    made = Services(Settings(home=tmp_path_factory.mktemp("law")))
    made.import_paths([SHARED / folder for folder in FOLDERS])
    return made


@pytest.mark.parametrize(
    ("law", "article", "has"),
    [
        ("刑法", "134-1", "现实危险"),
        ("刑法", "第一百三十四条之一", "现实危险"),
        ("刑法第134条之一", "", "现实危险"),
        ("刑法", "134", "重大伤亡事故"),
        ("刑法", "133-2", "对行驶中的公共交通工具的驾驶人员"),
        ("《刑法》第一百三十三条之二", "", "对行驶中的公共交通工具的驾驶人员"),
        ("刑法第一百三十四条之一第一款第二项", "", "现实危险"),
        ("民法典", "1002", "自然人享有生命权"),
        ("民法典", "第一千零二条", "自然人享有生命权"),
        ("法释〔2022〕19号", "3", "因存在重大事故隐患"),
        ("法释2015-22", "第七条", "实施刑法第一百三十二条"),
        ("高检规则", "140", "犯罪嫌疑人涉嫌的罪行较轻"),
        ("安法", "114", "发生生产安全事故"),
    ],
)
def test_found_by_number(services, law, article, has):
    found = services.law(law, article)
    assert found.kind is TextKind.ORIGINAL
    assert has in found.text
    assert services.sources.status(found, date(2026, 11, 22)) is Status.IN_FORCE


def test_an_article_past_the_end_is_told(services):
    with pytest.raises(UnknownArticle, match="第九百条"):
        services.law("刑法", "900")


@pytest.mark.parametrize(
    ("on", "start", "has", "lacks"),
    [
        (date(2021, 2, 28), date(2006, 6, 29), "强令他人违章冒险作业", "明知存在重大事故隐患"),
        (date(2021, 3, 1), date(2021, 3, 1), "明知存在重大事故隐患", ""),
    ],
)
def test_the_wording_of_the_day(services, on, start, has, lacks):
    found = services.law("刑法", "134", on)
    assert found.effective.start == start
    assert has in found.text
    assert not lacks or lacks not in found.text
    assert services.sources.status(found, on) is Status.IN_FORCE


def test_search_finds_what_is_named(services):
    assert [(hit.law, hit.article) for hit in services.search("安全生产法第一百一十四条规定了什么", 1)] == [("安全生产法", "114")]
