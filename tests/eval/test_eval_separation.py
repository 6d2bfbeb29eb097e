"""What search is trained on stays apart from what it is measured by, and is well formed."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from assistant.ingest.pipeline import import_paths
from assistant.store.library import Library
from eval.queries import OFFICIAL, SHARED
from eval.separation import alike, asked, plain

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "knowledge_base" / "embedding" / "questions").glob("*.jsonl"))
HELD = [path for path in sorted((ROOT / "eval" / "cases").iterdir()) if path.suffix in {".json", ".jsonl", ".yaml", ".txt"}]
TRAINING_OF_SHARED = "train.jsonl"  # made for training; all else there is for evaluation
ARTICLE = re.compile(r"[1-9]\d*(?:-[1-9]\d*)*")
needs_training = pytest.mark.skipif(not FILES, reason="no questions of training in knowledge_base/embedding/questions")


def training():
    return [
        (f"{path.name}:{n}", json.loads(line))
        for path in FILES
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.strip()
    ]


def held():
    shared = [path for path in sorted((SHARED / "eval").rglob("*.*")) if path.name != TRAINING_OF_SHARED]
    return list(dict.fromkeys(question for path in [*HELD, *shared] for question in asked(path)))


def test_the_questions_of_evaluation_are_found():
    assert len(HELD) >= 3
    for path in HELD:
        assert len(list(asked(path))) >= (30 if path.name == "adversarial.yaml" else 60), path.name  # several outputs a question
    if SHARED.exists():
        assert len(held()) > 900


@needs_training
def test_no_question_of_training_is_one_of_evaluation_or_its_rewording():
    found = alike([row["q"] for _, row in training()], held())
    assert not found, "\n".join(f"{like.dice}  {like.ours}  ←  {like.held}" for like in found)


@needs_training
def test_every_question_of_training_has_its_shape():
    wrong = []
    for place, row in training():
        golds = row.get("gold")
        fine = (
            isinstance(row.get("q"), str)
            and 4 <= len(plain(row["q"])) <= 500
            and isinstance(golds, list)
            and golds
            and all(
                set(gold) >= {"law", "article"} and ARTICLE.fullmatch(gold["article"]) and gold["law"].strip() for gold in golds
            )
            and len({(gold["law"], gold["article"]) for gold in golds}) == len(golds)
        )
        wrong += [] if fine else [f"{place}: {row}"]
    assert wrong == []


@needs_training
def test_no_question_of_training_is_there_twice():
    counts = Counter(plain(row["q"]) for _, row in training())
    assert [question for question, count in counts.items() if count > 1] == []


@needs_training
@pytest.mark.official
@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="official texts are not at hand: ../shared")
def test_every_gold_article_of_training_is_in_the_official_texts(services, tmp_path):
    library = Library(tmp_path)
    laws = services.knowledge.laws
    import_paths([SHARED / name for name in OFFICIAL], library, {name: law for law in laws for name in (law.title, *law.aliases)})
    there = {(provision.ref.law, provision.ref.article) for provision in library.provisions()}
    library.close()
    sources = type(services.sources)(services.knowledge, Library(tmp_path))
    golds = [(place, gold["law"], gold["article"]) for place, row in training() for gold in row["gold"]]
    assert [gold for gold in golds if (sources.resolve(gold[1]) or gold[1], gold[2]) not in there] == []


@pytest.mark.parametrize(
    ("ours", "theirs", "dice"),
    [
        ("工地上摔伤了，老板不管怎么办？", "工地上摔伤了老板不管怎么办", 1.0),  # marks are no difference
        ("ＡＢ证Q1", "ab证q1", 1.0),
        ("甲乙丙丁", "甲乙丙戊", 0.667),  # 2 of 3 pairs
        ("甲乙丙丁戊", "甲乙丙丁己", 0.75),  # 3 of 4 pairs
        ("甲乙丙丁", "丙丁甲乙", 0.667),
        ("甲甲甲甲", "甲甲", 1.0),  # a pair counts once
        ("甲", "甲", 1.0),  # too short for a pair, and the same
        ("甲乙", "丙丁", 0.0),
    ],
)
def test_likeness_by_hand(ours, theirs, dice):
    found = alike([ours], [theirs], least=0.01)
    assert [like.dice for like in found] == ([dice] if dice else [])
    assert bool(alike([ours], [theirs])) is (dice >= 0.7)


def test_every_pair_is_found_beyond_one_batch():
    ours = [f"第{n}号不同的问题{chr(0x4E00 + n)}{chr(0x5E00 + n)}{chr(0x6E00 + n)}{chr(0x7E00 + n)}" for n in range(4500)]
    found = alike([*ours, "压力表坏了还能不能开锅炉"], ["锅炉压力表坏了还能不能开", "完全两样的话"])
    assert [(like.ours, like.held) for like in found] == [("压力表坏了还能不能开锅炉", "锅炉压力表坏了还能不能开")]


def test_turns_are_one_question_and_each_its_own(tmp_path):
    (tmp_path / "own.txt").write_text("# 头\nA @ x @ 瓦斯超限了还让下井怎么处理||那判多久\n", encoding="utf-8")
    assert list(asked(tmp_path / "own.txt")) == ["瓦斯超限了还让下井怎么处理 那判多久", "瓦斯超限了还让下井怎么处理"]
    row = {"turns": ["甲"], "deep": [{"question": " 乙 ", "gold": [{"law": "丙"}]}]}
    (tmp_path / "a.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    assert list(asked(tmp_path / "a.jsonl")) == ["甲", "乙"]
