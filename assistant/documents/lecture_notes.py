"""Notes under every slide: what the trainer says, in the manner of the audience, with the sources beside it."""

from __future__ import annotations

from dataclasses import replace

from assistant.documents.lecture_said import Citing
from assistant.domain.lecture import Layout, Manner, Said, Slide, Style
from assistant.ingest.lectures import Teaching

_LEADS: dict[Layout, dict[Style, str]] = {
    "figure": {
        Style.WARNING: "先不讲道理，只讲这个数字。停三秒，让大家自己看。",
        Style.LAW: "先记住这个数字，后面的规定都围着它。",
        Style.SEMINAR: "先看数字，再请大家说它放在哪一条里。",
    },
    "timeline": {
        Style.WARNING: "按时间走一遍，每到一个点停一下：这里本来可以停。",
        Style.LAW: "按时间走一遍，每个点对应一项规定。",
        Style.SEMINAR: "按时间走一遍，请大家指出哪个点上有证据、哪个点上缺。",
    },
    "statement": {
        Style.WARNING: "这一页慢一点讲，讲完看看大家的反应。",
        Style.LAW: "这一页照着念一遍，再用自己的话说一遍。",
        Style.SEMINAR: "这一页先请一位说理解，再对照出处。",
    },
    "chain": {
        Style.WARNING: "从第一环往后指，指到一环停一下：这里要是停了，就没有下一环。最后让大家选，哪一步最该停。",
        Style.LAW: "一环一环讲，每一环对应谁的一项义务，后面几页会讲到。",
        Style.SEMINAR: "一环一环讲，请大家说出每一环要用什么证据证明。",
    },
    "lesson": dict.fromkeys(Style, "这一句念两遍，停一下。它是从这个案件里来的，不是法条。"),
    "tree": dict.fromkeys(Style, "从上到下讲：每个人都有自己的一份，不能互相替。"),
    "balance": dict.fromkeys(Style, "左边是宽，右边是严。先讲严在哪里，再讲宽要凭什么，最后说明两边都有条件。"),
    "tiers": dict.fromkeys(Style, "先讲哪一档由什么数字打开，再讲条件：人数、损失、责任，缺一项就不进这一档。"),
    "bars": dict.fromkeys(Style, "从上往下讲，让大家看长短：差一级，差多少。"),
    "columns": dict.fromkeys(Style, "一条一条讲，讲一条停一下。"),
    "myth": dict.fromkeys(Style, "先念左边，问一句“是不是这么想过”，再讲右边。"),
    "question": dict.fromkeys(Style, "念完题目，留一分钟，请两三个人说，不急着评。"),
    "options": dict.fromkeys(Style, "请大家举手选，记下人数，再公布答案。"),
}
_FIXED: dict[Layout, str] = {
    "cover": "{call}，今天讲“{title}”。讲的每一句法律都写了出处，会后可以自己翻。",
    "agenda": "今天按这几步走，中间可以打断提问。",
    "section": "现在讲“{title}”。",
    "remember": "最后只请大家记住这一句。它是讲课人的话，不是法条。",
    "sources": "这几页不念，留给想查的人拍照。引用之前，请再核对一次是否还是现行规定。",
}
_MOST_TERMS = 2


class Speaker:
    """Writes the notes of one lecture; a term is explained where it first appears."""

    def __init__(self, style: Style, manner: Manner, teaching: Teaching, citing: Citing) -> None:
        self._style, self._manner, self._teaching, self._citing = style, manner, teaching, citing
        self._explained: set[str] = set()
        self._count = 0

    def noted(self, slide: Slide) -> Slide:
        """The slide with its notes; what a picture leaves out of a statement is in its notes already."""
        if slide.layout in _FIXED:
            return replace(slide, notes=(Said(_FIXED[slide.layout].format(call=self._manner.call, title=slide.title)),))
        self._count += 1
        said = slide.notes or [Said(one.text if slide.layout == "figure" else one.headed, one.cites) for one in slide.said]
        if slide.layout == "options" and slide.figure:
            notes = [Said(f"答案是 {slide.figure}。请选对的人说说凭什么，再念解析。"), *said[-1:]]
            return replace(slide, notes=tuple(notes))
        notes = [Said(_LEADS[slide.layout][self._style]), *said, *self._terms(slide)]
        if slide.layout in {"statement", "figure", "columns"}:
            notes.append(Said("问大家：" + self._manner.ask[self._count % len(self._manner.ask)]))
        return replace(slide, notes=tuple(notes))

    def _terms(self, slide: Slide) -> list[Said]:
        if not self._manner.explains:
            return []
        explained: list[Said] = []
        text = "".join(one.text for one in slide.said)
        for one in self._teaching.meanings:
            fresh = one.term not in self._explained and one.cite and any(name in text for name in (one.term, *one.also))
            if fresh and len(explained) < _MOST_TERMS and (said := self._citing.say(one.means, one.cite, one.term)):
                self._explained.add(one.term)
                explained.append(Said(f"“{one.term}”是：{said.text}", said.cites))
        return explained
