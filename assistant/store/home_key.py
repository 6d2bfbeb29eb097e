"""The key of a home: it signs what leaves it, and its fingerprint tells who signed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any
from uuid import uuid4

from assistant.errors import HomeError


class HomeKey:
    """The key with which this home signs; made at first use, readable by its owner alone."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def _private(self) -> Any:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        try:
            if not self._file.exists():
                self._file.parent.mkdir(parents=True, exist_ok=True)
                part = self._file.with_name(f".{uuid4().hex}")
                with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    file.write(os.urandom(32))
                try:
                    os.link(part, self._file)  # whoever comes second takes the first one's key
                except FileExistsError:
                    pass
                finally:
                    part.unlink()
            return Ed25519PrivateKey.from_private_bytes(self._file.read_bytes())
        except (OSError, ValueError) as error:
            raise HomeError(f"签名用的密钥“{self._file}”不能读写，请检查数据目录的权限和磁盘空间。") from error

    def public(self) -> bytes:
        """The public key, 32 bytes."""
        public: bytes = self._private().public_key().public_bytes_raw()
        return public

    def sign(self, digest: bytes) -> bytes:
        """A signature, 64 bytes."""
        signature: bytes = self._private().sign(digest)
        return signature

    @property
    def fingerprint(self) -> str:
        """Its short name, to be compared over the telephone."""
        return fingerprint(self.public())


def fingerprint(public: bytes) -> str:
    """16 hex digits in fours."""
    digest = hashlib.sha256(public).hexdigest()[:16]
    return "-".join(digest[at : at + 4] for at in range(0, 16, 4))


def signed(public: bytes, signature: bytes, digest: bytes) -> bool:
    """Whether the signature over ``digest`` was made with the key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, digest)
    except (InvalidSignature, ValueError):
        return False
    return True
