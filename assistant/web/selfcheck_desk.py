"""What happens on the page 企业自查: a check begun, questions answered, the report read. Nothing here belongs to one browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.domain.selfcheck import Given
from assistant.errors import UsageError
from assistant.practice.selfcheck_rating import asks_condition
from assistant.selfcheck import SelfCheckService
from assistant.selfcheck_ledger import enter
from assistant.web.browser import Browser
from assistant.web.desk import told
from assistant.web.selfcheck_files import SelfCheckFiles
from assistant.web.selfcheck_show import Held, SelfCheckShow, Shown
from assistant.web.state import Service
from assistant.web.view_selfcheck import STEPS, ticked
from assistant.web.view_selfcheck_ask import clock

Data = Mapping[str, str]


class SelfCheckDesk:
    """The events of the page; ``pdf`` tells whether this machine makes PDF files."""

    def __init__(self, service: Service, *, pdf: bool) -> None:
        self._service, self._show = service, SelfCheckShow(service, pdf=pdf)
        self.files = SelfCheckFiles(service)

    @property
    def _checks(self) -> SelfCheckService:
        return self._service.selfcheck

    def show(self, held: Held, stored: object, failure: str = "", notice: str = "") -> Shown:
        """The page as it stands."""
        return self._show.columns(held, Browser.read(stored).owner, failure, notice)

    def _do(self, held: Held, stored: object, act: Callable[[str], Held], notice: str = "") -> Shown:
        """Something that changes what is kept; where it fails, the sentence and the page as it was."""
        try:
            return self.show(act(Browser.read(stored).owner), stored, notice=notice)
        except Exception as error:  # noqa: BLE001  the page is an edge
            return self.show(held, stored, told(error))

    # Where the reader is

    def load(self, held: Held, stored: object) -> Shown:
        """The page is opened or reloaded: the last check comes back where it was left."""
        owner = Browser.read(stored).owner
        try:
            latest = next(iter(self._checks.store.checks(owner)), None)
        except Exception as error:  # noqa: BLE001  the page is an edge
            return self.show(Held(), stored, told(error))
        return self.visit(held, stored, {"check": latest.id}) if latest else self.show(Held(), stored)

    def fresh(self, held: Held, stored: object, data: Data) -> Shown:
        """＋新自查."""
        return self.show(Held(who=held.who), stored)

    def visit(self, held: Held, stored: object, data: Data) -> Shown:
        """A check from the left column, where it was left."""

        def act(owner: str) -> Held:
            check = self._checks.store.get(owner, data.get("check", ""))
            return Held(check.id, "report" if check.finished else "ask", "", held.who or check.who)

        return self._do(Held(who=held.who), stored, act)

    def goto(self, held: Held, stored: object, data: Data) -> Shown:
        """Another step of the same check."""
        step = data.get("step", "")
        if step == "report":
            return self.finish(held, stored, data)
        if step not in STEPS or not held.check:
            return self.show(replace(held, step="setup"), stored)
        return self.show(replace(held, step=step, form={}), stored)

    def turn(self, held: Held, stored: object, data: Data) -> Shown:
        """A question is opened."""
        return self.show(replace(held, step="ask", at=data.get("question", "")), stored)

    # What the reader does

    def join(self, held: Held, stored: object, data: Data) -> Shown:
        """A colleague's site is joined, and its latest check opened."""

        def act(owner: str) -> Held:
            site = self._checks.store.join(owner, data.get("code", ""))
            latest = next(iter(self._checks.store.checks(owner, site.id)), None)
            return Held(latest.id, "ask", "", held.who) if latest else Held(who=held.who)

        return self._do(replace(held, form=dict(data)), stored, act, "已加入，可以一起答。")

    def pick(self, held: Held, stored: object, data: Data) -> Shown:
        """A questionnaire is chosen in the form, which keeps what it holds."""
        return self.show(replace(held, form={**data, "checklist": data.get("chosen", "")}, who=data.get("who", held.who)), stored)

    def begin(self, held: Held, stored: object, data: Data) -> Shown:
        """The check is begun."""
        held = replace(held, form=dict(data), who=data.get("who", ""))

        def act(owner: str) -> Held:
            keys = ticked(data, self._checks.features)
            opened = self._checks.begin(
                owner, data.get("site", ""), data.get("checklist", ""), keys, data.get("size", ""), held.who
            )
            return Held(opened.check.id, "ask", "", held.who)

        return self._do(held, stored, act)

    def retick(self, held: Held, stored: object, data: Data) -> Shown:
        """Other features."""

        def act(owner: str) -> Held:
            self._checks.retick(owner, held.check, ticked(data, self._checks.features))
            return replace(held, step="ask", at="", form={})

        return self._do(held, stored, act)

    def reply(self, held: Held, stored: object, data: Data) -> Shown:
        """A question is answered; the next one opens, unless the standard asks for one more thing."""
        question, owner = data.get("question", ""), Browser.read(stored).owner
        held = replace(held, who=data.get("who", held.who), at=question)
        try:
            before, after = self._checks.answer(owner, held.check, question, data.get("reply", ""), data.get("note"), held.who)
            opened = self._checks.open(owner, held.check)
            at = next((one for one in opened.asked if one.id == question), None)
            tip = self._checks.tips.get(at.tip) if at else None
            if not (at and tip and asks_condition(tip, at, after)):
                following = opened.following(question)
                held = replace(held, at=following.id if following else "")
        except Exception as error:  # noqa: BLE001  the page is an edge
            return self.show(held, stored, told(error))
        return self.show(held, stored, notice=_overruled(before, after, data.get("was", "")))

    def jot(self, held: Held, stored: object, data: Data) -> Shown:
        """Only the note is kept."""
        held = replace(held, who=data.get("who", held.who))

        def act(owner: str) -> Held:
            self._checks.answer(owner, held.check, data.get("question", ""), "", data.get("note"), held.who)
            return held

        return self._do(held, stored, act, "说明已存。")

    def affirm(self, held: Held, stored: object, data: Data) -> Shown:
        """The condition of the standard is met, or not; the next question opens."""
        question = data.get("question", "")

        def act(owner: str) -> Held:
            self._checks.confirm(owner, held.check, question, data.get("yes") == "1", held.who)
            following = self._checks.open(owner, held.check).following(question)
            return replace(held, at=following.id if following else "")

        return self._do(held, stored, act)

    def attach(self, held: Held, stored: object, paths: Sequence[str]) -> Shown:
        """Files for the open question."""

        def act(owner: str) -> Held:
            at = self._show.at(held, self._checks.open(owner, held.check))
            if not at:
                raise UsageError("请先打开一问，再附照片或文件。")
            self._checks.attach(owner, held.check, at, [(Path(path), Path(path).name) for path in paths or ()], held.who)
            return replace(held, at=at)

        try:
            return self._do(held, stored, act, "附件已存。")
        finally:  # what was kept lies in the home
            for path in paths or ():
                Path(path).unlink(missing_ok=True)

    def detach(self, held: Held, stored: object, data: Data) -> Shown:
        """A file is taken off an answer."""

        def act(owner: str) -> Held:
            self._checks.detach(owner, held.check, data.get("question", ""), data.get("file", ""), held.who)
            return held

        return self._do(held, stored, act)

    def seen(self, held: Held, stored: object, data: Data) -> Shown:
        """How the questionnaire changed has been read."""

        def act(owner: str) -> Held:
            self._checks.seen(owner, held.check)
            return held

        return self._do(held, stored, act)

    def finish(self, held: Held, stored: object, data: Data) -> Shown:
        """The report is wanted; it stands for the day on which it was first asked for, until an answer changes."""

        def act(owner: str) -> Held:
            if not self._checks.store.get(owner, held.check).finished:
                self._checks.store.change(owner, held.check, finished=True)
            return replace(held, step="report", at="")

        return self._do(held, stored, act)

    def enter(self, held: Held, stored: object, data: Data) -> Shown:
        """The findings become rows of the ledger."""

        def act(owner: str) -> Held:
            enter(self._checks, self._service.ledger, owner, held.check, held.who)
            return replace(held, step="ledger")

        return self._do(held, stored, act, "这次自查的缺口都在台账里了。")

    def erase(self, held: Held, stored: object, data: Data) -> Shown:
        """A check is deleted."""

        def act(owner: str) -> Held:
            self._checks.remove(owner, data.get("check", ""))
            return Held(who=held.who) if data.get("check") == held.check else held

        return self._do(held, stored, act, "已删除。")


def _overruled(before: Given, after: Given, was: str) -> str:
    """Somebody else has answered since this reader saw the question: said, and both are kept."""
    if not before.at or before.at.isoformat() == was or before.reply == after.reply or not before.reply:
        return ""
    who = before.who or "另一个窗口"
    return f"{who}在 {clock(before.at)} 已答“{before.reply}”，现在以您答的“{after.reply}”为准；两次回答都留在记录里，可以再改。"
