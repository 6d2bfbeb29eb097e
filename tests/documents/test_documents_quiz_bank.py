"""测验 over a library that changes: built once, with progress, to be stopped, and anew once a text was imported or removed."""

import threading
from collections import Counter
from datetime import date

import pytest
from lectures import quizzing, sources
from outside import close

from assistant.domain.quiz import QuizKind
from assistant.errors import Cancelled
from assistant.services import Services
from assistant.settings import Settings

TEXT = """中华人民共和国消防法

第六十条 单位不保持消防设施完好的，责令改正，处七千元以上七万元以下罚款。
第六十一条 居住场所与危险品场所设在同一建筑物内的，责令停产停业，处八千元以上八万元以下罚款。
"""


@pytest.fixture
def quiz():
    return quizzing(sources)


def test_progress_tells_what_is_made_and_ends_at_the_whole(quiz):
    told = []
    quiz.prepare(lambda what, done, total: told.append((what, done, total)))
    assert len(told) > 10
    assert all("题" in what for what, _, _ in told)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert told[-1][1] == told[-1][2]
    again = []
    quiz.prepare(lambda *step: again.append(step))
    assert again == []


def test_it_can_be_stopped_and_begun_again(quiz):
    told = []
    with pytest.raises(Cancelled, match="已停止"):
        quiz.prepare(lambda *step: told.append(step), lambda: len(told) > 3)
    assert len(told) == 4
    assert len(quiz.items(5)) == 5


def test_two_who_ask_at_once_build_once(quiz):
    built, got, started = [], [], threading.Barrier(2)

    def ask():
        started.wait()
        quiz.prepare(lambda what, done, total: built.append(what) if done == 0 else None)
        got.append(quiz.store)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert len(built) == 1
    assert got[0] is got[1]


def test_who_waits_for_another_can_stop_waiting(quiz):
    inside, release = threading.Event(), threading.Event()

    def slow(what, done, total):
        inside.set()
        release.wait(60)

    builder = threading.Thread(target=quiz.prepare, args=(slow,))
    builder.start()
    try:
        assert inside.wait(60)
        with pytest.raises(Cancelled):
            quiz.prepare(cancelled=lambda: True)
    finally:
        release.set()
        builder.join(60)
    assert quiz.items(1)


def test_a_bank_of_another_day_leaves_todays_as_it_is(quiz):
    today = quiz.store
    assert quiz.bank(date(2025, 1, 1)) is not today
    assert quiz.store is today


def test_a_bank_of_another_day_asks_nothing_of_law_that_was_not_yet(quiz):
    before = quiz.bank(date(2021, 2, 28))
    assert not any("刑法#134-1" in cite for draft in before.drafts for cite in draft.cites)
    assert any("刑法#134-1" in cite for draft in quiz.store.drafts for cite in draft.cites)
    assert any("134-1" in why for why in before.left_out.values())


def test_a_paper_judges_as_many_right_as_wrong_and_has_every_kind(quiz):
    for audience in ("班组工人", "安全管理人员", "企业负责人", "执法人员", "检察官"):
        for seed in range(3):
            items = quiz.items(30, audience=audience, seed=seed)
            truth = Counter(one.right[0] for one in items if one.kind is QuizKind.TRUTH)
            assert abs(truth["对"] - truth["错"]) <= 1, (audience, seed)
            assert len(items) == 30
            assert Counter(one.kind for one in items)[QuizKind.TRUTH] <= 15
            assert len({one.explanation for one in items}) == 30


def test_right_and_wrong_of_a_paper_come_in_no_pattern(quiz):
    rows = ["".join(one.right[0] for one in quiz.items(40, kinds=[QuizKind.TRUTH], seed=seed)) for seed in range(4)]
    assert len(set(rows)) == 4
    assert all("对对" in row and "错错" in row for row in rows)


@pytest.fixture
def own(own_home):
    made = Services(Settings(home=own_home))
    yield made
    close(made)


def asked(services, place):
    return {draft.stem for draft in services.quiz.store.drafts if any(cite.split("/")[0] == place for cite in draft.cites)}


def test_a_text_that_is_imported_and_removed_changes_what_is_asked(own, tmp_path):
    (tmp_path / "消防法.txt").write_text(TEXT, encoding="utf-8")
    former = own.quiz.store
    before = asked(own, "消防法#60")
    assert own.quiz.store is former
    report = own.import_paths([tmp_path / "消防法.txt"])
    assert report.articles == 2
    assert own.quiz.store is not former
    after = asked(own, "消防法#60")
    lost = before - after
    assert lost
    assert all("官方原文" in own.quiz.store.left_out[stem] for stem in lost if stem in own.quiz.store.left_out)
    assert any("不在所引条文的官方原文里" in why and "5000元" in why for why in own.quiz.store.left_out.values())
    assert not any("5万元以下" in draft.right[0] for draft in own.quiz.store.drafts if draft.stem in after)
    (document,) = own.library.documents()
    assert own.remove(document.id)
    assert asked(own, "消防法#60") == before


def test_what_another_process_imports_is_noticed(own, own_home, tmp_path):
    (tmp_path / "消防法.txt").write_text(TEXT, encoding="utf-8")
    before = asked(own, "消防法#61")
    other = Services(Settings(home=own_home))
    other.import_paths([tmp_path / "消防法.txt"])
    close(other)
    assert asked(own, "消防法#61") != before


def test_a_text_that_is_not_yet_in_force_is_not_asked_for(own, tmp_path):
    later = TEXT.replace("消防法\n", "消防法\n（2098年10月1日公布　自2099年1月1日起施行）\n", 1)
    (tmp_path / "消防法.txt").write_text(later, encoding="utf-8")
    assert asked(own, "消防法#61")
    own.import_paths([tmp_path / "消防法.txt"])
    assert asked(own, "消防法#61") == set()
    assert any("消防法#61" in why and "不能引用" in why for why in own.quiz.store.left_out.values())
