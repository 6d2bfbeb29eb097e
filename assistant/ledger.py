"""台账: ledgers of sites, their rows, and what happens to them. Holds nothing of anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import Any

from filelock import FileLock

from assistant.domain.ledger import Deed, Evidence, Fault, Filter, Gap, Ledger, LedgerRow, Penalty, State, Tally
from assistant.domain.ledger_chain import Entry
from assistant.errors import HomeError, NotFound, UsageError
from assistant.ledger_writing import Progress, Stop, append, counting, told, unheard
from assistant.practice.ledger import alike, amend, as_penalty, move, new, penalties_of, register
from assistant.practice.ledger_verify import Replay
from assistant.settings import Settings
from assistant.store.ledger import LedgerStore, Writing, columns
from assistant.store.ledger_files import EvidenceFiles
from assistant.store.ledger_queries import LedgerQueries
from assistant.store.repository import Repository

LONGEST_SITE, LONGEST_NOTE = 60, 2000
"""Characters."""
HERE = "本机"
"""Who did it, where nobody says."""


class LedgerService:
    """The ledgers of this home."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder = settings.home / "ledger"

    @cached_property
    def repository(self) -> Repository:
        """The database."""
        return Repository.of(self.settings)

    @cached_property
    def store(self) -> LedgerStore:
        """Chains and rows."""
        return LedgerStore(self.repository)

    @cached_property
    def queries(self) -> LedgerQueries:
        """Rows by filter."""
        return LedgerQueries(self.repository)

    @cached_property
    def files(self) -> EvidenceFiles:
        """Evidence."""
        return EvidenceFiles(self.folder / "files")

    # Looking

    def ledgers(self, owner: str = "") -> list[Ledger]:
        """The owner's ledgers, one a site; everybody's where no owner is given."""
        return self.store.ledgers(owner)

    def ledger(self, owner: str, ledger_id: str) -> Ledger:
        """One of the owner's; ``NotFound`` where there is none such."""
        found = next((one for one in self.store.ledgers(owner) if one.id == ledger_id), None)
        if found is None:
            raise NotFound("这本台账不在记录里，请刷新后再试。")
        return found

    def rows(self, owner: str, wanted: Filter, limit: int | None = None, offset: int = 0) -> list[tuple[str, str, LedgerRow]]:
        """(ledger id, site, row), what presses most first."""
        return self.queries.rows(owner, wanted, date.today(), limit, offset)

    def tally(self, owner: str, wanted: Filter) -> Tally:
        """Counts of what the filter leaves."""
        return self.queries.tally(owner, wanted, date.today())

    def row(self, owner: str, ledger_id: str, row_id: str) -> LedgerRow:
        """One row; ``NotFound``."""
        return self.store.row(self.ledger(owner, ledger_id).id, row_id)

    def history(self, owner: str, ledger_id: str, row_id: str) -> list[tuple[Entry, str]]:
        """What happened to a row, in order: (entry, fingerprint of the home that it came from)."""
        self.ledger(owner, ledger_id)
        return [(link.entry, link.via) for link in self.store.links(ledger_id, row_id)]

    def penalties(self, owner: str, ledger_id: str) -> list[Penalty]:
        """All penalties of a site, in order."""
        self.ledger(owner, ledger_id)
        word = Deed.PENALTY.value.encode()
        links = (link for _, link in self.store.filed(ledger_id) if word in link.body)
        return penalties_of(link.entry for link in links)

    def verify(self, owner: str = "", progress: Progress = unheard, cancelled: Stop = lambda: False) -> list[Fault]:
        """What was changed of the owner's ledgers, or of everybody's, other than by their entries."""
        found: list[Fault] = []
        for ledger in self.store.ledgers(owner):
            said = told(progress, ledger.length, cancelled, f"校验“{ledger.site}”")
            found += self._verified(ledger, said)
        return found

    def _verified(self, ledger: Ledger, said: Callable[[int], None]) -> Iterator[Fault]:
        replay = Replay(ledger)

        def held(row: LedgerRow) -> Mapping[str, Any]:
            return columns(ledger.id, ledger.owner, alike(row.gap), row)

        try:
            yield from replay.go(counting(self.store.filed(ledger.id), said))
            yield from replay.compare(self.store.stored(ledger.id), held)
        except HomeError as error:
            yield Fault(ledger.site, "数据库", str(error))
        for digest, (where, file) in replay.evidence.items():
            if self.files.get(digest) is None:
                yield Fault(ledger.site, f"{where}的证据“{file.name}”", "文件缺失或者被改动")

    # Changing

    def begun(self, owner: str, site: str, who: str = HERE) -> Ledger:
        """The owner's own ledger of a site, begun where there is none."""
        name = site_name(site)
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder / "lock"):
            found = next((one for one in self.store.ledgers(owner) if one.site == name and not one.signer), None)
            if found:
                return found
            with self.store.beginning(owner, name) as writing:
                begins = new("", Deed.BEGIN, who, after={"site": name, "chain": writing.ledger.chain})
                append(writing, [begins])
                return writing.ledger

    def add(self, owner: str, site: str, gaps: Sequence[Gap], who: str = HERE) -> tuple[LedgerRow, ...]:
        """Gaps of a site become rows; returns the rows that are new or were found again."""
        ledger = self.begun(owner, site, who)
        return self.register(owner, ledger.id, gaps, who)

    def register(
        self,
        owner: str,
        ledger_id: str,
        gaps: Sequence[Gap],
        who: str,
        progress: Progress = unheard,
        cancelled: Stop = lambda: False,
    ) -> tuple[LedgerRow, ...]:
        """As ``add``, into a ledger that there is; all of them, or none where it is cancelled."""
        for gap in gaps:
            if not gap.hazard.strip():
                raise UsageError("有一条隐患没有内容，请写明是什么隐患。")
        with self.own(owner, ledger_id) as writing:
            entries = register(gaps, writing.alike(map(alike, gaps)), who, date.today())
            return append(writing, entries, told(progress, len(entries), cancelled))

    def move(
        self, owner: str, ledger_id: str, row_id: str, to: State, who: str, note: str = "", files: Iterable[Evidence] = ()
    ) -> LedgerRow:
        """A change of state, with what shows for it; raises ``UsageError`` for one that is not allowed."""
        return self._change(owner, ledger_id, row_id, lambda row: move(row, to, who, _short(note), tuple(files)))

    def amend(self, owner: str, ledger_id: str, row_id: str, values: Mapping[str, Any], who: str, note: str = "") -> LedgerRow:
        """Measure, level, deadline, who is responsible: what may be changed of a row."""
        return self._change(owner, ledger_id, row_id, lambda row: amend(row, values, who, _short(note)))

    def attach(self, owner: str, ledger_id: str, row_id: str, files: Iterable[Evidence], who: str, note: str = "") -> LedgerRow:
        """Evidence is added to a row."""
        held = tuple(files)
        return self._change(
            owner, ledger_id, row_id, lambda row: new(row.id, Deed.EVIDENCE, who, evidence=held, note=_short(note))
        )

    def punish(self, owner: str, ledger_id: str, row_id: str, penalty: Penalty, who: str) -> LedgerRow:
        """An authority has punished a gap: what tells later that it came back after a penalty."""
        if penalty.on > date.today():
            raise UsageError("处罚日期不能晚于今天，请改正后再登记。")
        return self._change(owner, ledger_id, row_id, lambda row: new(row.id, Deed.PENALTY, who, after=as_penalty(penalty)))

    def remark(self, owner: str, ledger_id: str, row_id: str, words: str, who: str, files: Iterable[Evidence] = ()) -> LedgerRow:
        """检察意见 on a row, also of a ledger that was received."""
        if not words.strip():
            raise UsageError("意见还是空的，请写几个字再保存。")
        held = tuple(files)

        def said(row: LedgerRow) -> Entry:
            return new(row.id, Deed.REMARK, who, note=_short(words), evidence=held)

        with self.store.writing(owner, ledger_id) as writing:
            return append(writing, [said(writing.row(row_id))])[0]

    def _change(self, owner: str, ledger_id: str, row_id: str, make: Callable[[LedgerRow], Entry | None]) -> LedgerRow:
        with self.own(owner, ledger_id) as writing:
            row = writing.row(row_id)
            entry = make(row)
            return append(writing, [entry])[0] if entry else row

    @contextmanager
    def own(self, owner: str, ledger_id: str) -> Iterator[Writing]:
        """A ledger that was begun here; one that was received is its sender's to change."""
        with self.store.writing(owner, ledger_id) as writing:
            if writing.ledger.signer:
                raise UsageError("这是别处发来的台账，只能写检察意见；整改情况由发来的单位登记。")
            yield writing


def site_name(text: str) -> str:
    """A site's name without needless spaces; raises ``UsageError`` for one that is empty or too long."""
    name = " ".join(text.split())
    if not name:
        raise UsageError("请写明场所名称，例如“南山路12号餐饮店”。")
    if len(name) > LONGEST_SITE:
        raise UsageError(f"场所名称“{name[:20]}……”太长，请写在{LONGEST_SITE}字以内。")
    return name


def _short(note: str) -> str:
    if len(note) > LONGEST_NOTE:
        raise UsageError(f"说明太长，请写在{LONGEST_NOTE}字以内，更多的内容请作为证据文件附上。")
    return note.strip()
