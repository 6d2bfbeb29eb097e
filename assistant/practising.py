"""What a prosecutor does with a case and with tables, over one library: 宽严研判, 线索."""

from __future__ import annotations

from functools import cached_property

from assistant.answer.sources import Sources
from assistant.assessing import Assessing
from assistant.ingest.records import Knowledge
from assistant.screening import Screening
from assistant.settings import Settings


class Practising:
    """The part of ``Services`` that weighs cases and screens tables. Holds nothing of any case."""

    settings: Settings

    @property
    def knowledge(self) -> Knowledge:
        """The library that ships."""
        raise NotImplementedError

    @property
    def sources(self) -> Sources:
        """Everything that may be cited."""
        raise NotImplementedError

    @cached_property
    def assessing(self) -> Assessing:
        """宽严研判."""
        return Assessing(self.knowledge, self.settings.knowledge, lambda: self.sources)

    @cached_property
    def screening(self) -> Screening:
        """线索."""
        return Screening(self.settings.knowledge, lambda: self.sources)
