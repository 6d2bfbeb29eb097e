"""``anheng hazard`` as a process: one hazard or a file of them, one sentence for a bad file."""

import json

import pytest
import yaml

ROWS = [{"id": "a", "said": "养老院的窗子都焊死了"}, {"id": 2, "said": "司机连着开了十个钟头没歇"}]


def test_a_batch_prints_each_by_its_id_in_the_form_for_other_programs(anheng, tmp_path):
    file, to = tmp_path / "隐患.yaml", tmp_path / "结果.json"
    file.write_text(yaml.safe_dump(ROWS, allow_unicode=True), encoding="utf-8")
    done = anheng("hazard", "--batch", file, "--out", to, home=tmp_path / "home")
    assert done.code == 0, done.err
    told = json.loads(to.read_text(encoding="utf-8"))
    assert list(told) == ["a", "2"]
    for one in told.values():
        assert set(one) == {"violation", "urgent", "major", "tips"}
        assert one["violation"] in {"yes", "no", "unknown"}
        assert isinstance(one["urgent"], bool)
        assert set(one["major"]) == {"value", "standard", "item"}
        assert len(one["tips"]) >= 3
        assert all(set(article) == {"law", "article"} for tip in one["tips"] for article in tip["articles"])
    assert {"law": "消防法", "article": "28"} in [article for tip in told["a"]["tips"][:3] for article in tip["articles"]]


def test_one_hazard_is_answered_in_words_with_its_articles(anheng, tmp_path):
    done = anheng("hazard", "后厨的报警器一直没插电", home=tmp_path / "home")
    assert done.code == 0, done.err
    assert "《安全生产法》" in done.out
    assert "今天：" in done.out


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"- {id: a}", "没有 id 或者 said"),
        (b"[]", "里没有隐患"),
        (b"- {id: a, said: x}\n- {id: a, said: y}", "请改成不同的编号"),
        (b"a: [", "不合 YAML 的写法"),
        ("- {id: a, said: 中文}".encode("gbk"), "不是 UTF-8 编码"),
    ],
)
def test_a_bad_file_gets_a_sentence(anheng, tmp_path, content, sentence):
    file = tmp_path / "隐患.yaml"
    file.write_bytes(content)
    done = anheng("hazard", "--batch", file, home=tmp_path / "home")
    assert done.code == 2
    assert sentence in done.err
    assert "Traceback" not in done.err


def test_nothing_told_gets_a_sentence(anheng, tmp_path):
    done = anheng("hazard", home=tmp_path / "home")
    assert done.code == 2
    assert "请写下现场的情形" in done.err
