"""Elements of evidence and deadlines against the official texts: the place exists, and every number stands in it."""

import re
from datetime import date
from pathlib import Path

import pytest

from assistant.answer.sources import Sources
from assistant.errors import KnowledgeError
from assistant.ingest.evidence import load_deadlines, load_evidence
from assistant.ingest.records import load_knowledge
from assistant.law.outline import select
from assistant.law.quantities import arabic

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
FOLDER = ROOT / "knowledge_base"
KNOWLEDGE = load_knowledge(FOLDER)
SOURCES = Sources(KNOWLEDGE)
BOOK = load_evidence(FOLDER, KNOWLEDGE.records)
DEADLINES = load_deadlines(FOLDER)
TODAY = date(2026, 11, 22)
FIGURE = re.compile(r"\d+(?:\.\d+)?(?=年|个|月|日|小时|次|名|人|万|户|种|项|倍)")
"""一步, 一致 are no numbers; 一年, 二次, 24小时 are."""
FIELD = [
    "134-1p",
    "134-2p",
    "134-1",
    "135",
    "135-1",
    "136",
    "137",
    "138",
    "139",
    "139-1",
    "133",
    "133-1",
    "115-2p",
    "229-1p",
    "280-1p",
    "397",
    "402",
]
TERMS = [(event, one) for event in DEADLINES.events for one in event.deadlines]
SAID = [
    *((kind.name, f"{kind.must}{kind.wrong}", kind.cite) for kind in BOOK.kinds.values()),
    *((flaw.says, f"{flaw.says}{flaw.remedy}", flaw.cite) for flaw in BOOK.flaws),
    *((f"{o} {row.element}", f"{row.prove}{row.wrong}", row.cite) for o, rows in BOOK.rows.items() for row in rows),
    ("提纲", BOOK.frame.closing, BOOK.frame.cite),
    *((event.name, f"{one.do}{one.term}{''.join(f'{x.amount}日' for x in one.longer)}", one.cite) for event, one in TERMS),
    *((key, counting.says, counting.cite) for key, counting in {**DEADLINES.countings, "months": DEADLINES.months}.items()),
]


def test_the_offences_of_the_field_have_their_elements():
    assert {f"offence.{one}" for one in FIELD} <= set(BOOK.rows)
    for offence, rows in BOOK.rows.items():
        assert len(rows) >= 5, offence
        assert BOOK.needed(offence) == rows
    assert BOOK.needed("offence.131") == ()


def test_every_reference_opens():
    lost = [
        f"{where}: {text}"
        for where, _, cites in SAID
        for text in cites
        if (ref := SOURCES.ref(text)) is None or SOURCES.provision(ref.whole_article(), TODAY) is None
    ]
    assert lost == []


def test_every_line_rests_on_something():
    counted = {"plain", "workdays"}  # says itself that the rule does not tell how to count
    assert [where for where, _, cites in SAID if not cites and where not in counted] == []


def test_words_that_a_list_uses_are_recognised():
    words = [word for kind in BOOK.kinds.values() for word in kind.words]
    assert len(words) == len(set(words)), "a word may name one kind only"
    named = "作业票 停产通知书 送达回证 监控录像 培训记录 事故调查报告 鉴定意见 询问笔录 讯问笔录 劳动合同 任命文件 责任制文件 损失评估 尸检报告 伤情鉴定"
    assert set(named.split()) <= set(words)


def test_the_rules_of_evidence_that_were_there_are_still_there():
    assert sum(record.kind == "evidence" for record in KNOWLEDGE.records) > 10


def test_what_is_not_proven_is_not_computed():
    unproven = [one for _, one in TERMS if one.confidence == "M"]
    assert len(unproven) == 3
    assert all(one.amount is None and one.note for one in unproven)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("- {offence: offence.999, rows: []}", "不在 knowledge_base/offences"),
        ("- {offence: offence.135, rows: [{use: nothing}]}", "没有的 nothing"),
        ("- {offence: offence.135, rows: [{element: x}]}", "没有写全"),
        (
            "- {offence: offence.135, rows: [{element: x, prove: y, cite: [刑法#135], wrong: z, needs: [{get: a, any: [b]}]}]}",
            "没有的材料种类 b",
        ),
    ],
)
def test_a_broken_row_is_named(tmp_path, row, says):
    home = tmp_path / "evidence" / "要素"
    home.mkdir(parents=True)
    for name in ("材料种类", "形式问题", "共用", "提纲"):
        text = (FOLDER / "evidence" / "要素" / f"{name}.yaml").read_text(encoding="utf-8")
        (home / f"{name}.yaml").write_text(text, encoding="utf-8")
    (home / "罪名.yaml").write_text(row, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=says):
        load_evidence(tmp_path, KNOWLEDGE.records)


@pytest.mark.official
def test_every_place_that_is_cited_exists(official):
    texts = set(official.titles().values())
    wrong, seen = [], 0
    for where, _, cites in SAID:
        for text in cites:
            ref = SOURCES.ref(text)
            if ref.law not in texts:
                continue
            seen += 1
            found = official.provision(ref.law, ref.article, TODAY)
            if found is None or select(found.text, ref.paragraph, ref.item) is None:
                wrong.append(f"{where}: {text}")
    assert wrong == []
    assert seen > 450


@pytest.mark.official
def test_every_number_stands_where_it_is_cited(official):
    wrong = []
    for where, said, cites in SAID:
        held: set[str] = set()
        for text in cites:
            ref = SOURCES.ref(text)
            found = official.provision(ref.law, ref.article, TODAY) or SOURCES.provision(ref.whole_article(), TODAY)
            held |= set(re.findall(r"\d+", arabic(found.text)))
        extra = set(FIGURE.findall(arabic(said))) - held
        wrong += [f"{where}: {extra}"] if extra else []
    assert wrong == []
