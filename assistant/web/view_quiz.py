"""测验 as HTML: what is asked for, a question, and the same with what is right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from assistant.answer.authorities import Authorities
from assistant.answer.sources import Sources
from assistant.domain.quiz import AUDIENCES, LETTERS, QuizItem, QuizKind
from assistant.web.quiz_state import Asked, Run
from assistant.web.view_assess_side import cards

PLACE = "quiz"
"""What the cards of the part are named after."""
SHUT = '<p class="shut"><button type="button" class="primary" data-act="open">打开测验</button></p>'
"""Before anybody turns to it: the page's script presses the button."""
_NO_SOURCES = '<h2 class="count">依据</h2><p class="faint">答了以后，解析里的每个数字在这里有一张卡片：条文、效力、施行日。</p>'
Groups = Mapping[str, Sequence[str]]
_TAKES = {"paper": "试卷（Word）", "key": "答案与解析（Word）", "excel": "题库（Excel）", "csv": "题库（CSV）"}


def groups(topics: Iterable[str], sources: Sources) -> Groups:
    """The topics by what they are."""
    offences = {offence.title for offence in sources.offences}
    found: dict[str, list[str]] = {"专题": [], "法规": [], "罪名": []}
    for topic in topics:
        found["罪名" if topic in offences else "法规" if sources.resolve(topic) else "专题"].append(topic)
    return found


def form(asked: Asked, topics: Groups, failure: str = "") -> str:
    """听众, 主题, 题型, 题数."""
    if any(topics.values()):
        button = '<button type="button" class="primary" data-act="draw">开始</button>'
        listed = "".join(
            f'<div class="topics"><b>{name}</b>{"".join(map(_topic, row))}</div>' for name, row in topics.items() if row
        )
    else:
        button = '<button type="button" data-act="open">列出主题</button><button type="button" class="primary" data-act="draw">开始</button>'
        listed = ""
    return _form(asked, listed, button, failed(failure))


def waiting(asked: Asked, topics: Groups, what: str, done: int, total: int) -> str:
    """The form while the bank is built."""
    said = f"{what}（{done} / {total}）" if total else f"{what}……"
    bar = f"value={done} max={total}" if total else ""
    listed = "".join(f'<div class="topics"><b>{name}</b>{"".join(map(_topic, row))}</div>' for name, row in topics.items() if row)
    button = '<button type="button" class="primary" data-act="draw" disabled>开始</button>'
    return _form(
        asked, listed, button, "",
        f'<div class="working"><p class="said" role="status">{escape(said)}</p><progress {bar}></progress></div>',
    )  # fmt: skip


def _form(asked: Asked, listed: str, buttons: str, before: str, after: str = "") -> str:
    return (
        f'{before}<form class="quiz-form" data-step="form"><h2>考什么，给谁考</h2>'
        f'<p><label>主题<input name="topic" value="{escape(asked.topic)}" maxlength="80" autocomplete="off" '
        f'placeholder="不写是全部；也可以写罪名、行业、法规或者自己的话，例如：动火"></label></p><div class="listed">{listed}</div>'
        f"<p>{_radios('听众', [('', '不限'), *((one, one) for one in AUDIENCES)], asked.audience)}</p>"
        f"<p>{_ticks('题型', [kind.value for kind in QuizKind], asked.kinds)}"
        f'<label class="long">题数<input name="count" value="{escape(asked.count)}" inputmode="numeric" maxlength="6" '
        'autocomplete="off"></label></p>'
        f'<p class="faint">每题都由知识库的记录或者条文证明，答后看解析和出处；答错的隔几题再来一次，直到答对。</p><div class="building">{after}</div>'
        f'<p class="go">{buttons}</p></form>'
    )


def question(run: Run, title: str, found: Authorities, failure: str = "") -> str:
    """The question that is asked, or what was answered to it, over how far it is."""
    item = run.items[run.place]
    turn = run.turns[-1] if run.seen else None
    again = turn.again if turn else run.place in run.first
    mark = ' <span class="badge again">再来一次</span>' if again else ""
    body = _answered(item, run, found) if turn else _open(item, len(run.given))
    return (
        f'{failed(failure)}<section class="play" data-step="{"seen" if turn else "ask"}-{len(run.given)}">{_head(run, title)}'
        f'<article class="asked" data-kind="{item.kind}"><p class="about"><b>{item.kind}</b> {escape(item.topic)}{mark}</p>'
        f"<h2>{escape(item.stem)}</h2>{body}</article>{_foot()}</section>"
    )


def _head(run: Run, title: str) -> str:
    total, begun = len(run.items), len(run.first)
    later = len([place for place in run.queue if place in run.first])
    waits = f" · {later} 道等着再来" if later else ""
    solved = total - len(run.queue)
    score = f'<b aria-label="第一次就答对的">{run.score} / {begun}</b>' if begun else ""
    return (
        f'<div class="how-far"><p><span>{escape(title)}</span><span>第 {run.place + 1} 题 / {total}{waits}</span>'
        f"{score}</p>"
        f'<div class="bar" role="progressbar" aria-label="做完的" aria-valuemin="0" aria-valuemax="{total}" aria-valuenow="{solved}">'
        f'<i style="width:{100 * solved // total}%"></i></div></div>'
    )


def _foot() -> str:
    return (
        '<p class="foot-line"><span class="keys">键盘：A–H 或者 1–9 选，回车继续</span>'
        '<button type="button" data-act="finish" data-confirm="现在就看成绩？没有做的题不计分。">现在看成绩</button>'
        '<button type="button" data-act="leave" data-confirm="放下这一套，回到出题？答过的不保留。">换主题</button></p>'
        f'<details class="taking"><summary>下载这一套</summary>{takes()}</details>'
    )


def takes() -> str:
    """The files of the paper."""
    return '<p class="takes">' + "".join(
        f'<button type="button" data-act="take" data-kind="{kind}">{name}</button>' for kind, name in _TAKES.items()
    ) + "</p>"  # fmt: skip


def _open(item: QuizItem, turn: int) -> str:
    if item.kind is QuizKind.MULTIPLE:
        rows = "".join(
            f'<label class="option"><input type="checkbox" name="tick-{at}" data-key="{at}"><i>{LETTERS[at]}</i>'
            f"<span>{escape(option)}</span></label>"
            for at, option in enumerate(item.options)
        )
        return (
            f'<form class="options">{rows}<p class="go"><button type="button" class="primary go-on" data-act="answer" '
            f'data-turn="{turn}">确定</button></p></form>'
        )
    rows = "".join(
        f'<button type="button" class="option" data-act="answer" data-turn="{turn}" data-pick="{at}" data-key="{at}">'
        f"<i>{LETTERS[at]}</i><span>{escape(option)}</span></button>"
        for at, option in enumerate(item.options)
    )
    return f'<div class="options{" truth" if item.kind is QuizKind.TRUTH else ""}" role="group" aria-label="选项">{rows}</div>'


def _answered(item: QuizItem, run: Run, found: Authorities) -> str:
    turn = run.turns[-1]
    rows = "".join(_marked(item, at, turn.picked) for at in range(len(item.options)))
    later = "" if turn.right else "过几题再来一次。" if run.queue else "再来一次，直到答对。"
    verdict = "答对了" if turn.right else f"不对，应当是 {answer(item)}。{later}"
    on = "看成绩" if not run.queue else "下一题"
    return (
        f'<div class="options{" truth" if item.kind is QuizKind.TRUTH else ""}" role="group" aria-label="选项">{rows}</div>'
        f'<div class="came {"right" if turn.right else "wrong"}" role="status"><b>{verdict}</b>{why(item, found)}</div>'
        f'<p class="go"><button type="button" class="primary go-on" data-act="next" data-turn="{len(run.given)}">{on}</button></p>'
    )


def _marked(item: QuizItem, at: int, picked: Sequence[int]) -> str:
    right, chosen = at in item.answer, at in picked
    kind = "right" if right else "wrong" if chosen else ""
    missed = right and not chosen and item.kind is QuizKind.MULTIPLE
    said = "、".join(filter(None, ("正确" if right else "", "您选的" if chosen else "", "漏选" if missed else "")))
    mark = f"<small>{said}</small>" if said else ""
    return f'<div class="option {kind}"><i>{LETTERS[at]}</i><span>{escape(item.options[at])}</span>{mark}</div>'


def answer(item: QuizItem) -> str:
    """What is right, as it is said: ``AC``, or 对."""
    return item.right[0] if item.kind is QuizKind.TRUTH else item.letters


def why(item: QuizItem, found: Authorities) -> str:
    """解析 with the numbers of its sources."""
    return f"<p>{escape(item.explanation)}{numbers(item.cites or item.records, found, PLACE)}</p>"


def numbers(references: Iterable[str], found: Authorities, place: str) -> str:
    """The numbers of what a line rests on; each lights its card."""
    held = dict.fromkeys(found.numbers[one] for one in references if one in found.numbers)
    return "".join(
        f'<button type="button" class="cite" data-do="{place}-authority" data-n="{n}" '
        f'aria-label="依据{n}：{escape(found.citations[n - 1].title)}">{n}</button>'
        for n in held
    )


def sources(found: Authorities) -> str:
    """The cards beside."""
    return cards(found.citations, PLACE) if found.citations else _NO_SOURCES


def failed(sentence: str) -> str:
    """Why something was not done."""
    return f'<p class="failure" role="alert">{escape(sentence)}</p>' if sentence else ""


def untaken(sentence: str, once: str) -> str:
    """Why there is no file."""
    return f'<p class="failure" data-once="{escape(once)}">{escape(sentence)}</p>'


def _topic(name: str) -> str:
    return f'<button type="button" data-do="lecture-topic" data-topic="{escape(name)}">{escape(name)}</button>'


def _radios(label: str, options: Sequence[tuple[str, str]], chosen: str) -> str:
    buttons = "".join(
        f'<label><input type="radio" name="audience" value="{value}"{" checked" if value == chosen else ""}><span>{said}</span></label>'
        for value, said in options
    )
    return f'<span class="radios" role="radiogroup" aria-label="{label}"><b>{label}</b>{buttons}</span>'


def _ticks(label: str, options: Sequence[str], chosen: Sequence[str]) -> str:
    buttons = "".join(
        f'<label><input type="checkbox" name="kind-{one}"{" checked" if not chosen or one in chosen else ""}><span>{one}</span></label>'
        for one in options
    )
    return f'<span class="radios" role="group" aria-label="{label}"><b>{label}</b>{buttons}</span>'
