"""Words compared with an article's, whatever digits and marks they are written in."""

import pytest

from assistant.law.figures import foreign_terms, terms, wrong_figures
from assistant.law.modals import wrong_modals
from assistant.law.wording import covered, differences, nearest, quoted_in, words

RULE = (
    "试验由两人进行，少于两人的，不得开始；处三万元以上十万元以下的罚款：\n（一）三十日内没有报告的；\n（二）一年内停机两次的。"
)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("处三年以下", "处3年以下"),
        ("百分之六十至百分之一百", "60%至100%"),
        ("１００万元，", "100万元"),
        ("第一、二款", "第1/2款"),
        ("（一）一年内", "1年内"),
        ("3,000元", "3000元"),
        ("六十 日\n内", "60日内"),
    ],
)
def test_numerals_marks_and_blanks_do_not_tell_texts_apart(text, plain):
    assert words(text).text == plain


def test_every_character_knows_its_place_in_the_original():
    text = "处 三万元以上，十万元以下"
    prepared = words(text)
    low, high = prepared.original(prepared.text.index("3"), prepared.text.index("万") + 1)
    assert text[low:high] == "三万"
    assert text[slice(*prepared.original(0, len(prepared)))] == text


def test_a_quotation_may_leave_out_what_it_marks():
    assert quoted_in("试验由两人进行……处三万元以上", words(RULE))
    assert quoted_in("少于2人的不得开始", words(RULE))
    assert not quoted_in("处三万元以上……试验由两人进行", words(RULE))
    assert not quoted_in("少于三人的，不得开始", words(RULE))


def test_where_words_differ():
    said = words("少于两人的，可以开始")
    share, start, end = nearest(said, words(RULE))
    assert 0.6 < share < 1
    assert "少于2人" in words(RULE).text[start:end]
    assert ["少于两人的，可以开始"[low:high] for low, high in differences(said, words(RULE))] == ["可以"]


def test_shares_of_what_is_said():
    assert covered(words("试验进行"), words(RULE)) == pytest.approx(2 / 3)


def test_figures_tell_what_limits_and_what_happened():
    found = {
        (term.value, term.unit): term
        for term in terms(words("2023年6月事故死亡3人，判处有期徒刑两年，罚款5万元以下，三十日内报告，年收入的百分之四十"))
    }
    assert (2023.0, "年") not in found
    assert found[(3.0, "人")].fact
    assert found[(2.0, "年")].fact
    assert found[(50000.0, "元")].bounds
    assert found[(30.0, "日")].bounds
    assert (40.0, "%") in found


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("处三万元以上十万元以下的罚款", []),
        ("处3万元以上20万元以下的罚款", [200000.0]),
        ("六十日内没有报告", [60.0]),
        ("报告期限是六十日", [60.0]),
        ("停机三次", [3.0]),
        ("事故造成五人受伤", []),
        ("被罚款五万元", []),
        ("有效期三年", [3.0]),
    ],
)
def test_figures_that_the_text_does_not_have(said, wrong):
    assert [term.value for term in foreign_terms(words(said), words(RULE))] == wrong


def test_a_figure_in_the_same_words():
    assert [right for _, right in wrong_figures(words("处三万元以上二十万元以下的罚款"), words(RULE))] == ["10"]
    assert wrong_figures(words("处三万元以上十万元以下的罚款"), words(RULE)) == []


@pytest.mark.parametrize(("said", "right"), [("少于两人的，可以开始试验", "不得"), ("少于两人的，不得开始", None)])
def test_words_of_duty(said, right):
    text = "少于两人的，不得开始试验。监护人应当在场；可以离开一小时。"
    assert [modal.right for modal in wrong_modals(words(said), words(text), text)] == ([right] if right else [])


def test_a_word_of_duty_governs_to_the_end_of_its_sentence():
    text = "不得因停止作业而降低其工资待遇。单位可以增加其工资待遇。"
    assert [modal.right for modal in wrong_modals(words("单位可以降低其工资待遇"), words(text), text)] == ["不得"]
    assert wrong_modals(words("单位可以增加其工资待遇"), words(text), text) == []
