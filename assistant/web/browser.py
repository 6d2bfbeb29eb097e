"""What a browser remembers by itself, told to the server with each event."""

from __future__ import annotations

import secrets
from dataclasses import dataclass


@dataclass(frozen=True)
class Browser:
    """What the browser itself remembers: who it is, and which conversation was open."""

    owner: str
    open: str = ""

    @classmethod
    def read(cls, stored: object) -> Browser:
        """From local storage; anything else than ours begins anew."""
        if isinstance(stored, dict) and isinstance(stored.get("owner"), str) and len(stored["owner"]) >= 20:
            return cls(stored["owner"][:64], str(stored.get("open") or "")[:64])
        return cls(secrets.token_urlsafe(18))

    def with_open(self, conversation: str) -> dict[str, str]:
        """For local storage."""
        return {"owner": self.owner, "open": conversation}
