"""What happens on the page 台账 to rows: filtered, opened, registered, moved on, remarked. Nothing here belongs to one browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.domain.ledger import Filter, Gap, Level, Penalty, State
from assistant.errors import BadDate, NotFound, UsageError
from assistant.ledger import HERE, LedgerService
from assistant.web.browser import Browser
from assistant.web.ledger_show import SHOWN, Held, LedgerShow, Shown, gone

Data = Mapping[str, str]


class LedgerDesk(LedgerShow):
    """The events."""

    @property
    def _ledger(self) -> LedgerService:
        return self.service.ledger

    def act(self, name: str, held: Held, stored: object, who: str, data: Data) -> Shown:
        """One event by name, as the named method turns what is held; a failure leaves it as it was."""
        turn: Callable[[Held, str, str, Data], Held] = getattr(self, name)
        try:
            return self.show(turn(held.quiet(), Browser.read(stored).owner, who.strip() or HERE, data), stored)
        except Exception as error:  # noqa: BLE001  the page is an edge
            return self.failed(held, stored, error)

    # Looking

    def refresh(self, held: Held, owner: str, who: str, data: Data) -> Held:
        """The page is turned to: rows may have come from elsewhere."""
        return held

    def filter(self, held: Held, owner: str, who: str, data: Data) -> Held:
        """Site, month, responsible person, words."""
        chosen = Filter(
            data.get("site", ""),
            held.wanted.state,
            data.get("month", ""),
            data.get("person", ""),
            " ".join(data.get("words", "").split())[:60],
            held.wanted.repeated,
        )
        return replace(held, wanted=chosen, many=SHOWN, row="")

    def state(self, held: Held, owner: str, who: str, data: Data) -> Held:
        """Only rows of a state, or of all again."""
        state = data.get("state", "")
        return replace(held, wanted=replace(held.wanted, state="" if held.wanted.state == state else state), many=SHOWN, row="")

    def repeated(self, held: Held, owner: str, who: str, data: Data) -> Held:
        """Only what came back, or all again."""
        return replace(held, wanted=replace(held.wanted, repeated=not held.wanted.repeated), many=SHOWN, row="")

    def open(self, held: Held, owner: str, who: str, data: Data) -> Held:
        """A row is opened; one that the filter leaves out comes with the filter taken back."""
        row = self._ledger.row(owner, data["ledger"], data["row"])
        shown = self._ledger.rows(owner, held.wanted, held.many)
        wanted = (
            held.wanted if any(one.id == row.id for _, _, one in shown) else Filter(data["ledger"], words=row.gap.hazard[:60])
        )
        return replace(held, ledger=data["ledger"], row=row.id, wanted=wanted, adding=False)

    def close(self, held: Held, owner: str, who: str, data: Data) -> Held:
        """The row, or the form, is closed."""
        return replace(held, row="", adding=False)

    def more(self, held: Held, owner: str, who: str, data: Data) -> Held:
        """Further rows."""
        return replace(held, many=held.many + SHOWN)

    def chart(self, held: Held, owner: str, who: str, data: Data) -> Held:
        """A chart is shown, or taken away."""
        kind = data.get("kind", "")
        return replace(held, chart="" if held.chart == kind else kind)

    # Changing

    def adding(self, held: Held, owner: str, who: str, data: Data) -> Held:
        """The form for a new row."""
        return replace(held, adding=True, row="")

    def register(self, held: Held, owner: str, who: str, data: Data) -> Held:
        """A new row by hand."""
        gap = Gap(
            "",
            data.get("new_hazard", "").strip(),
            Level(data.get("new_level", Level.MINOR)),
            measure=data.get("new_measure", "").strip(),
            post=data.get("new_post", "").strip(),
            person=data.get("new_person", "").strip(),
            deadline=_day(data.get("new_deadline", "")),
            source="人工登记",
        )
        made = self._ledger.add(owner, data.get("new_site", ""), [gap], who)
        return replace(held, adding=False, message="已登记。" if made else "这条隐患今天已经登记过，没有重复登记。")

    def move(self, held: Held, owner: str, who: str, data: Data) -> Held:
        """Another state."""
        row = self._ledger.move(owner, data["ledger"], data["row"], State(data["to"]), who, data.get("note", ""))
        return replace(held, message=f"第{row.number}行现在是“{row.state}”。")

    def amend(self, held: Held, owner: str, who: str, data: Data) -> Held:
        """Who, by when, how."""
        day = _day(data.get("set_deadline", ""))
        values: dict[str, Any] = {name: data.get(f"set_{name}", "").strip() for name in ("post", "person", "measure")}
        values["deadline"] = day.isoformat() if day else None
        self._ledger.amend(owner, data["ledger"], data["row"], values, who)
        return replace(held, message="已保存。")

    def punish(self, held: Held, owner: str, who: str, data: Data) -> Held:
        """An authority has punished it."""
        day = _day(data.get("fine_on", ""))
        if day is None:
            raise UsageError("请写处罚日期。")
        penalty = Penalty(day, data.get("fine_kind", "").strip(), data.get("fine_number", "").strip())
        self._ledger.punish(owner, data["ledger"], data["row"], penalty, who)
        return replace(held, message="已登记处罚；同一隐患再出现时，会提示可能适用的规定。")

    def remark(self, held: Held, owner: str, who: str, data: Data) -> Held:
        """检察意见."""
        self._ledger.remark(owner, data["ledger"], data["row"], data.get("remark", ""), who)
        return replace(held, message="意见已写入；交回时导出数据包即可。")

    def skip(self, held: Held, owner: str, who: str, data: Data) -> Held:
        """A table is not imported after all."""
        gone(held.path)
        return replace(held, read=None, path="", bad=())

    def attach(self, held: Held, stored: object, who: str, paths: list[str]) -> Shown:
        """Files become evidence of the open row."""
        try:
            if not held.row:
                raise NotFound("请先打开一行，再附证据文件。")
            owner = Browser.read(stored).owner
            self._ledger.row(owner, held.ledger, held.row)
            kept = [self._ledger.files.keep(path) for path in map(Path, paths)]
            self._ledger.attach(owner, held.ledger, held.row, kept, who.strip() or HERE)
            return self.show(replace(held.quiet(), message=f"已附 {len(kept)} 个证据文件。"), stored)
        except Exception as error:  # noqa: BLE001  the page is an edge
            return self.failed(held, stored, error)
        finally:
            for path in paths:
                gone(path)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadDate(f"日期“{text[:20]}”写法不对，请写成 2026-12-31 的样子。") from None
