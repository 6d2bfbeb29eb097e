"""Settings are values: defaults, then ``ANHENG_…`` variables. They build nothing.

Example: ``ANHENG_HOME=/data/anheng ANHENG_SEARCH__EMBEDDING=BAAI/bge-m3 anheng ask …``
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import platformdirs
from pydantic import BaseModel, ConfigDict, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent


def shipped(name: str) -> Path:
    """Folder that ships with the program: beside the package in a checkout, inside it in a wheel."""
    inside = PACKAGE / "_data" / name
    return inside if inside.is_dir() else ROOT / name


class SearchSettings(BaseModel):
    """检索."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    embedding: str = "builtin"
    """``builtin``, a path or the name of a sentence-transformers model that is already on this machine."""
    candidates: int = Field(default=100, ge=10)
    """How many each retriever contributes before fusion."""
    rrf_k: int = Field(default=60, ge=1)


class WebSettings(BaseModel):
    """网页."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    host: str = "127.0.0.1"
    port: int = 7860


class AskSettings(BaseModel):
    """问答."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    max_chars: int = 5000
    """A longer question is refused with a sentence."""


class SyncSettings(BaseModel):
    """公开法规集."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    url: str = "https://github.com/LawRefBook/Laws/archive/refs/heads/master.zip"
    max_mb: int = 500


class Settings(BaseSettings):
    """All settings, nested by room."""

    model_config = SettingsConfigDict(env_prefix="ANHENG_", env_nested_delimiter="__", extra="forbid", frozen=True)
    home: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("anheng")))
    """Everything of the user lives here."""
    knowledge: Path = Field(default_factory=lambda: shipped("knowledge_base"))
    search: SearchSettings = SearchSettings()
    web: WebSettings = WebSettings()
    ask: AskSettings = AskSettings()
    sync: SyncSettings = SyncSettings()

    def index_fingerprint(self, knowledge_hash: str, schema: str = "2") -> str:
        """Names the index folder: what the index depends on besides the user's own documents."""
        seed = "\0".join((schema, self.search.embedding, knowledge_hash))
        return hashlib.sha256(seed.encode()).hexdigest()[:16]
