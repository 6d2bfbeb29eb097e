"""测验 against the official texts: the right figure stands where it is cited, and no wrong one does in its place."""

import re
from datetime import date

import pytest
from lectures import FOLDER, quizzing, sources

from assistant.answer.sources import Sources
from assistant.documents.quiz_official import Official
from assistant.documents.quiz_proof import Draft
from assistant.domain.cases import Case
from assistant.domain.provision import TextKind
from assistant.domain.quiz import QuizKind
from assistant.ingest.records import load_knowledge
from assistant.law.quantities import arabic
from assistant.law.wording import words

TODAY = date(2026, 11, 22)
FIGURE = re.compile(r"\d+(?:\.\d+)?")
BLANK = "（　　）"
HARMS = {
    "死亡": r"(?:死亡{n}人|{n}人(?:以上)?死亡)",
    "重伤": r"(?:重伤{n}人|{n}人(?:以上)?重伤)",
    "直接经济损失": r"损失{n}(?:万元)",
    "违法所得": r"违法所得[^，。；]*?{n}万元",
}
pytestmark = pytest.mark.official


@pytest.fixture(scope="module")
def library(official):
    return Sources(load_knowledge(FOLDER), official)


@pytest.fixture(scope="module")
def bank(library):
    return quizzing(lambda: library).bank(TODAY)


@pytest.fixture(scope="module")
def texts(library):
    """The official texts of what is cited, a text each; ``None`` where one of them is not at hand."""

    def of(cites):
        found = [library.provision(library.ref(cite).whole_article(), TODAY) for cite in cites]
        return [one.text for one in found] if found and all(one.kind is TextKind.ORIGINAL for one in found) else None

    return of


def digits(text):
    return set(FIGURE.findall(arabic(text.replace("百分之", ""))))


def test_the_right_figure_of_every_question_stands_in_the_article_that_it_cites(bank, texts, library):
    checked, strange = 0, []
    for draft in bank.drafts:
        held = texts(draft.cites)
        figures = {n for option in draft.right for n in FIGURE.findall(option)}
        if (
            draft.kind is QuizKind.TRUTH
            or not figures
            or held is None
            or any(isinstance(library.record(n), Case) for n in draft.records)
        ):
            continue
        checked += 1
        theirs = set().union(*map(digits, held))
        if missing := figures - theirs - {"1"}:  # 致人死亡 names one person without a number
            strange.append((draft.stem, missing))
    assert checked >= 350
    assert strange == []


def test_no_wrong_figure_stands_in_the_article_that_is_cited(bank, texts):
    """Whatever figure a sentence of the record has left out: the official article has the wrong one nowhere."""
    checked, right = 0, []
    for draft in bank.drafts:
        held = texts(draft.cites)
        if draft.sort not in {"数字", "期限"} or draft.kind is not QuizKind.SINGLE or held is None:
            continue
        checked += 1
        official = "\n".join(words(text).text for text in held)
        for option in draft.wrong:
            if re.search(rf"(?<!\d){re.escape(words(option).text)}", official):
                right.append((draft.stem, option))
    assert checked >= 200
    assert right == []


def test_no_wrong_threshold_is_one_that_the_article_names_for_the_same_harm(bank, texts):
    checked, right = 0, []
    for draft in bank.drafts:
        held = texts(draft.cites)
        if draft.sort != "入罪标准" or draft.kind is not QuizKind.SINGLE or held is None:
            continue
        harm = next(name for name in HARMS if name in draft.stem.split("标准之一")[1])
        checked += 1
        official = "\n".join(words(text).text for text in held)
        for option in draft.wrong:
            number = FIGURE.match(option).group()
            if re.search(r"(?<!\d)" + HARMS[harm].replace("{n}", rf"(?<!\d){re.escape(number)}"), official):
                right.append((draft.stem, option))
    assert checked >= 50
    assert right == []


def test_the_bank_is_hardly_smaller_where_the_official_texts_are_at_hand(bank):
    ours = quizzing(sources).bank(TODAY)
    assert len(bank.drafts) >= 0.98 * len(ours.drafts)
    assert all("官方原文" in why or "不能引用" in why for why in bank.left_out.values())


def made(**changed):
    told = {
        "kind": QuizKind.SINGLE, "stem": f"占用疏散通道的单位，罚{BLANK}。", "right": ("5000元以上5万元以下",), "wrong": ("1万元以下",),
        "explanation": "占用疏散通道的单位，罚5000元以上5万元以下。", "cites": ("消防法#60/1/3",), "records": (), "level": ("检察官",), "topic": "消防",
    }  # fmt: skip
    return Draft(**{**told, **changed})


def test_a_figure_that_the_official_text_does_not_have_is_told_with_its_reason(library):
    held = Official(library, TODAY)
    assert held.contradicts(made()) == ""
    assert "6万元" in held.contradicts(made(explanation="占用疏散通道的单位，罚5000元以上6万元以下。"))
    assert "官方原文" in held.contradicts(made(explanation="占用疏散通道的单位，罚5000元以上6万元以下。"))
    assert Official(sources(), TODAY).contradicts(made(explanation="占用疏散通道的单位，罚6万元。")) == ""


def test_the_values_of_an_article_are_those_of_its_official_text_too(library):
    known = Official(library, TODAY).values(["安全生产法#114"])
    assert {"30万元以上100万元以下", "200万元以上1000万元以下"} <= known
    assert "30万元以上100万元以下" in Official(library, TODAY).values(["安全生产法#114/1"])
