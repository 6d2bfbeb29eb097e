"""谁引用, 引用谁: on the real library, on the command line, and where there is no index."""

from pathlib import Path

import pytest

from assistant.services import Services
from assistant.settings import Settings
from assistant.terminal import cited_line

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
official = [
    pytest.mark.official,
    pytest.mark.skipif(not SHARED.exists(), reason="official texts are not at hand: ../shared"),
]
FOLDERS = ["official/刑法", "official/司法解释", "official/社会法", "official_recent"]
JIE = "最高人民法院、最高人民检察院关于办理危害生产安全刑事案件适用法律若干问题的解释"
OWN = "某某安全试验规定\n\n第一条 违反《安全生产法》第一百一十四条和本规定第二条的，停止试验。\n第二条 试验由两人进行。\n"


def named(articles):
    return {f"{one.law}#{one.article}" for one in articles}


def opened(services, law, article):
    return services.source(services.law(law, article).id)


def test_without_an_index_nothing_is_said_and_nothing_built(tmp_path):
    services = Services(Settings(home=tmp_path))
    found = opened(services, "刑法", "134")
    assert (found.cited_by, found.cites) == ((), ())
    assert services.cited([found.source_id]) == {}
    assert not services.indexing.folder.exists()


def test_a_document_cites_and_is_cited_until_it_is_removed(own_home, tmp_path):
    (tmp_path / "规定.txt").write_text(OWN, encoding="utf-8")
    services, beside = Services(Settings(home=own_home)), Services(Settings(home=own_home))
    before = named(opened(beside, "安全生产法", "114").cited_by)
    services.import_paths([tmp_path / "规定.txt"])
    for one in (services, beside):
        mine = opened(one, "某某安全试验规定", "1")
        assert named(mine.cites) == {"安全生产法#114", "某某安全试验规定#2"}
        assert named(opened(one, "某某安全试验规定", "2").cited_by) == {"某某安全试验规定#1"}
        law = opened(one, "安全生产法", "114")
        assert named(law.cited_by) == before | {"某某安全试验规定#1"}
        assert one.cited([law.source_id]) == {law.source_id: len(before) + 1}
    (document,) = [one.id for one in services.library.documents() if one.title == "某某安全试验规定"]
    services.remove(document)
    for one in (services, beside):
        assert named(opened(one, "安全生产法", "114").cited_by) == before


def test_the_command_line_says_who_cites(own_home, anheng, tmp_path):
    (tmp_path / "规定.txt").write_text(OWN, encoding="utf-8")
    assert anheng("import", tmp_path / "规定.txt", home=own_home).code == 0
    said = anheng("law", "某某安全试验规定", "2", home=own_home)
    assert said.out.splitlines()[-1] == "被1条引用：《某某安全试验规定》第一条"
    assert "条引用" not in anheng("law", "某某安全试验规定", "1", home=own_home).out
    value = anheng("law", "某某安全试验规定", "1", "--json", home=own_home).json
    assert value["cited_by"] == []
    assert [(one["law"], one["article"]) for one in value["cites"]] == [("某某安全试验规定", "2"), ("安全生产法", "114")]
    assert all(one["source_id"] for one in value["cites"])


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ([("甲法", "1"), ("甲法", "3-1"), ("乙法", "2")], "被3条引用：《甲法》第一条、第三条之一；《乙法》第二条"),
        ([("甲法", str(n)) for n in range(1, 8)], "被7条引用：《甲法》第一条、第二条、第三条、第四条、第五条；另有2条"),
        ([("甲批复", "")], "被1条引用：《甲批复》全文"),
    ],
)
def test_the_line_names_the_first_five(given, line):
    assert cited_line([{"law": law, "article": article} for law, article in given]) == line


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    made = Services(Settings(home=tmp_path_factory.mktemp("cited")))
    made.import_paths([SHARED / folder for folder in FOLDERS])
    return made


class TestOfficial:
    pytestmark = official

    @pytest.mark.parametrize(
        ("law", "article", "by"),
        [
            ("刑法", "134", {f"{JIE}#{n}" for n in (1, 2, 5, 6, 7, 12, 13)}),
            ("刑法", "134-1", {f"{JIE}（二）#{n}" for n in (2, 3, 4)}),
            ("安全生产法", "114", {"安全生产法#115", "生产安全事故罚款处罚规定#18"}),
        ],
    )
    def test_who_cites(self, services, law, article, by):
        assert by <= named(opened(services, law, article).cited_by)

    @pytest.mark.parametrize(
        ("law", "article", "to"),
        [
            (JIE, "7", {"刑法#132", "刑法#134", "刑法#135", "刑法#135-1", "刑法#136", "刑法#139", f"{JIE}#6"}),
            (JIE, "1", {"刑法#134"}),
        ],
    )
    def test_what_is_cited(self, services, law, article, to):
        assert to <= named(opened(services, law, article).cites)

    def test_the_text_and_the_gist_of_an_article_say_the_same(self, services):
        text, gist = opened(services, "刑法", "134"), services.source("law/刑法/134")
        assert text.source_id != gist.source_id
        assert text.cited_by == gist.cited_by
        assert len(text.cited_by) == len(named(text.cited_by))
        assert services.cited([text.source_id, gist.source_id]) == dict.fromkeys(
            (text.source_id, gist.source_id), len(text.cited_by)
        )

    def test_a_former_version_does_not_count(self, services):
        former = {one.id for one in services.library.documents() if one.superseded}
        assert former
        for article in ("134", "133-1", "291-1"):
            for one in opened(services, "刑法", article).cited_by:
                assert one.source_id.removeprefix("text/").rpartition("/")[0] not in former
