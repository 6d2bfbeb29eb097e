"""What happens on the part 演练 of 讲堂: a drill chosen, decisions taken, the way looked back on. Nothing here belongs to one browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.answer.authorities import Authorities, Line, cards
from assistant.domain.cases import Case
from assistant.domain.drill import Choice
from assistant.domain.records import Point
from assistant.errors import NotFound, UsageError
from assistant.web import view_drill, view_drill_end
from assistant.web.desk import told
from assistant.web.drill_state import Held, Shown, Walk, kept, resumed
from assistant.web.drill_way import way
from assistant.web.state import Service

Data = Mapping[str, Any]


class DrillDesk:
    """The events. It holds what all browsers share, and nothing of any one of them."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def show(self, held: Held, failure: str = "") -> Shown:
        """Where this browser stands."""
        try:
            page, side = self._columns(held.walk, failure)
        except Exception as error:  # noqa: BLE001  the page is an edge
            page, side = view_drill.failed(told(error)), ""
        return Shown(held, page, side, kept(held.walk))

    def _columns(self, walk: Walk | None, failure: str) -> tuple[str, str]:
        if walk is None:
            drills = self._service.quiz.drills
            return view_drill.listed([(drill, self._case(drill.case)) for drill in drills], failure), view_drill.sources(
                Authorities()
            )
        case = self._case(walk.drill.case)
        if not walk.begun:
            found = self._cards(((case.title, (case.id,)),) if case else ())
            return view_drill.opening(walk.drill, case, found, failure), view_drill.sources(found)
        if walk.over:
            like = [one for name in walk.drill.like if (one := self._case(name))]
            found = self._cards([*self._stated(walk), *((one.title, (one.id,)) for one in (*filter(None, [case]), *like))])
            page = view_drill_end.end(walk, case, like, self._law, found, way(walk), failure)
            return page, view_drill.sources(found)
        found = self._cards(self._lines(walk.decisions[-1].choice) if walk.seen else ())
        page = view_drill.step(walk, case, self._law, found, way(walk), failure)
        return page, view_drill.sources(found)

    def act(self, name: str, held: Held, data: Data) -> Shown:
        """One of the events, by its name; a failure leaves everything as it was."""
        try:
            return self.show(getattr(self, f"_{name}")(held, data))
        except Exception as error:  # noqa: BLE001  the page is an edge
            return self.show(held, told(error))

    def open(self, held: Held, stored: object) -> Shown:
        """The part is turned to: the drill that this browser was in comes back where it was left."""
        try:
            return self.show(Held(held.walk or resumed(stored, self._service.quiz.drills)))
        except Exception as error:  # noqa: BLE001  the page is an edge
            return self.show(held, told(error))

    def _enter(self, held: Held, data: Data) -> Held:
        drill = next((one for one in self._service.quiz.drills if one.id == data.get("drill")), None)
        if drill is None:
            raise NotFound("没有这个演练，请从列表里选一个。")
        return Held(Walk(drill))

    def _begin(self, held: Held, data: Data) -> Held:
        return Held(replace(_walking(held), begun=True))

    def _decide(self, held: Held, data: Data) -> Held:
        """A decision; one to a step that has gone by, as from a second click, changes nothing."""
        walk = _walking(held)
        if walk.seen or walk.over or not walk.begun or str(data.get("turn")) != str(len(walk.taken)):
            return held
        pick = str(data.get("pick", ""))
        return Held(walk.decided(int(pick) if pick.isdecimal() and len(pick) < 3 else -1))

    def _next(self, held: Held, data: Data) -> Held:
        walk = _walking(held)
        return Held(replace(walk, seen=False)) if str(data.get("turn")) == str(len(walk.taken)) else held

    def _again(self, held: Held, data: Data) -> Held:
        return Held(Walk(_walking(held).drill, begun=True))

    def _other(self, held: Held, data: Data) -> Held:
        """换一条路: back to a step, to decide otherwise."""
        walk, at = _walking(held), str(data.get("turn", ""))
        if not at.isdecimal() or int(at) >= len(walk.taken):
            raise UsageError("走过的路上没有这一步，请从列出的几步里选。")
        return Held(replace(walk, taken=walk.taken[: int(at)], seen=False))

    def _leave(self, held: Held, data: Data) -> Held:
        return Held()

    # What it rests on

    def _case(self, name: str) -> Case | None:
        found = self._service.sources.record(name) if name else None
        return found if isinstance(found, Case) else None

    def _law(self, choice: Choice) -> tuple[Point, ...]:
        return self._service.quiz.law(choice)

    def _lines(self, choice: Choice) -> Iterator[Line]:
        yield from ((point.text, point.cite) for point in self._law(choice))

    def _stated(self, walk: Walk) -> Iterator[Line]:
        """Of each decision in its order, and of the better ones where it was not sound."""
        for one in walk.decisions:
            yield from self._lines(one.choice)
            if not one.choice.sound:
                for better in view_drill_end.better(one.step):
                    yield from self._lines(better)

    def _cards(self, lines: Any) -> Authorities:
        return cards(lines, self._service.sources, date.today())


def _walking(held: Held) -> Walk:
    if held.walk is None:
        raise UsageError("还没有选演练，请从列表里选一个。")
    return held.walk
