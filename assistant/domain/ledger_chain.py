"""The chain of a ledger: entries as bytes, each bound to all before it by a hash, so that a changed byte is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.domain.ledger import Deed, Evidence

START = hashlib.sha256(b"anheng-ledger").hexdigest()
"""What the first link is bound to."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a ledger, never changed once written."""

    row: str
    """Id of the row; empty for the first entry of a ledger."""
    deed: Deed
    when: str
    """UTC, ISO form to the second."""
    who: str
    after: Mapping[str, Any] = field(default_factory=dict)
    """Fields that it sets, as JSON values."""
    before: Mapping[str, Any] = field(default_factory=dict)
    """What they were."""
    note: str = ""
    evidence: tuple[Evidence, ...] = ()
    nonce: str = ""
    """Random, so that two entries that say the same are two."""

    def to_bytes(self) -> bytes:
        """Canonical JSON: sorted keys, no spaces, UTF-8; empty fields are left out."""
        files = [[one.name, one.sha256, one.size] for one in self.evidence]
        said = {
            "row": self.row,
            "deed": self.deed.value,
            "when": self.when,
            "who": self.who,
            "after": dict(self.after),
            "before": dict(self.before),
            "note": self.note,
            "evidence": files,
            "nonce": self.nonce,
        }
        return canonical({name: value for name, value in said.items() if value})

    @classmethod
    def from_bytes(cls, body: bytes) -> Entry:
        """Raises ``ValueError`` for what ``to_bytes`` did not write."""
        try:
            said = json.loads(body)
            files = tuple(Evidence(str(name), str(digest), int(size)) for name, digest, size in said.pop("evidence", ()))
            entry = cls(**({"row": ""} | said | {"deed": Deed(said["deed"]), "evidence": files}))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not an entry: {error}") from error
        if entry.to_bytes() != body:
            raise ValueError("not an entry in its canonical form")
        return entry


@dataclass(frozen=True, slots=True)
class Link:
    """An entry in its place in the chain."""

    seq: int
    """From 1."""
    body: bytes
    """The entry as ``Entry.to_bytes`` wrote it."""
    via: str
    """Fingerprint of the home that it came from in a packet; empty where it was written here."""
    hash: str
    """SHA-256, hex, over the hash before it, ``via`` and ``body``."""

    @property
    def id(self) -> str:
        """What names the entry in every home: its content."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def entry(self) -> Entry:
        """Raises ``ValueError`` where it has been changed beyond reading."""
        return Entry.from_bytes(self.body)


def canonical(value: Any) -> bytes:
    """The one form in which a value is hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def bound(previous: str, via: str, body: bytes) -> str:
    """The hash of a link."""
    return hashlib.sha256(b"\n".join((previous.encode(), via.encode(), body))).hexdigest()


def linked(bodies: Iterable[bytes], seq: int = 0, head: str = START, via: str = "") -> Iterator[Link]:
    """Links for entries behind the link ``seq`` whose hash is ``head``."""
    for seq, body in enumerate(bodies, seq + 1):  # noqa: B020  goes on counting
        head = bound(head, via, body)
        yield Link(seq, body, via, head)
