"""Two wordings side by side."""

from assistant.law.comparison import compared


def changed(pieces):
    return [piece.text for piece in pieces if piece.changed]


def test_what_differs_is_marked_in_both_and_nothing_is_lost():
    one, other = "犯甲罪的，处五年以下有期徒刑，并处罚金；丙。", "犯甲罪的，处三年以下有期徒刑，并处罚金；\n乙；丙。"
    here, there = compared(one, other)
    assert changed(here) == ["处五年以下有期徒刑"]
    assert changed(there)[0] == "处三年以下有期徒刑"
    assert "乙" in "".join(changed(there))
    assert ("".join(p.text for p in here), "".join(p.text for p in there)) == (one, other)


def test_equal_wordings_have_no_marks():
    here, there = compared("甲，乙。", "甲，乙。")
    assert changed(here) == changed(there) == []
