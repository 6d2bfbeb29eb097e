"""An answer's words, and where words stand in a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

AROUND = 18
"""Characters before and after what was found, in an excerpt."""


def said(answer: Mapping[str, Any]) -> str:
    """What an answer says and what it cites, of the JSON that ``answer.render.to_json`` wrote."""
    claims, citations = answer.get("claims") or (), answer.get("citations") or ()
    return "\n".join([*(str(claim.get("text", "")) for claim in claims), *(str(one.get("title", "")) for one in citations)])


def excerpt(text: str, words: Sequence[str]) -> str:
    """The line around the first of ``words`` that is in the text; empty where none is."""
    folded = text.lower()
    places = [place for word in words if (place := folded.find(word.lower())) >= 0]
    if not places:
        return ""
    start, end = max(0, min(places) - AROUND), min(places) + AROUND * 2
    cut = text[start:end].replace("\n", " ")
    return f"{'…' if start else ''}{cut}{'…' if end < len(text) else ''}"
