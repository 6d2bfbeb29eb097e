"""顺讲稿: the notes of a lecture as a model would say them, slide by slide; what the slides state stays as it is.

Each sentence passes the same check as an answer's, against the sources of its slide alone, and keeps every figure, name and limit
of the composed one. Where it does not, the composed one stays and the reason is kept. A word to the room, which has no source, and
the trainer's own material, which is quoted, are not given to the model at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from assistant.answer.draft import Draft
from assistant.answer.evidence import Evidence
from assistant.answer.mask import Mask
from assistant.answer.match import Matcher
from assistant.answer.prompts import Prompt
from assistant.answer.sentences import sentences
from assistant.answer.sources import Sources
from assistant.answer.support import Support
from assistant.answer.verify import cite
from assistant.answer.wording import Wording
from assistant.answer.writing import Writer
from assistant.documents.lecture_build import Progress
from assistant.domain.answer import Answer, Behavior, Claim, Outcome, Section, Withheld
from assistant.domain.lecture import Lecture, Said, Slide
from assistant.domain.smoothed import Smoothed
from assistant.errors import AnHengError, BadModel, Cancelled
from assistant.law.amounts import read_amounts

_LINE = re.compile(r"^\W{0,3}(?P<at>\d{1,2})\s*[.、．:：)）\]】]\s*(?P<text>\S.*)$", re.MULTILINE)
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_HEAD = re.compile(r"(?:[^，。；：“”]{1,24}：){0,2}")
"""严：, 其实：不对：: what says how a note is meant stays as it is."""
_LIMIT = re.compile(r"但|除非|除外|以外|除[^，。]{1,30}外|否则|前提|不是|不等于|不免")
"""Words that limit what stands before them."""
_WHO = re.compile(r"[\u4e00-\u9fff]某+[甲乙丙丁]?|[\u4e00-\u9fff]{2}(?:有限公司|集团|医院)")
"""Who is named: persons as cases call them, and firms."""
_ROOM, _TIMES = 200, 3
"""Characters that a model may write beyond so many times what was to be smoothed, before it is taken to run in circles."""


@dataclass(frozen=True)
class Bench:
    """What smoothing needs beside the lecture."""

    sources: Sources
    matcher: Matcher
    wording: Wording
    writer: Writer
    prompt: Prompt


def smooth(
    lecture: Lecture,
    bench: Bench,
    progress: Progress = lambda what, done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Lecture:
    """The lecture with its notes smoothed as far as they pass; notes that were smoothed before are left.

    Where the model fails half way, what was smoothed by then stays. Raises ``Cancelled``, ``BadModel`` where not one sentence
    passed, and the model's own error where it failed before one did.
    """
    slides, rough = list(lecture.slides), list[Withheld]()
    todo = [at for at, slide in enumerate(slides) if _places(slide, lecture)]
    if not todo:
        raise BadModel("这一讲的讲稿已经顺过，没有要再顺的句子。")
    for done, at in enumerate(todo):
        progress(f"正在顺第 {at + 1} 页的讲稿", done, len(todo))
        try:
            slides[at], failed = _Page(slides[at], lecture, bench).smoothed(cancelled)
        except Cancelled:
            raise Cancelled("已停止，讲稿仍是原来的。") from None
        except AnHengError as error:
            if slides == list(lecture.slides):
                raise
            rough.append(Withheld(f"第 {at + 1} 页起的讲稿", str(error)))
            break
        rough += [Withheld(f"第 {at + 1} 页：{one.text}", one.reason) for one in failed]
    if slides == list(lecture.slides):
        why = f"例如：{rough[0].reason}" if rough else "都与原句相同"
        raise BadModel(f"模型写的没有一句能用（{why}），讲稿仍是原来的。")
    count = sum(one.drafted for slide in slides for one in slide.notes)
    return replace(lecture, slides=tuple(slides), smoothed=Smoothed(bench.writer.name, count, tuple(rough)))


def _places(slide: Slide, lecture: Lecture) -> list[int]:
    """The notes that a model may write anew: statements with sources, none of them the trainer's own material."""
    return [
        at
        for at, one in enumerate(slide.notes)
        if one.cites and not one.drafted and all(lecture.citation(n).kind != "material" for n in one.cites)
    ]


class _Page:
    """The notes of one slide, against its sources."""

    def __init__(self, slide: Slide, lecture: Lecture, bench: Bench) -> None:
        self._slide, self._lecture, self._bench, self._day = slide, lecture, bench, lecture.day
        self._places = _places(slide, lecture)
        said = [one for one in (*slide.notes, *slide.said) if one.cites]
        numbers = dict.fromkeys(n for one in said for n in one.cites if lecture.citation(n).kind != "material")
        self._cited = [lecture.citation(n) for n in numbers]
        composed = Answer(
            question=slide.title,
            status=Outcome.ANSWERED,
            behavior=Behavior.ANSWER,
            as_of=lecture.day,
            claims=tuple(dict.fromkeys(Claim(one.text, Section.BASIS, one.cites) for one in said)),
            citations=tuple(self._cited),
        )
        self._evidence = Evidence(composed, bench.sources, bench.wording)
        self._support = Support(self._evidence, bench.matcher, lecture.day)

    def smoothed(self, cancelled: Callable[[], bool]) -> tuple[Slide, list[Withheld]]:
        """The slide with what passed, and what did not."""
        notes, failed = list(self._slide.notes), list[Withheld]()
        for place, text in self._written(cancelled).items():
            head, body = _parted(notes[place].text)
            if text in {body, notes[place].text}:
                continue
            found = self._checked(text.removeprefix(head), replace(notes[place], text=body))
            if isinstance(found, Said):
                notes[place] = replace(found, text=head + found.text)
            else:
                failed.append(Withheld(text, found))
        return replace(self._slide, notes=tuple(notes)), failed

    def _written(self, cancelled: Callable[[], bool]) -> Mapping[int, str]:
        """What the model wrote, by the place of the note; the first line of each number counts."""
        lines = [_parted(self._slide.notes[at].text)[1] for at in self._places]
        values, mask = self._told(lines)
        most, text = _ROOM + _TIMES * sum(map(len, lines)), ""
        with closing(self._bench.writer.stream(self._bench.prompt, values, cancelled)) as pieces:
            for piece in pieces:
                text += piece
                if len(_THOUGHT.sub("", text)) > most:
                    break
        text = _THOUGHT.sub("", text).strip()
        numbered = [(int(hit["at"]), hit["text"]) for hit in _LINE.finditer(text)]
        if not numbered and text and len(lines) == 1:
            numbered = [(1, text)]
        found: dict[int, str] = {}
        for number, said in numbered:
            if 0 < number <= len(self._places):
                found.setdefault(self._places[number - 1], mask.back(said.strip()))
        return found

    def _told(self, lines: Sequence[str]) -> tuple[dict[str, str], Mask]:
        outline = self._lecture.outline
        values = {
            "audience": outline.audience.value,
            "style": outline.style.value,
            "title": self._slide.title,
            "day": self._day.isoformat(),
            "sources": self._evidence.told_sources,
            "notes": "\n".join(f"{at}. {text}" for at, text in enumerate(lines, 1)),
        }
        mask = Mask()
        if self._bench.writer.masks:
            mask.learn(*values.values())
            values = {name: mask(value) for name, value in values.items()}
        return values, mask

    def _checked(self, text: str, composed: Said) -> Said | str:
        """The note in the model's words with its sources, or the reason why the composed one stays."""
        ids = {self._lecture.citation(n).source_id for n in composed.cites}
        own = tuple(one.n for one in self._evidence.given if one.source_id in ids)
        chosen: list[int] = []
        said = list(sentences([text]))
        for sentence in said:
            found = self._support.check(replace(sentence, cites=sentence.cites or own))
            if isinstance(found, str):
                return found
            numbers, past = found
            draft = Draft(sentence.text, Section.BASIS, historic=past)
            for source_id in (self._evidence[n].source_id for n in numbers):
                if isinstance(held := cite(source_id, draft, self._bench.sources, self._day), str):
                    return held
                chosen += [one.n for one in self._cited if one.source_id == source_id]
        whole = "".join(sentence.text for sentence in said)
        if lost := _lost(composed.text, whole) or self._strange(whole):
            return lost
        kept = (n for n in chosen if n in composed.cites or self._lecture.citation(n).source_id not in ids)
        return replace(composed, text=whole, cites=tuple(dict.fromkeys(kept)), drafted=True)

    def _strange(self, text: str) -> str:
        """Who is named in it and nowhere on the slide or in its sources."""
        slide = self._slide
        shown = [one.text for one in (*slide.said, *slide.notes)]
        known = "\n".join((slide.title, *shown, *(one.text for one in self._evidence.given)))
        return next((f"“{hit.group()}”不在这一页的来源里" for hit in _WHO.finditer(text) if hit.group() not in known), "")


def _parted(text: str) -> tuple[str, str]:
    """A note in two: what says how it is meant, and what it says."""
    hit = _HEAD.match(text)
    at = hit.end() if hit else 0
    return (text[:at], text[at:]) if text[at:] else ("", text)


def _lost(composed: str, written: str) -> str:
    """What the composed sentence says and the written one leaves out: a figure, or what limits it."""
    if not written:
        return "没有写出句子"
    told = read_amounts(written)
    for amount in sorted(read_amounts(composed)):
        if not any(amount.agrees(one) for one in told):
            return f"漏了原句的“{amount}”"
    if (limit := _LIMIT.search(composed)) and not _LIMIT.search(written):
        return f"漏了原句“{limit.group()}”后面的话"
    return ""
