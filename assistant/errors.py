"""Every error that a user may meet, each with its sentence.

AnHengError
├── UsageError            the request cannot be understood as given (exit 2)
│   ├── EmptyQuestion
│   ├── QuestionTooLong
│   ├── BadDate
│   ├── BadFact           a fact of a case is not of its kind, out of bounds or against another
│   ├── NotFitting        a paper that would argue for what the facts exclude
│   └── BadModel          a model that the settings name is missing, broken or gives nothing usable
├── NotFound              what was asked for is not in the library (exit 3)
│   ├── UnknownLaw
│   └── UnknownArticle
├── IngestError           a file could not become part of the library
│   ├── UnsupportedFormat no reader accepts it
│   ├── UnreadableFile    a reader accepted it and failed
│   ├── BadPacket         a packet of a ledger is none, was tampered with, or does not belong to what was received before
│   └── TooMuchMaterial   a conversation holds all the files that it may, or a file is too large for it
├── KnowledgeError        a file of ``knowledge_base/`` breaks its schema
├── HomeError             ``ANHENG_HOME`` cannot be read or written
├── HomeBusy              another process is changing the library
├── IndexDamaged          the index is missing or damaged and could not be rebuilt
├── ServiceAway           a server that the settings name does not answer; trying again later may do
├── Busy                  too many requests are waiting already
├── TooMany               one client has too many requests waiting
├── SyncError             the public collection could not be fetched
└── Cancelled             the user stopped it
"""

from __future__ import annotations


class AnHengError(Exception):
    """Base; ``str(error)`` is one Chinese sentence that says what to do."""

    exit_code = 1


class UsageError(AnHengError):
    """The request cannot be understood as given."""

    exit_code = 2


class EmptyQuestion(UsageError):
    """Nothing that could be a question."""


class QuestionTooLong(UsageError):
    """Longer than the limit."""


class BadDate(UsageError):
    """Not a date."""


class BadFact(UsageError):
    """A fact of a case is not of its kind, out of bounds or against another; ``key`` and ``person`` say which."""

    def __init__(self, sentence: str, key: str, person: str = "") -> None:
        super().__init__(sentence)
        self.key, self.person = key, person


class NotFitting(UsageError):
    """A paper that would argue for what the facts of the case exclude."""


class BadModel(UsageError):
    """A model that the settings name is missing, broken or gives nothing usable."""


class NotFound(AnHengError):
    """Asked for by name or number and not in the library."""

    exit_code = 3


class UnknownLaw(NotFound):
    """No law of that name."""


class UnknownArticle(NotFound):
    """The law has no such article."""


class IngestError(AnHengError):
    """A file could not become part of the library."""


class UnsupportedFormat(IngestError):
    """No reader accepts it."""


class UnreadableFile(IngestError):
    """A reader accepted it and failed."""


class TooMuchMaterial(IngestError):
    """A conversation holds all the files that it may, or a file is too large for it."""


class BadPacket(IngestError):
    """A packet of a ledger is none, was tampered with, or does not belong to what was received before.

    ``fingerprint`` is the signer's, where the packet is whole and only that is another than before.
    """

    def __init__(self, sentence: str, fingerprint: str = "") -> None:
        super().__init__(sentence)
        self.fingerprint = fingerprint


class KnowledgeError(AnHengError):
    """A file of the built-in library breaks its schema; names file and line."""


class HomeError(AnHengError):
    """The home cannot be read or written."""


class HomeBusy(AnHengError):
    """Another process is changing the library."""


class IndexDamaged(AnHengError):
    """The index is missing or damaged and could not be rebuilt."""


class ServiceAway(AnHengError):
    """A server that the settings name does not answer; trying again later may do."""


class Busy(AnHengError):
    """Too many requests are waiting already."""


class TooMany(AnHengError):
    """One client has too many requests waiting."""


class SyncError(AnHengError):
    """The public collection could not be fetched."""


class Cancelled(AnHengError):
    """The user stopped it."""
