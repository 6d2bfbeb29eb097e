"""``anheng assess`` as a process: told cases and fact sheets in, the form for other programs or text out, one sentence for a bad file."""

import re

import pytest
import yaml

from assistant.cli_assess import assess as command
from assistant.errors import UsageError

SCAFFOLD = "2024年3月6日，某工地拆除脚手架时坍塌，2人死亡。项目经理周某违规压缩工期，负主要责任。周某如实供述、认罪认罚。"
SHEET = {
    "facts": {"deaths": 3, "conduct_end": "2021-03-11", "conduct_start": "2021-03-11", "in_production": "是", "violation": True},
    "people": [
        {"name": "甲", "facts": {"role": "manager", "responsibility": "main"}},
        {"name": "乙", "facts": {"role": "worker", "responsibility": "secondary", "plea": True}},
    ],
}


@pytest.fixture
def assess(anheng, tmp_path):
    """The command on a file with this content, text or data."""

    def run(content, *options):
        file = tmp_path / "案件.yaml"
        written = (
            content if isinstance(content, bytes) else (content if isinstance(content, str) else yaml.safe_dump(content)).encode()
        )
        file.write_bytes(written)
        return anheng("assess", file, *options, home=tmp_path / "home")

    return run


def test_told_cases_and_a_sheet_in_one_list(assess):
    rows = [
        {"id": 7, "told": SCAFFOLD, "title": "标题", "facts": {"no_key_of_ours": 1}, "expect": {}},
        {"id": "乙案", **SHEET},
    ]
    done = assess({"meta": {}, "cases": rows}, "--json")
    assert done.code == 0, done.err
    assert list(done.json) == ["7", "乙案"]
    told, filled = done.json.values()
    assert [(one["name"], one["article"], one["tier"], one["status"]) for one in told["offences"]] == [
        ("重大责任事故罪", "刑法第134条第1款", "base", "established")
    ]
    assert {"law": "刑法", "article": "134", "paragraph": 1, "item": None} in told["offences"][0]["citations"]
    assert "认罪认罚" in [one["item"] for one in told["lenient"]]
    assert {one["person"]: one["tier"] for one in filled["offences"]} == {"甲": "aggravated", "乙": "base"}
    assert set(told) == {
        "offences",
        "not_offences",
        "strict",
        "lenient",
        "options",
        "law_of_the_day",
        "limitation_years",
        "missing_facts",
        "contradictions",
        "similar",
    }


def test_one_sheet_by_itself_as_text(assess):
    done = assess(SHEET)
    assert done.code == 0, done.err
    assert done.out.startswith("## 案件\n")
    assert "〔甲〕重大责任事故罪（刑法第134条第1款" in done.out
    assert "法释〔2015〕22号第七条第一款第（一）项" in done.out
    assert "供承办人判断，不是结论" in done.out


def test_the_keys_of_a_sheet_are_listed(anheng, tmp_path):
    done = anheng("assess", "--keys", home=tmp_path)
    assert "| `deaths` | 死亡人数 | 整数 |  |" in done.out.splitlines()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("- id: 甲\n  told: 某矿三人死亡".encode("gbk"), "不是 UTF-8 编码"),
        ("- id: 甲\n told: [", "第 2 行不合 YAML"),
        ("- id: 甲\n  day: 2021-13-45", "不合 YAML"),
        ("[" * 100_000, "不合 YAML"),
        ("", "没有案件"),
        ("- told: 某矿三人死亡", "第 1 项没有 id"),
        ("- 某矿三人死亡", "第 1 项没有 id"),
        ("- id: 甲\n  told: '  '", "“甲”没有 told"),
        ("- {id: 甲, told: 一}\n- {id: 甲, told: 二}", "两个案件的 id 都是“甲”"),
        ("title: 某案", "没有案情，也没有要素"),
        ("facts: {deaths: -1}", "不能是负数"),
        ("- {id: 甲, facts: {conduct_start: 2099-01-01}}", "“甲”：“行为开始”（2099-01-01）还没有到"),
        ("facts: {conduct_start: 2021-03-02, conduct_end: 2021-03-01}", "早于行为开始"),
        ("people: [{name: 王某}, {name: 王某}]", "有两个人都叫“王某”"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(tmp_path, monkeypatch, content, says):
    monkeypatch.setenv("ANHENG_HOME", str(tmp_path / "home"))
    file = tmp_path / "案件.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UsageError, match=re.escape(says)) as caught:
        command(file, as_json=True)
    assert str(caught.value).endswith("。")


def test_the_sentence_is_all_that_is_said(assess, anheng, tmp_path):
    done = assess("- told: 某矿三人死亡", "--json")
    assert (done.code, done.out) == (2, "")
    assert "第 1 项没有 id" in done.sentence
    assert "请给出文件" in anheng("assess", home=tmp_path).sentence
    assert "请检查路径" in anheng("assess", tmp_path / "没有.yaml", home=tmp_path).sentence


def test_the_nearest_known_cases_are_listed(assess, services):
    rows = [{"id": "甲案", "told": SCAFFOLD}]
    similar = assess(rows, "--json").json["甲案"]["similar"]
    assert len(similar) == 3
    for one in similar:
        case = services.sources.by_id(one["id"])
        assert (one["title"], one["signal"], one["outcome"]) == (case.title, case.signal, case.outcome or None)
        assert one["alike"]
        assert one["sources"] == [source.title for source in case.sources]
    text = re.sub(r"\s", "", assess(rows).out)
    assert "【类案】" in text
    assert re.sub(r"\s", "", f"{similar[0]['title']}（{similar[0]['signal']}）相同：{'；'.join(similar[0]['alike'])}") in text
