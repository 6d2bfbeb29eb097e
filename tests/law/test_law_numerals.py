import pytest

from assistant.law.numerals import to_chinese, to_int


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10), ("一十二", 12), ("二十", 20), ("一百零五", 105), ("一百一十", 110), ("一百十", 110), ("一百三十四", 134),
        ("一千零二十三", 1023), ("一千零一十", 1010), ("九千九百九十九", 9999), ("〇", 0), ("两", 2), ("两百", 200),
        ("二〇二四", 2024), ("二○一一", 2011), ("一三四", 134), ("12", 12), ("１２", 12), (" 452 ", 452),
    ],
)  # fmt: skip
def test_reads_numerals(text, number):
    assert to_int(text) == number


@pytest.mark.parametrize(
    "text", ["", "千", "百", "十百", "一百二", "二三", "三万", "10000", "abc", "第三", "-1", "1.5", "²", "一 二"]
)
def test_refuses_what_is_no_numeral(text):
    assert to_int(text) is None


def test_every_number_comes_back():
    assert all(to_int(to_chinese(number)) == number for number in range(10_000))


@pytest.mark.parametrize("number", [-1, 10_000])
def test_writes_only_what_it_can_read(number):
    with pytest.raises(ValueError):
        to_chinese(number)
