"""数据包 out of one home and into another: a ledger sent, looked at again, and given back with remarks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from assistant.domain.ledger import Deed, Ledger, Loaded
from assistant.domain.ledger_chain import Entry, Link
from assistant.errors import BadPacket, UsageError
from assistant.ledger import HERE, LedgerService
from assistant.ledger_writing import append
from assistant.practice.ledger import utc
from assistant.practice.ledger_verify import Replay
from assistant.store.home_key import HomeKey
from assistant.store.packets import Packet, opened, pack


class LedgerPackets:
    """Packets of the ledgers of a home."""

    def __init__(self, ledgers: LedgerService) -> None:
        self._ledgers = ledgers

    @cached_property
    def key(self) -> HomeKey:
        """What this home signs with."""
        return HomeKey(self._ledgers.folder / "key")

    def export(self, owner: str, ledger_id: str, target: Path, who: str = HERE) -> tuple[int, str]:
        """Write a ledger with its evidence as a packet; returns the number of entries and the fingerprint of this home.

        A received ledger is exported too, with the remarks written here: that is how it goes back.
        """
        ledger = self._ledgers.ledger(owner, ledger_id)
        links = self._ledgers.store.links(ledger.id)
        replay = Replay(ledger)
        fault = next(replay.go((_row(link), link) for link in links), None)
        if fault:
            raise UsageError(f"台账“{ledger.site}”的{fault.where}{fault.what}，不能导出；请先运行 anheng ledger verify 查看。")
        files = []
        for digest, (where, file) in replay.evidence.items():
            content = self._ledgers.files.get(digest)
            if content is None:
                raise UsageError(f"{where}的证据“{file.name}”缺失或者被改动，不能导出；请先找回这个文件。")
            files.append((digest, content))
        about = {"chain": ledger.chain, "site": ledger.site, "made": utc(), "by": who}
        info = pack(target, about, links, files, self.key)
        return info.entries, info.fingerprint

    def load(self, owner: str, path: Path, trust: str = "") -> Loaded:
        """Load a packet; what is here already stays as it is. Raises ``BadPacket`` and changes nothing where anything is wrong.

        ``trust`` is a fingerprint that has been confirmed with the sender, where it is another than the last time.
        """
        with opened(path) as packet:
            entries = self._read(packet)
            ledger = next((one for one in self._ledgers.store.ledgers(owner) if one.chain == packet.info.chain), None)
            here = self._ledgers.store.links(ledger.id) if ledger else []
            fresh = _fresh(ledger, here, packet, entries, trust)
            files = self._files(packet, [entry for _, entry in fresh])
            if ledger is None:
                with self._ledgers.store.beginning(
                    owner, packet.info.site, packet.info.chain, packet.info.fingerprint
                ) as writing:
                    append(writing, [entry for _, entry in fresh], via=packet.info.fingerprint)
                    ledger = writing.ledger
            elif fresh:
                with self._ledgers.store.writing(owner, ledger.id) as writing:
                    held = writing.ids()  # somebody may have loaded the same packet meanwhile
                    append(writing, [entry for link, entry in fresh if link.id not in held], via=packet.info.fingerprint)
                    if trust and ledger.signer:
                        writing.trust(trust)
                    ledger = writing.ledger
            remarks = sum(entry.deed is Deed.REMARK for _, entry in fresh)
            return Loaded(ledger, packet.info, len(fresh), remarks, files)

    def _read(self, packet: Packet) -> Sequence[tuple[Link, Entry]]:
        """The entries of a packet, once they make sense from the first to the last."""
        info = packet.info
        replay = Replay(Ledger("", info.chain, "", info.site, "", info.entries, packet.head))
        fault = next(replay.go((_row(link), link) for link in packet.links), None)
        if fault:
            raise BadPacket(f"数据包里的{fault.where}{fault.what}，没有载入；请向发来的单位重新要一份。")
        lacking = next((file.name for digest, (_, file) in replay.evidence.items() if digest not in packet.files), "")
        if lacking:
            raise BadPacket(f"数据包缺少证据文件“{lacking}”，没有载入；请向发来的单位重新要一份。")
        return [(link, link.entry) for link in packet.links]

    def _files(self, packet: Packet, entries: Sequence[Entry]) -> int:
        """Keep the evidence of entries; returns how many files were new."""
        wanted = {file.sha256: file.name for entry in entries for file in entry.evidence}
        lacking = [digest for digest in wanted if not self._ledgers.files.has(digest)]
        for digest in lacking:
            self._ledgers.files.put(packet.evidence(digest), wanted[digest])
        return len(lacking)


def _row(link: Link) -> str:
    """The row that a link says it is about, for checks that know no other."""
    try:
        return link.entry.row
    except ValueError:
        return ""


def _fresh(
    ledger: Ledger | None, here: Sequence[Link], packet: Packet, entries: Sequence[tuple[Link, Entry]], trust: str
) -> list[tuple[Link, Entry]]:
    """What of a packet is not here yet, once it goes on from what is.

    Whoever keeps a ledger writes all of it but the remarks. So these entries, in a packet and here, have to be the same as far
    as both go: a history that was rewritten after it was sent is found.
    """
    if ledger is None:
        return list(entries)
    told = [link.id for link in here if link.entry.deed is not Deed.REMARK]
    sent = [link.id for link, entry in entries if entry.deed is not Deed.REMARK]
    both = min(len(told), len(sent))
    if told[:both] != sent[:both]:
        at = next(n for n in range(both) if told[n] != sent[n])
        raise BadPacket(f"数据包和以前的记录对不上：第{at + 1}条整改记录在上次之后被改过，没有载入；请向发来的单位核实。")
    if len(sent) > len(told) and not ledger.signer:
        raise BadPacket("数据包里有本机没有登记过的整改记录，没有载入；这本台账只能在本机登记。")
    if len(sent) > len(told) and packet.info.fingerprint not in (ledger.signer, trust):
        raise BadPacket(
            f"数据包的签名指纹是 {packet.info.fingerprint}，和上次的 {ledger.signer} 不同，没有载入；"
            "请先和发来的单位电话核对指纹，一致的再确认载入。",
            packet.info.fingerprint,
        )
    held = {link.id for link in here}
    return [(link, entry) for link, entry in entries if link.id not in held]
