"""Small marks of a 研判: the numbers of its sources, and whether a condition holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from assistant.answer.authorities import Authorities
from assistant.domain.assessment import Truth

CASE = "assess"
"""What the cards of the page are named after, as those of an answer are after its turn."""
_MARKS = {Truth.YES: ("yes", "✓"), Truth.NO: ("no", "✗"), Truth.UNKNOWN: ("open", "?")}


@dataclass(frozen=True)
class Marks:
    """The numbers of the sources."""

    authorities: Authorities

    def cites(self, references: Iterable[str]) -> str:
        """The numbers of what a line rests on; each lights its card. What has no card says so."""
        numbers = [(reference, self.authorities.numbers.get(reference)) for reference in dict.fromkeys(references)]
        known = "".join(
            f'<button type="button" class="cite" data-do="authority" data-n="{n}" aria-label="依据{n}：{escape(self.title(n))}">{n}</button>'
            for n in dict.fromkeys(n for _, n in numbers if n)
        )
        lost = "".join(
            f'<span class="lost" title="{escape(self.authorities.lost.get(reference, ""))}">{escape(reference)}（需核对）</span>'
            for reference, n in numbers
            if not n
        )
        return known + lost

    def title(self, n: int) -> str:
        """What a card is called."""
        return self.authorities.citations[n - 1].title


def truth(state: Truth) -> str:
    """✓, ✗ or ?, in words for who cannot see it."""
    kind, mark = _MARKS[state]
    return f'<span class="mark {kind}" role="img" aria-label="{state.value}">{mark}</span>'


def badge(text: str, kind: str) -> str:
    """A word on a coloured ground."""
    return f'<span class="badge {kind}">{escape(text)}</span>'
