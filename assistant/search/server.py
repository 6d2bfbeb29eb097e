"""Vectors on a Chroma server or cluster: the one address of the settings, and no other.

Each generation of an index has a collection of its own, named by the folder of the index and the generation, so that building
beside and switching is what it is for folders.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from assistant.errors import IndexDamaged, ServiceAway, UsageError
from assistant.search.vectors import HNSW, NOTE, Translate, VectorStore

_CONNECT = 2.0
"""Seconds for a connection: a server that is away must not keep a question waiting."""


def collection_name(generation: Path) -> str:
    """Name of a generation's collection: no two homes share one, and a home that was copied does not find the original's."""
    home = hashlib.blake2b(str(generation.parent.resolve()).encode(), digest_size=8).hexdigest()
    return f"anheng-{home}-{generation.name.rpartition('-')[2]}"


@dataclass(frozen=True)
class Server:
    """Vectors on a Chroma server or cluster."""

    url: str
    timeout: float = 10.0

    def open(self, generation: Path, *, create: bool = False) -> VectorStore:
        """Find or create the collection; ``ServiceAway`` where the server does not answer."""
        from chromadb.api.collection_configuration import CreateCollectionConfiguration
        from chromadb.api.models.Collection import Collection

        name, translate = collection_name(generation), Translate(_server_failures(), self._explain)
        with self._connected() as server:
            if create:
                server.heartbeat()  # only a server that is there can have something to drop, and is noted before it has
                (generation / NOTE).write_text(self.url, encoding="utf-8")
                made = server.create_collection(name, configuration=CreateCollectionConfiguration(hnsw=HNSW), get_or_create=True)
            else:
                made = server.get_collection(name)
        return VectorStore(
            Collection(client=server, model=made, embedding_function=None), translate, server.heartbeat, server._session.close
        )

    def drop(self, generation: Path) -> None:
        """Delete a generation's collection; one that is not there is passed over."""
        from chromadb.errors import NotFoundError

        with self._connected() as server:
            try:
                server.delete_collection(collection_name(generation))
            except NotFoundError:
                return
            finally:
                server._session.close()

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        """The server's interface, with its failures told in our words.

        Not by ``chromadb.HttpClient``: that one waits for ever, sends through a proxy of the environment, and asks three
        questions before a time limit could be set.
        """
        from chromadb.api import ServerAPI
        from chromadb.config import Settings, System

        self._check_address()
        settings = Settings(
            chroma_api_impl="chromadb.api.fastapi.FastAPI",
            chroma_server_host=self.url.rstrip("/"),
            chroma_server_http_port=0,
            anonymized_telemetry=False,
        )
        server = System(settings).instance(ServerAPI)
        theirs = server._session
        theirs.close()
        server._session = httpx.Client(
            headers=theirs.headers,
            timeout=httpx.Timeout(self.timeout, connect=min(_CONNECT, self.timeout)),
            trust_env=False,
            event_hooks={"response": [_refuse_strangers]},
        )
        try:
            yield server
        except _server_failures() as error:
            server._session.close()
            raise self._explain(error, False) from error

    def _check_address(self) -> None:
        """A server of Chroma asks for no password, and what is written down here is written down in clear."""
        try:
            url = httpx.URL(self.url)
            usable = url.scheme in {"http", "https"} and url.host and not url.userinfo and not url.query
        except httpx.InvalidURL:
            usable = False
        if not usable:
            raise UsageError(
                "Chroma 服务器的地址写法不对，请把 ANHENG_SEARCH__CHROMA_URL 写成 http://主机:端口 的样子，不带用户名和密码。"
            )

    def _explain(self, error: Exception, writing: bool) -> Exception:
        """What the server says of a collection that is not the one it should be; everything else is trouble of its own."""
        from chromadb.errors import InvalidArgumentError, InvalidDimensionException, NotFoundError

        if isinstance(error, InvalidArgumentError | InvalidDimensionException | NotFoundError):
            return IndexDamaged("向量库服务器上没有这个索引的向量，或者与索引不符，请重建索引。")
        return ServiceAway(
            f"向量库服务器 {self.url} 连不上或不能正常回答（{type(error).__name__}），资料没有丢失；"
            "请确认它已启动，或检查 ANHENG_SEARCH__CHROMA_URL。"
        )


def _server_failures() -> tuple[type[Exception], ...]:
    from chromadb.errors import ChromaError

    # What chromadb itself stumbles over when an answer is no JSON, or another program's.
    return ChromaError, httpx.HTTPError, ValueError, LookupError, TypeError, AttributeError


def _refuse_strangers(response: httpx.Response) -> None:
    """Raise for a failure that is not in Chroma's own words, for which its client has but a bare ``Exception``."""
    from chromadb.errors import error_types

    if response.is_success:
        return
    response.read()
    try:
        said = json.loads(response.content)["error"]
    except (ValueError, LookupError, TypeError):
        said = None
    if not isinstance(said, str) or said not in error_types:
        raise httpx.HTTPStatusError(f"HTTP {response.status_code}", request=response.request, response=response)
