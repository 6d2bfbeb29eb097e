"""Embeddings from an OpenAI-compatible service: the one address of the settings, and no other.

A proxy of the environment is not used and no redirect is followed: what is asked goes to that address or nowhere.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import httpx
import numpy as np

from assistant.errors import BadModel, ServiceAway
from assistant.search.embed import Vectors, checked

_BATCH = 32
"""Texts in one request: what the most modest of the common servers takes by default."""
_PAUSE = 0.5
"""Seconds before the one retry."""
_SAID = 120
"""Characters of a server's refusal that are passed on."""


class EndpointEmbedder:
    """``POST {address}/embeddings``, the texts in batches."""

    def __init__(self, address: str, model: str, key: str = "", timeout: float = 60.0) -> None:
        """Connects at the first text; ``timeout`` in seconds. ``BadModel`` where no model is named."""
        if not model:
            raise BadModel("向量服务要写明模型：请把 ANHENG_SEARCH__EMBEDDING_MODEL 设为服务上的模型名称。")
        try:
            url = httpx.URL(address.rstrip("/").removesuffix("/embeddings") + "/embeddings")
            host = url.host
        except (httpx.InvalidURL, ValueError):  # the second: a host that no name can have
            host = ""
        if not host:
            raise BadModel("向量服务的地址写法不对，请把 ANHENG_SEARCH__EMBEDDING 写成 http://主机:端口/v1 的样子。")
        key = key.strip()
        if not key.isascii():
            raise BadModel("向量服务的密钥只能是英文字母、数字和符号，请检查 ANHENG_SEARCH__EMBEDDING_KEY。")
        self._url, self._model, self._key = url, model, key
        self._shown = str(url.copy_with(username="", password="", query=None)).removesuffix("/embeddings")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(timeout=timeout, headers=headers, trust_env=False)
        self._dimension = 0
        self.name = f"{self._shown}#{model}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Rows in the order of the texts; an empty text, which services refuse, is a row of zeros.

        Raises ``ServiceAway`` where the service does not answer, ``BadModel`` where its answer cannot be used.
        """
        told = [row for row, text in enumerate(texts) if text.strip()]
        parts = [self._batch([texts[row] for row in told[i : i + _BATCH]]) for i in range(0, len(told), _BATCH)]
        if not parts and texts and not self._dimension:
            self._dimension = self._batch(["安全"]).shape[1]
        if len({part.shape[1] for part in parts}) > 1:
            raise BadModel(f"向量服务 {self._shown} 给出的向量长度前后不一，请检查服务上的模型。")
        self._dimension = parts[0].shape[1] if parts else self._dimension
        vectors = np.zeros((len(texts), self._dimension), np.float32)
        if parts:
            vectors[told] = np.concatenate(parts)
        return vectors

    def _batch(self, texts: list[str]) -> Vectors:
        response = self._post({"model": self._model, "input": texts})
        try:
            items: list[dict[str, Any]] = response.json()["data"]
            places = [int(item.get("index", place)) for place, item in enumerate(items)]
            rows = [items[places.index(place)]["embedding"] for place in range(len(texts))]
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise BadModel(
                f"向量服务 {self._shown} 的回答不是 OpenAI 兼容的格式，请核对 ANHENG_SEARCH__EMBEDDING 是否指向 …/v1 这样的地址。"
            ) from error
        if len(items) != len(texts):
            rows = []
        return checked(rows, len(texts), self.name)

    def _post(self, body: dict[str, object]) -> httpx.Response:
        """Ask, and once more after a short pause where the service is away or overloaded."""
        try:
            return self._answer(body)
        except ServiceAway:
            time.sleep(_PAUSE)
            return self._answer(body)

    def _answer(self, body: dict[str, object]) -> httpx.Response:
        try:
            response = self._client.post(self._url, json=body)
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise ServiceAway(
                f"向量服务 {self._shown} 连不上或没有按时回答（{type(error).__name__}），请确认它已启动，或检查 ANHENG_SEARCH__EMBEDDING。"
            ) from error
        code = response.status_code
        if code == 429 or code >= 500:
            raise ServiceAway(f"向量服务 {self._shown} 暂时不能回答（HTTP {code}），请稍后重试，或查看该服务的日志。")
        if code in {401, 403}:
            raise BadModel(f"向量服务 {self._shown} 不接受密钥（HTTP {code}），请检查 ANHENG_SEARCH__EMBEDDING_KEY。")
        if code != 200:
            raise BadModel(
                f"向量服务 {self._shown} 拒绝了请求（HTTP {code}：{self._said(response)}），请核对地址、模型名称和文本长度上限。"
            )
        return response

    def _said(self, response: httpx.Response) -> str:
        """What the service says of its refusal, on one line; should it repeat the key, without it."""
        text = " ".join(response.text.split())
        return (text.replace(self._key, "…") if self._key else text)[:_SAID]
