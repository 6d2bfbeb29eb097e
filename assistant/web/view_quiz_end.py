"""测验 at its end as HTML: the score, topics, what was wrong; and 答题卡, beside the question."""

from __future__ import annotations

from html import escape

from assistant.answer.authorities import Authorities
from assistant.domain.quiz import LETTERS, QuizItem, QuizKind
from assistant.web.quiz_state import Run
from assistant.web.view_quiz import answer, failed, takes, why


def end(run: Run, title: str, found: Authorities, failure: str = "") -> str:
    """The score at first answers, by topic, and each wrong one with what is right."""
    answered, total = len(run.first), len(run.items)
    left = f"，还有 {total - answered} 题没有做" if answered < total else ""
    share = f"{100 * run.score // answered}%" if answered else "—"
    redo = '<button type="button" class="primary" data-act="redo">再做错题</button>' if run.wrong else ""
    more = '<button type="button" data-act="more">接着做</button>' if run.ended and run.queue else ""
    return (
        f'{failed(failure)}<section class="play end" data-step="end-{len(run.given)}"><h2>{escape(title)}</h2>'
        f'<div class="score"><p class="big"><b>{run.score}</b> / {answered}</p>'
        f"<p>第一次就答对 {share}{left}。{_said(run)}</p></div>"
        f'<p class="go">{redo}{more}<button type="button" data-act="fresh">换一套</button>'
        f'<button type="button" data-act="leave">换主题</button></p>{_topics(run)}{_wrong(run, found)}'
        f"<h3>带走</h3>{takes()}</section>"
    )


def sheet(run: Run) -> str:
    """答题卡: a cell a question."""
    cells = "".join(_cell(run, place) for place in range(len(run.items)))
    return f'<h2 class="count">答题卡</h2><ol class="sheet" aria-label="答题卡">{cells}</ol>'


def _cell(run: Run, place: int) -> str:
    first = run.first.get(place)
    state, said = ("", "没有做") if first is None else ("right", "第一次答对") if first else ("wrong", "第一次答错")
    if first is False and place not in run.queue:
        state, said = "mended", "再来时答对"
    here = " here" if not run.over and place == run.place else ""
    return f'<li class="{state}{here}" title="第 {place + 1} 题：{said}">{place + 1}</li>'


def _said(run: Run) -> str:
    if not run.first:
        return "还没有答题。"
    if run.wrong:
        return f"第一次答错的 {len(run.wrong)} 题在下面，每题都有解析和出处。"
    return "没有错题。"


def _topics(run: Run) -> str:
    rows = "".join(
        f'<li><span>{escape(topic)}</span><i class="bar"><i style="width:{100 * right // count}%"></i></i><b>{right} / {count}</b></li>'
        for topic, right, count in sorted(run.topics(), key=lambda row: row[1] / row[2])
    )
    return f'<h3>按主题</h3><ul class="by-topic">{rows}</ul>' if rows else ""


def _wrong(run: Run, found: Authorities) -> str:
    first = {turn.place: turn.picked for turn in run.turns if not turn.again}
    rows = "".join(_row(run.items[place], place, first[place], found) for place in run.wrong)
    return f'<h3>答错的</h3><ol class="missed">{rows}</ol>' if rows else ""


def _row(item: QuizItem, place: int, picked: tuple[int, ...], found: Authorities) -> str:
    yours = item.options[picked[0]] if item.kind is QuizKind.TRUTH else "".join(LETTERS[at] for at in picked)
    right = f"：{'；'.join(item.right)}" if item.kind is not QuizKind.TRUTH else ""
    return (
        f"<li><h4>{place + 1}. {escape(item.stem)}</h4>"
        f'<p><b class="ok">应当是 {answer(item)}{escape(right)}</b>　<span class="faint">您第一次答的：{yours}</span></p>{why(item, found)}</li>'
    )
