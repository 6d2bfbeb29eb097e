"""Settings are values: defaults, then ``ANHENG_…`` variables. They build nothing.

Example: ``ANHENG_HOME=/data/anheng ANHENG_SEARCH__EMBEDDING=BAAI/bge-m3 anheng ask …``
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Annotated, Any

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

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
    """``builtin``, a path, the name of a sentence-transformers model that is already on this machine, or the address of an
    OpenAI-compatible service, such as ``http://127.0.0.1:8000/v1``."""
    embedding_model: str = ""
    """Name of the model that a service is asked for."""
    embedding_key: SecretStr = SecretStr("")
    """Sent to the service as a bearer token, and to nobody else."""
    embedding_timeout: float = Field(default=60.0, gt=0)
    """Seconds to wait for one answer of the service."""
    chroma_url: str = ""
    """Address of a Chroma server that holds the vectors, such as ``http://127.0.0.1:8001``; empty: they lie in the home."""
    chroma_timeout: float = Field(default=10.0, gt=0)
    """Seconds to wait for one answer of that server."""
    reranker: str = ""
    """Path or name of a cross-encoder that is already on this machine; empty: none."""
    rerank_depth: int = Field(default=50, ge=1)
    """How many of the first passages the cross-encoder puts in order."""
    candidates: int = Field(default=300, ge=10)
    """How many passages each part contributes; the learned ranking is trained for 300."""
    words: bool = True
    """Search by the question's own words."""
    translation: bool = True
    """Search by the words of the law that everyday words stand for."""
    dense: bool = True
    """Search by vectors."""
    links: bool = True
    """Let the ranking see who cites whom."""
    rerank: bool = True
    """Order by the learned ranking; without it, by reciprocal rank fusion."""

    @property
    def reaches_out(self) -> bool:
        """Whether search talks to a server of the user's choice."""
        return bool(self.chroma_url) or self.embedding.startswith(("http://", "https://"))


class LLMSettings(BaseModel):
    """语言模型: off unless ``model`` and ``base_url`` are set."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    model: str = ""
    """Name of the model at the endpoint."""
    base_url: str = ""
    """Address of an OpenAI-compatible endpoint, such as ``http://127.0.0.1:11434/v1``."""
    api_key: SecretStr = SecretStr("")
    """Sent to the endpoint as a bearer token, and to nobody else."""
    timeout: float = Field(default=60.0, gt=0)
    """Seconds of silence after which the endpoint is given up."""
    deadline: float = Field(default=300.0, gt=0)
    """Seconds that one answer may take in all."""
    temperature: float = Field(default=0.2, ge=0, le=2)
    max_tokens: int = Field(default=1500, ge=0)
    """Longest answer; 0 leaves it to the endpoint."""
    mask: bool = True
    """Names, numbers and addresses of persons and companies are masked before anything goes to another machine."""
    confirmed: bool = False
    """The warning about an endpoint on another machine has been read and accepted; ``anheng model confirm`` does the same."""


class WebSettings(BaseModel):
    """网页."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    host: str = "127.0.0.1"
    port: int = 7860


class ApiSettings(BaseModel):
    """接口: the engine for programs, beside the page."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    enabled: bool | None = None
    """``None``: on where only this machine can reach it or where there are keys, else off.

    On the loopback address it gives no more than the page on the same port gives to whoever sits there. Elsewhere, and under
    a name in ``hosts``, programs of people nobody knows could ask without end, so it takes a key.
    """
    keys: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    """Secrets, with commas between them; a request carries one as ``Authorization: Bearer …``."""
    hosts: Annotated[tuple[str, ...], NoDecode] = ()
    """Further names and addresses under which this server is reached; a request under any other is refused, so that a page
    of the open web cannot have a browser read from here under a name of its own."""
    at_once: int = Field(default=2, ge=1)
    """Requests at work at the same time; the others wait their turn."""
    waiting: int = Field(default=16, ge=0)
    """Requests that may wait; further ones are told to come back."""
    per_client: int = Field(default=8, ge=1)
    """Requests that one key, or one address without a key, may have at work or waiting."""
    max_kb: int = Field(default=1024, ge=16)
    """A larger body is refused."""
    max_text: int = Field(default=50_000, ge=100)
    """Characters of a text whose citations are checked."""

    @field_validator("keys", "hosts", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        """``a,b`` or a JSON list."""
        if not isinstance(value, str):
            return value
        return json.loads(value) if value.startswith("[") else [one.strip() for one in value.split(",") if one.strip()]

    @field_validator("keys")
    @classmethod
    def _long_enough(cls, keys: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        if any(len(key.get_secret_value()) < 16 for key in keys):
            raise ValueError("每个密钥至少16个字符")
        return keys


class AskSettings(BaseModel):
    """问答."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    max_chars: int = 5000
    """A longer question is refused with a sentence."""


class StoreSettings(BaseModel):
    """咨询记录和台账存在哪里."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    url: SecretStr = SecretStr("")
    """Address of a PostgreSQL database, such as ``postgresql://name:password@127.0.0.1/anheng``; empty: a file in the home."""


class SyncSettings(BaseModel):
    """公开法规集."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    url: str = "https://github.com/LawRefBook/Laws/archive/refs/heads/master.zip"
    max_mb: int = 500


class Settings(BaseSettings):
    """All settings, nested by room."""

    model_config = SettingsConfigDict(
        env_prefix="ANHENG_", env_nested_delimiter="__", extra="forbid", frozen=True, hide_input_in_errors=True
    )
    home: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("anheng")))
    """Everything of the user lives here."""
    knowledge: Path = Field(default_factory=lambda: shipped("knowledge_base"))
    search: SearchSettings = SearchSettings()
    web: WebSettings = WebSettings()
    ask: AskSettings = AskSettings()
    api: ApiSettings = ApiSettings()
    store: StoreSettings = StoreSettings()
    sync: SyncSettings = SyncSettings()
    llm: LLMSettings = LLMSettings()

    def index_fingerprint(self, knowledge_hash: str, schema: str = "2") -> str:
        """Names the index folder: what the index depends on besides the user's own documents."""
        search = self.search
        places = (search.chroma_url,) if search.chroma_url else ()  # where vectors lie in the home, nothing is added
        seed = "\0".join((schema, search.embedding, knowledge_hash, *places))
        return hashlib.sha256(seed.encode()).hexdigest()[:16]
