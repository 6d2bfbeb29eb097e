"""咨询: the components of the page and which event calls what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr

from assistant.documents.pdf import program
from assistant.web import (
    assess_page,
    check_page,
    evidence_page,
    hall_page,
    leads_page,
    ledger_page,
    library_page,
    material_page,
    papers_page,
    selfcheck_page,
    talks_page,
    view,
)
from assistant.web.desk import Desk
from assistant.web.evidence_desk import EvidenceDesk
from assistant.web.markup import QUIET, html
from assistant.web.material_desk import MaterialDesk
from assistant.web.papers_desk import PapersDesk
from assistant.web.running import Running
from assistant.web.selfcheck_desk import SelfCheckDesk
from assistant.web.state import Talk
from assistant.web.talks import TalkDesk


@dataclass
class _Parts:
    """The components, by what they are for."""

    question: gr.Textbox
    on: gr.Textbox
    send: gr.Button
    stop: gr.Button
    new: gr.Button
    talk_html: gr.HTML
    sources_html: gr.HTML
    reader_html: gr.HTML
    past: talks_page.Column
    notice: gr.HTML
    bar: gr.HTML
    results: gr.HTML
    checked: gr.HTML
    assessed: gr.HTML
    papers: papers_page.PaperParts
    evidence: evidence_page.EvidenceParts
    leads: leads_page.LeadsParts
    selfcheck: selfcheck_page.SelfCheckParts
    hall: hall_page.HallParts
    ledger: ledger_page.LedgerParts
    own: material_page.MaterialParts
    talk: gr.State
    running: gr.State
    browser: gr.BrowserState

    @property
    def shown(self) -> list[Any]:
        """In the order of ``Shown``."""
        columns = [self.talk_html, self.sources_html, self.past.history]
        return [self.question, self.talk, *columns, self.browser, self.notice, self.running]


def build(site: gr.Blocks, desk: Desk, proofs: EvidenceDesk) -> None:
    """Lay out the page and wire it; called inside the Blocks."""
    parts = _lay_out(site, desk, proofs)
    asked = _wire_asking(parts, desk)
    talks = TalkDesk(desk)
    talks_page.wire(parts, talks, asked)
    _wire_reading(parts, desk, talks)
    for event, yes in ((parts.bar.agree, True), (parts.bar.disagree, False)):
        event(partial(desk.agree, yes), None, parts.bar, **QUIET)
    hall_page.wire(site, parts.hall, desk.service, desk.repository, parts.browser)
    own = MaterialDesk(desk.materials, desk.repository, desk.history)
    selfcheck_page.wire(site, parts.selfcheck, SelfCheckDesk(desk.service, pdf=bool(program())), parts.browser)
    ledger_page.wire(site, parts.ledger, desk.service, parts.browser)
    material_page.wire(parts.own, own, parts.talk, parts.browser, parts.past.history, parts.notice)
    site.load(desk.about, None, parts.bar, **QUIET)
    site.load(desk.load, parts.browser, parts.shown, **QUIET)


def _lay_out(site: gr.Blocks, desk: Desk, proofs: EvidenceDesk) -> _Parts:
    bar = html("agree disagree", value=view.bar({}), elem_id="bar")
    with gr.Row(elem_id="desk"):
        checks = selfcheck_page.side()
        with gr.Column(elem_id="side"):
            new = gr.Button("＋ 新咨询", elem_id="new")
            html(value=view.roles(), elem_id="roles")
            past = talks_page.lay_out()
        with gr.Column(elem_id="middle"):
            talk_html = html(f"ask useful wrong assess {talks_page.TURN_EVENTS}", value=view.welcome(), elem_id="talk")
            box = _composer()
            results = library_page.build(desk)
            checked = check_page.build(desk.service)
            papers = papers_page.lay_out()
            assessed = assess_page.build(site, desk.service.assessing, talk_html, papers.page)
            evidence, leads = evidence_page.build(site, proofs), leads_page.build(site, desk.service)
            selfcheck = selfcheck_page.lay_out(checks)
            ledger, hall = ledger_page.lay_out(), hall_page.lay_out()
        with gr.Column(elem_id="right"):
            sources_html = html("read", elem_id="sources")
            for beside in (assessed.side, papers.side, evidence.dates, leads.side, selfcheck.right, *hall.sides, ledger.side):
                beside.render()
            reader_html = html("read", elem_id="reader")
    papers_page.wire(papers, PapersDesk(desk.service), assessed.case, assessed.sheet)
    return _Parts(
        **box,
        new=new,
        talk_html=talk_html,
        sources_html=sources_html,
        reader_html=reader_html,
        past=past,
        results=results,
        checked=checked,
        assessed=assessed.side,
        papers=papers,
        evidence=evidence,
        leads=leads,
        selfcheck=selfcheck,
        hall=hall,
        ledger=ledger,
        notice=html(elem_id="notice"),
        bar=bar,
        talk=gr.State(Talk()),
        running=gr.State(None),
        browser=gr.BrowserState(storage_key="anheng", secret="anheng"),
    )


def _composer() -> dict[str, Any]:
    """The box, its parts by their names: one line to Gradio, so that Enter sends; the style sheet makes it taller."""
    with gr.Column(elem_id="composer"):
        question = gr.Textbox(
            label="问题",
            placeholder="写下问题，或粘贴案情……",
            lines=1,
            max_lines=10,
            container=False,
            elem_id="question",
        )
        own = material_page.lay_out()
        with gr.Row(elem_id="controls"):
            own.button.render()
            on = gr.Textbox(label="行为时间", placeholder="不限，如 2021-03-01", max_lines=1, elem_id="on")
            html(value=view.depth(), elem_id="depth")
            stop = gr.Button("停止", elem_id="stop")
            send = gr.Button("发送", elem_id="send")
    return {"question": question, "on": on, "send": send, "stop": stop, "own": own}


def _wire_asking(parts: _Parts, desk: Desk) -> list[Any]:
    """Returns the events that may be at work when the reader turns to something else."""
    asking = {
        "fn": desk.ask,
        "inputs": [parts.question, parts.on, parts.talk, parts.browser],
        "outputs": parts.shown,
        "concurrency_limit": 4,
        "concurrency_id": "ask",
        **QUIET,
    }
    typed = gr.on([parts.send.click, parts.question.submit], **asking, trigger_mode="once")

    def example(event: gr.EventData) -> str:
        return str(event._data.get("question", ""))

    clicked = parts.talk_html.ask(example, None, parts.question, **QUIET).then(**asking)

    def stop(running: Running | None) -> None:
        desk.stop(running)

    parts.stop.click(stop, parts.running, None, queue=False, **QUIET)
    return [typed, clicked]


def _wire_reading(parts: _Parts, desk: Desk, talks: TalkDesk) -> None:
    def judged(browser: Any, event: gr.EventData) -> str:
        return desk.judge(browser, dict(event._data))

    def read(talk: Talk, browser: Any, event: gr.EventData) -> str:
        talks.opened(browser, talk, dict(event._data))
        return desk.read(talk, dict(event._data), browser)

    for source in (
        parts.sources_html,
        parts.reader_html,
        parts.results,
        parts.checked,
        parts.assessed,
        parts.papers.side,
        *parts.evidence,
        *parts.leads,
        parts.selfcheck.main,
        parts.selfcheck.right,
        *parts.hall.reading,
        parts.ledger.page,
        parts.ledger.side,
        parts.own.listed,
    ):
        source.read(read, [parts.talk, parts.browser], parts.reader_html, **QUIET)
    for verdict in (parts.talk_html.useful, parts.talk_html.wrong):
        verdict(judged, parts.browser, parts.notice, **QUIET)
