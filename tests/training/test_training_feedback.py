"""What readers showed becomes questions with their articles; too little is one sentence; what was learnt is found afterwards."""

from datetime import date

import pytest
from places import ASKED, PLACES, SAID, library

from assistant.answer.render import to_json
from assistant.domain.answer import Answer, Behavior, Citation, Claim, Outcome, Section
from assistant.domain.provision import Status, TextKind
from assistant.errors import UsageError
from assistant.search.embed import StaticEmbedder
from assistant.search.index import Index
from assistant.store.lessons import Lessons
from assistant.store.repository import Feedback, Repository, Turn
from assistant.training import feedback
from assistant.training.contrast import Recipe
from assistant.training.corpus import Corpus
from assistant.training.feedback import LEAST, lessons_learnt, read_back, write_down
from assistant.training.static import train_static
from assistant.training.train import train

LAW = "场所规定"


@pytest.fixture
def store(tmp_path):
    repository = Repository.in_home(tmp_path)
    yield repository
    repository.close()


@pytest.fixture(scope="module")
def corpus():
    return Corpus(dict(enumerate(library())))


def cited(n, article, kind="provision"):
    key = f"law/{LAW}/{article}"
    return Citation(n, key, kind, article, "引文", TextKind.GIST, Status.IN_FORCE, LAW, article=article)


def answer(question, *articles, completed=""):
    """Its first article concludes, its second is a basis, the others stand in the notes."""
    kinds = [Section.CONCLUSION, Section.BASIS]
    claims = tuple(Claim(f"句{n}", (kinds + [Section.NOTES] * n)[n - 1], (n,)) for n in range(1, len(articles) + 1))
    citations = tuple(cited(n, article) for n, article in enumerate(articles, 1))
    behavior = Behavior.ANSWER
    return to_json(Answer(question, Outcome.ANSWERED, behavior, date(2026, 1, 1), claims, citations, completed=completed))


def show(store, question, articles, verdicts=(), opened=(), completed=""):
    talk = store.start("甲", "问")
    turn = f"{talk}t"
    store.add_turn("甲", talk, Turn(turn, question, answer(question, *articles, completed=completed)))
    for verdict in verdicts:
        store.add_feedback("甲", turn, Feedback(*verdict))
    for article in opened:
        Lessons(store).opened("甲", turn, f"law/{LAW}/{article}")
    return talk


def learnt(store, corpus, monkeypatch, least=1):
    monkeypatch.setattr(feedback, "LEAST", least)
    questions, shown = lessons_learnt(Lessons(store).all(), corpus, lambda law: law, 2.0)
    return [(q.text, set(q.articles), {corpus.passages[p].article for p in q.near}) for q in questions], shown


@pytest.mark.parametrize(
    ("verdicts", "opened", "gold", "near"),
    [
        ([("有用",)], [], {"1-1", "1-2"}, set()),  # what concludes and its basis, not the notes
        ([("有用",)], ["1-3"], {"1-1", "1-2", "1-3"}, set()),
        ([], ["1-2"], {"1-2"}, set()),
        ([("有用",), ("有误", "句2")], [], {"1-1"}, {"1-2"}),
        ([("有误",)], ["1-3"], {"1-3"}, {"1-1", "1-2"}),
        ([("有误",), ("有用",)], [], {"1-1", "1-2"}, set()),  # the last word counts
        ([("有误", "没有这一句"), ("有用",)], [], {"1-1", "1-2"}, set()),
    ],
)
def test_what_a_reader_showed_tells_which_articles_answer(store, corpus, monkeypatch, verdicts, opened, gold, near):
    show(store, "黑煤气谁管", ["1-1", "1-2", "1-3"], verdicts, opened)
    ((text, right, wrong),), _ = learnt(store, corpus, monkeypatch)
    assert (text, right, wrong) == ("黑煤气谁管", {f"{LAW} {article}" for article in gold}, near)


def test_a_follow_up_is_learnt_as_it_was_completed(store, corpus, monkeypatch):
    show(store, "谁来罚？", ["1-1"], [("有用",)], completed="无证上岗，谁来罚？")
    ((text, _, _),), _ = learnt(store, corpus, monkeypatch)
    assert text == "无证上岗，谁来罚？"


def test_what_answers_nothing_is_counted_and_not_learnt(store, corpus, monkeypatch):
    show(store, "全错", ["1-1"], [("有误",)])
    show(store, "别的法", ["99-9"], [("有用",)])
    show(store, "没人看过", ["1-1"])
    talk = store.start("甲", "旧")
    store.add_turn("甲", talk, Turn("old", "旧版本", {"claims": []}))
    store.add_feedback("甲", "old", Feedback("有用"))
    gone = show(store, "删了", ["1-1"], [("有用",)])
    store.delete("甲", gone)
    show(store, "好", ["1-2"], [("有用",)], ["1-2"])
    found, shown = learnt(store, corpus, monkeypatch)
    assert [text for text, _, _ in found] == ["好"]
    assert str(shown) == "本机反馈 1 问（有用 3、有误 1、翻开出处 1 次）"


def test_too_little_is_one_sentence(store, corpus):
    show(store, "好", ["1-1"], [("有用",)])
    with pytest.raises(UsageError, match=rf"还太少：本机反馈 1 问.*至少要 {LEAST} 问.*再来训练。$"):
        lessons_learnt(Lessons(store).all(), corpus, lambda law: law, 2.0)


def test_a_model_says_what_it_learnt_from_and_holds_no_question(store, corpus, monkeypatch, tmp_path):
    show(store, "我的秘密问题", ["1-1"], [("有用",)])
    _, shown = learnt(store, corpus, monkeypatch)
    write_down(shown, 12, tmp_path)
    assert read_back(tmp_path) == shown
    assert "秘密" not in (tmp_path / "learnt.json").read_text(encoding="utf-8")
    assert read_back(tmp_path / "none") is None


def test_retrieval_is_taught_by_what_readers_showed(store, corpus, tmp_path):
    """Readers ask in words that the articles do not use, and call useful what answers."""
    for number, said in enumerate(SAID, 1):
        for place in PLACES[:6]:
            for form in ASKED:
                article = f"{number}-{PLACES.index(place) + 1}"
                show(store, form.format(place=place, said=said), [article], [("有用",)])
    taught, _ = lessons_learnt(Lessons(store).all(), corpus, lambda law: law, 2.0)
    train_static([passage.text for passage in library()] * 3, tmp_path / "plain", dim=16, vocab=300)
    index = Index.build(library(), tmp_path / "index", StaticEmbedder(tmp_path / "plain"))
    recipe = Recipe(own_steps=20, own_batch=64, steps=120, batch=64, look=50, confused=8, random=16)
    train(Corpus(index.everything("provision")), index, taught, lambda *step: None, recipe).save(tmp_path / "model")
    index.close()

    def first(model):
        embedder = StaticEmbedder(tmp_path / model)
        texts = [passage.text for passage in library()]
        asked = [f"{place}有{said}，要负什么责任" for said in SAID for place in PLACES[6:8]]
        likeness = embedder.encode(asked) @ embedder.encode(texts).T
        best = [library()[row].article for row in likeness.argmax(axis=1)]
        right = [f"{number}-{place}" for number in range(1, len(SAID) + 1) for place in (7, 8)]
        return sum(map(str.__eq__, best, right)) / len(right)

    assert first("model") > first("plain") + 0.3
