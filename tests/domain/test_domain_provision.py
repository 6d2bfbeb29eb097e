"""References and validity: the forms that records are written in, and the day before and after."""

from datetime import date

import pytest

from assistant.domain.provision import ArticleRef, Law, Provision, Span, Status, TextKind


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("刑法", ArticleRef("刑法")),
        ("刑法#134", ArticleRef("刑法", "134")),
        ("刑法#134-1/1/2", ArticleRef("刑法", "134-1", 1, 2)),
        ("刑法#134-1//2", ArticleRef("刑法", "134-1", None, 2)),
    ],
)
def test_references_are_read_and_written_alike(text, ref):
    assert ArticleRef.parse(text) == ref
    assert str(ref) == text


@pytest.mark.parametrize("text", ["", "#134", "刑法#1/2/3/4", "刑法#1/一"])
def test_what_is_no_reference_is_refused(text):
    with pytest.raises(ValueError):
        ArticleRef.parse(text)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2020, 12, 31), Status.NOT_YET),
        (date(2021, 1, 1), Status.IN_FORCE),
        (date(2022, 1, 1), Status.IN_FORCE),
        (date(2022, 1, 2), Status.REPEALED),
    ],
)
def test_the_day_before_and_after(day, status):
    law = Law("某某规定", effective=Span(date(2021, 1, 1), date(2022, 1, 1)))
    assert law.status(day) is status


def test_what_is_not_proven_is_never_in_force():
    assert Law("某某规定", confidence="K").status(date(2022, 1, 1)) is Status.UNVERIFIED


def test_ids_tell_a_gist_from_an_imported_text():
    ref = ArticleRef("刑法", "134-1")
    assert Provision(ref, "文", TextKind.GIST, document="builtin").id == "law/刑法/134-1"
    assert Provision(ref, "文", TextKind.ORIGINAL, document="abc").id == "text/abc/134-1"
    assert Provision(ArticleRef("某标准"), "文", TextKind.GIST).id == "law/某标准/全文"
