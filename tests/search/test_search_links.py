"""Who cites whom: what counts as a citation, and that the graph follows the documents that come and go."""

import numpy as np
import pytest
from conftest import library

from assistant.domain.answer import Passage
from assistant.errors import IndexDamaged
from assistant.law.refs import NameIndex
from assistant.search.index import Index
from assistant.search.linking import by_number, cites
from assistant.search.links import Links

JIE = "最高人民法院关于办理危害生产安全刑事案件适用法律若干问题的解释"
ARTICLES = {
    "甲法": ["30", "31", "32", "32-1", "33", "35", "36"],
    "乙条例": ["1", "2"],
    JIE: ["1", "6"],
    "甲法修正案": ["1", "30"],
}
NAMES = NameIndex({law: law for law in ARTICLES} | {"中华人民共和国甲法": "甲法", "法释〔2015〕22号": JIE, "甲": "甲法"})


def article(law, number, text="有规定。", document=""):
    where = f"text/{document}" if document else f"law/{law}"
    return Passage(f"{where}/{number}", "provision", f"《{law}》{number}", text, law, number)


@pytest.mark.parametrize(
    ("law", "number", "text", "expected"),
    [
        ("甲法", "36", "违反本法第三十条规定的，处罚款。", {"甲法#30"}),
        ("甲法", "36", "违反第三十条、第三十二条之一规定的", {"甲法#30", "甲法#32-1"}),
        ("甲法", "36", "有前条行为的", {"甲法#35"}),
        ("甲法", "33", "有前两条行为的", {"甲法#32", "甲法#32-1"}),
        ("甲法", "36", "依照前款的规定处罚。", set()),
        ("甲法", "36", "依照本条第二款和本法第三十六条第一款处罚。", set()),
        ("甲法", "36", "第三十一条至第三十五条", {"甲法#31", "甲法#32", "甲法#32-1", "甲法#33", "甲法#35"}),
        ("乙条例", "1", "依照《中华人民共和国甲法》第三十条第一款第（二）项", {"甲法#30"}),
        ("乙条例", "1", "依照甲法第三十、三十一条处理", {"甲法#30", "甲法#31"}),
        ("乙条例", "2", "依照法释〔2015〕22号第六条", {f"{JIE}#6"}),
        (JIE, "6", "实施甲法第三十条规定的行为，具有本解释第一条情形的", {"甲法#30", f"{JIE}#1"}),
        ("乙条例", "2", "依照《没有的法》第一条处理", set()),
        ("乙条例", "2", "依照婚姻法第一条、第三条处理", set()),
        ("乙条例", "2", "按照甲法处理", set()),
        ("乙条例", "2", "第一条件是资金，条例另有规定的除外", set()),
        ("甲法修正案", "1", "将第三十条修改为：“有下列情形的”", set()),
        ("甲法修正案", "1", "将甲法第三十条修改为：“有下列情形的”", {"甲法#30"}),
    ],
)
def test_what_an_article_cites(law, number, text, expected):
    found = cites(article(law, number, text), NAMES, ARTICLES)
    assert {f"{law}#{number}" for law, number in found} == expected


def test_numbers_are_ordered_as_in_the_law():
    assert sorted(["135", "134-1", "9", "134"], key=by_number) == ["9", "134", "134-1", "135"]


# The graph of an index: gist and official text of 甲法, a 条例 that cites it.

GIST = [article("甲法", "30", "要旨。"), article("甲法", "31", "违反第三十条的。")]
TEXT = [article("甲法", "30", document="a"), article("甲法", "31", "违反本法第三十条规定的", document="a")]
RULE = [article("乙条例", "1", "依照《甲法》第三十条处罚。", "b"), article("乙条例", "2", "依照前条和《丙法》第五条处罚。", "b")]
THIRD = [article("丙法", "5", "甲法第三十一条和乙条例第二条", "c")]


@pytest.fixture
def built(tmp_path, embedder):
    index = Index.build([*library(), *GIST, *TEXT, *RULE], tmp_path / "index", embedder)
    yield index
    index.close()


def edges(index):
    """What the graph says of every row: by citing, by cited and by number, which must agree."""
    rows = range(len(index.links.counts))
    names = {row: source_id.removeprefix("text/") for row, source_id in index.source_ids(rows).items()}
    citing = {f"{names[one]} > {names[row]}" for row in names for one in index.links.citing(row)}
    cited = {f"{names[row]} > {names[one]}" for row in names for one in index.links.cited(row)}
    for row in names:
        assert len(index.links.citing(row)) == index.links.counts[row]
    assert not index.links.counts[[row for row in rows if row not in names]].any()
    from_text = {edge for edge in citing if "law/" not in edge}
    assert from_text == {edge for edge in cited if "law/" not in edge}
    return from_text


def test_gist_and_text_of_an_article_count_once(built):
    assert edges(built) == {"a/31 > a/30", "b/1 > a/30", "b/2 > b/1"}
    both = [built.row("law/甲法/30"), built.row("text/a/30")]
    assert built.links.counts[both].tolist() == [2, 2]
    assert built.links.citing(both[0]) == built.links.citing(both[1])
    assert built.links.counts.dtype == np.int32


def test_records_and_unknown_rows_have_no_links(built):
    assert built.row("no such id") == -1
    for row in (-1, 0, 10**6):
        assert built.links.citing(row) == built.links.cited(row) == []


def test_a_new_document_cites_and_is_cited(built, embedder):
    built.add(THIRD, embedder)
    now = {"a/31 > a/30", "b/1 > a/30", "b/2 > b/1", "b/2 > c/5", "c/5 > a/31", "c/5 > b/2"}
    assert edges(built) == now
    assert edges(Index.open(built.folder)) == now


def test_what_is_removed_vanishes_and_returns(built, embedder):
    built.remove(prefix="text/b/")
    assert edges(built) == {"a/31 > a/30"}
    built.add(THIRD, embedder)
    assert edges(built) == {"a/31 > a/30", "c/5 > a/31"}
    built.add(RULE, embedder)
    built.remove(prefix="text/c/")
    assert edges(built) == {"a/31 > a/30", "b/1 > a/30", "b/2 > b/1"}


def test_a_gist_stands_in_for_its_removed_text(built):
    built.remove(prefix="text/a/")
    row = built.row("law/甲法/30")
    assert set(built.source_ids(built.links.citing(row)).values()) == {"law/甲法/31", "text/b/1"}
    built.remove(["law/甲法/30", "law/甲法/31"])
    assert edges(built) == {"b/2 > b/1"}


def test_a_changed_text_cites_anew(built, embedder):
    built.add([article("乙条例", "1", "依照《甲法》第三十一条处罚。", "b")], embedder)
    assert edges(built) == {"a/31 > a/30", "b/1 > a/31", "b/2 > b/1"}


def test_names_given_with_the_texts_resolve(tmp_path, embedder):
    cited = [article("甲法", "30", document="a"), article("乙条例", "1", "依照法号〔2020〕3号第三十条", "b")]
    index = Index.build(cited, tmp_path / "index", embedder, law_names={"法号〔2020〕3号": "甲法"})
    assert edges(index) == {"b/1 > a/30"}
    index.remove(prefix="text/a/")
    index.add([article("丁法", str(number)) for number in range(1, 9)], embedder, law_names={"法号〔2020〕3号": "甲法"})
    index.add(cited[:1], embedder, law_names={"法号〔2020〕3号": "甲法"})
    assert edges(index) == {"b/1 > a/30"}


def test_added_piece_by_piece_is_as_built_at_once(tmp_path, embedder):
    piecewise = Index.build([*library(), *GIST], tmp_path / "one", embedder)
    for piece in (THIRD, RULE, TEXT):
        piecewise.add(piece, embedder)
    whole = Index.build([*library(), *GIST, *TEXT, *RULE, *THIRD], tmp_path / "two", embedder)
    assert edges(piecewise) == edges(whole)
    assert len(list((piecewise._path / "links").iterdir())) == 2  # the one in use and the one before, which others may read


@pytest.mark.parametrize("content", [b"", b"PK", b"garbage" * 9])
def test_a_damaged_graph_says_so(built, content):
    (file,) = (built._path / "links").iterdir()
    file.write_bytes(content)
    with pytest.raises(IndexDamaged):
        Index.open(built.folder)


def test_nobody_cites_anybody_where_nothing_is():
    assert Links.none().counts.tolist() == Links.none().citing(0) == []
