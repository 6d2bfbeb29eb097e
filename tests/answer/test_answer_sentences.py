"""Sentences out of a stream, whatever its pieces are cut into."""

import pytest

from assistant.answer.sentences import LONGEST, sentences


def read(text, size):
    return [(one.text, one.cites) for one in sentences(text[i : i + size] for i in range(0, len(text), size))]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲处三年以下。[1]乙处五年以下[2]。", [("甲处三年以下。", (1,)), ("乙处五年以下。", (2,))]),
        ("甲[1][3]。乙。[2，4]", [("甲。", (1, 3)), ("乙。", (2, 4))]),
        ("[1] 甲是。[2] 乙是。", [("甲是。", (1,)), ("乙是。", (2,))]),
        (
            "甲【S1】。乙〔来源2〕。丙（来源3、5）。丁［6］。戊[7-9]。",
            [("甲。", (1,)), ("乙。", (2,)), ("丙。", (3, 5)), ("丁。", (6,)), ("戊。", (7, 8, 9))],
        ),
        ("## 结论\n- **甲**是[1]\n2. 乙是[2]\n", [("结论", ()), ("甲是", (1,)), ("乙是", (2,))]),
        ("（1）死亡三人的[2]。", [("（1）死亡三人的。", (2,))]),
        ("他说“要改。不改就罚。”[3]", [("他说“要改。不改就罚。”", (3,))]),
        ("<think>先想[9]。</think>甲[1]。", [("甲。", (1,))]),
        ("<think>没有想完", []),
        ("没有说完[1]", [("没有说完", (1,))]),
        ("法释〔2015〕22号第七条规定[1]。", [("法释〔2015〕22号第七条规定。", (1,))]),
        ("", []),
        ("。。。！\n\n", []),
    ],
)
def test_sentences_and_their_sources(text, found, size):
    assert read(text, size) == found


def test_a_sentence_is_there_as_soon_as_its_stop_has_come():
    told = []

    def pieces():
        for piece in ("甲[1]", "。", "乙"):
            yield piece
            told.append(piece)

    stream = sentences(pieces())
    assert next(stream).text == "甲。"
    assert told == ["甲[1]"]  # before another piece was asked for


def test_what_never_ends_is_cut():
    found = read("还" * 2000, 50)
    assert len(found) == 4
    assert all(len(text) <= LONGEST + 50 for text, _ in found)
