"""语言模型: the only file that knows langchain's chat models. A prompt goes in, pieces of text come out as they arrive.

The chain is langchain's own, ``prompt | model``, streamed. It runs on an event loop of its own, a slice at a time in the thread
that reads it, so that giving up cancels the request and closes the connection at once. Nothing is traced and no proxy is used.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import time
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from functools import cached_property

import httpx
import openai
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI
from langsmith.run_helpers import tracing_context

from assistant.answer.prompts import Prompt
from assistant.errors import BadModel, Cancelled, ServiceAway
from assistant.settings import LLMSettings

for _name in ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER"):
    os.environ.pop(_name, None)  # asked for so, langchain refuses to run at all
_LOOK = 0.05
"""Seconds between looks at whether the reader has given up."""
_SAID = 120
"""Characters of an endpoint's refusal that are passed on."""


class Model:
    """One model at one OpenAI-compatible endpoint."""

    def __init__(self, settings: LLMSettings) -> None:
        """Connects at the first question."""
        self._settings = settings
        self._key = settings.api_key.get_secret_value().strip()
        if not self._key.isascii():
            raise BadModel("语言模型的密钥只能是英文字母、数字和符号，请检查 ANHENG_LLM__API_KEY。")

    def warm(self) -> None:
        """Read the certificates now, so that the first question does not wait for it."""
        self._chat(httpx.AsyncClient(trust_env=False, verify=self._tls))

    def stream(self, prompt: Prompt, values: Mapping[str, str], cancelled: Callable[[], bool]) -> Generator[str]:
        """Pieces of the answer as they arrive, to its end.

        Raises ``ServiceAway`` where the endpoint does not answer or breaks off, ``BadModel`` where it refuses or makes no sense,
        ``Cancelled`` soon after ``cancelled`` turns true. Closing the iterator closes the connection as well.
        """
        ends, began = time.monotonic() + self._settings.deadline, False
        with tracing_context(enabled=False), asyncio.Runner() as runner:
            pieces = self._pieces(prompt, dict(values))
            try:
                while True:
                    piece = runner.run(self._next(pieces, cancelled, ends))
                    if piece is None:
                        return
                    began = True
                    yield piece
            except _FAULTS as error:
                raise self._told(error, began) from error
            finally:
                runner.run(pieces.aclose())

    async def _next(self, pieces: AsyncGenerator[str, None], cancelled: Callable[[], bool], ends: float) -> str | None:
        task = asyncio.ensure_future(anext(pieces, None))
        while not task.done():
            if cancelled() or time.monotonic() > ends:
                task.cancel()
                await asyncio.wait({task})
                if cancelled():
                    raise Cancelled("已停止。")
                raise TimeoutError
            await asyncio.wait({task}, timeout=_LOOK)
        return task.result()

    async def _pieces(self, prompt: Prompt, values: dict[str, str]) -> AsyncGenerator[str, None]:
        """Text as it arrives; raises ``EOFError`` where the stream ends before the model has."""
        settings, finished = self._settings, False
        hooks = {"request": [_nothing_more]}
        async with httpx.AsyncClient(timeout=settings.timeout, trust_env=False, verify=self._tls, event_hooks=hooks) as client:
            chain = ChatPromptTemplate.from_messages(list(prompt.messages)) | self._chat(client)
            async for chunk in chain.astream(values):
                finished = finished or bool(chunk.response_metadata.get("finish_reason"))
                if chunk.text:
                    yield str(chunk.text)
        if not finished:
            raise EOFError

    def _chat(self, client: httpx.AsyncClient) -> ChatOpenAI:
        settings = self._settings
        return ChatOpenAI(
            model=settings.model,
            base_url=settings.base_url.rstrip("/").removesuffix("/chat/completions"),
            api_key=self._key or "none",  # a key of the environment belongs to somebody else
            temperature=settings.temperature,
            # The older name: every server knows it, and only some the newer one that langchain would send.
            extra_body={"max_tokens": settings.max_tokens} if settings.max_tokens else None,
            timeout=settings.timeout,
            stream_chunk_timeout=settings.timeout,
            max_retries=0,
            stream_usage=False,
            use_responses_api=False,
            http_async_client=client,
            http_client=self._idle,
        )

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Made once: reading the certificates takes longer than a sentence."""
        return ssl.create_default_context()

    @cached_property
    def _idle(self) -> httpx.Client:
        """Langchain builds a client for calls that wait as well; it is never used."""
        return httpx.Client(trust_env=False, verify=self._tls)

    def _told(self, error: Exception, began: bool) -> ServiceAway | BadModel:
        """What a fault of the endpoint means to the reader, in one sentence."""
        if isinstance(error, openai.APIStatusError):
            code = error.status_code
            if code in {401, 403}:
                return BadModel(f"语言模型的端点不接受密钥（HTTP {code}），请检查 ANHENG_LLM__API_KEY。")
            if code == 429 or code >= 500:
                return ServiceAway(f"语言模型的端点暂时不能回答（HTTP {code}），请稍后重试。")
            return BadModel(f"语言模型的端点拒绝了请求（HTTP {code}：{self._said(error)}），请核对地址和模型名称。")
        if isinstance(error, TimeoutError | openai.APITimeoutError | httpx.TimeoutException):
            return ServiceAway("语言模型没有按时回答，请确认端点工作正常，或者调大 ANHENG_LLM__TIMEOUT。")
        if isinstance(error, EOFError) or (began and isinstance(error, openai.APIConnectionError | httpx.TransportError)):
            return ServiceAway("语言模型的回答中途断了，请稍后重试。")
        if isinstance(error, openai.APIConnectionError | httpx.TransportError):
            return ServiceAway("连不上语言模型的端点，请确认它已启动，或者检查 ANHENG_LLM__BASE_URL。")
        return BadModel("语言模型的回答不是 OpenAI 兼容的格式，请核对 ANHENG_LLM__BASE_URL 是否指向 …/v1 这样的地址。")

    def _said(self, error: Exception) -> str:
        text = " ".join(str(error).split())
        return (text.replace(self._key, "…") if self._key else text)[:_SAID]


async def _nothing_more(request: httpx.Request) -> None:
    """Neither the account that the environment names for OpenAI nor what this machine runs on is the endpoint's business."""
    for name in [name for name in request.headers if name.startswith(("openai-", "x-stainless-"))]:
        del request.headers[name]


_FAULTS = (
    openai.OpenAIError,
    httpx.HTTPError,
    httpx.InvalidURL,
    EOFError,
    TimeoutError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
)
"""What an endpoint that is away, breaks off or answers in another format makes langchain, openai and httpx raise."""
