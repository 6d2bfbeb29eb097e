"""What an import needs of a library; ``assistant.store.library.Library`` is one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from assistant.domain.library import LibraryDocument
from assistant.domain.provision import Provision


class LibrarySink(Protocol):
    """Keeps documents and their provisions."""

    def documents(self) -> list[LibraryDocument]:
        """All of them."""
        ...

    def document(self, document_id: str) -> LibraryDocument | None:
        """One of them."""
        ...

    def has(self, document_id: str, sha256: str) -> bool:
        """Whether exactly this text is there."""
        ...

    def replace(self, document: LibraryDocument, provisions: Iterable[Provision]) -> None:
        """Store, in the place of what has the same id, in one step."""
        ...

    def remove(self, document_id: str) -> bool:
        """Remove; whether it was there."""
        ...

    def provisions(self, document_ids: Collection[str] | None = None) -> Iterator[Provision]:
        """Provisions of these documents, in order."""
        ...
