"""The HTTP interface, described by its own OpenAPI document: ``/api/v1/ask``, ``search``, ``law``, ``check``."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request, Security
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException

from assistant import __version__
from assistant.answer.refuse import check_input
from assistant.answer.render import to_json
from assistant.api import lookup, shapes
from assistant.api.docs import page
from assistant.api.problems import FAULT, STATUSES, code_of, misread, told
from assistant.api.queue import Queue, attended
from assistant.domain.answer import Answer
from assistant.errors import AnHengError
from assistant.services import Services

ABOUT = "安全生产领域的法律检索与咨询。每句话带出处；日期为 YYYY-MM-DD，条号如 134-1。出错时返回一句话 {error}。"
BEAT = 15.0
"""Seconds between signs of life on a stream."""
STREAM = """event: waiting
data: {"ahead": 2}

event: claim
data: {"text": "…", "kind": "结论", "citations": [1]}

event: answer
data: {"question": "…", "status": "answered"}

"""
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    code: {"model": shapes.Problem, "description": said} for code, said in STATUSES.items()
}
_ASKED: dict[int | str, dict[str, Any]] = _PROBLEMS | {
    200: {"description": "回答；stream 为 true 时逐句返回", "content": {"text/event-stream": {"example": STREAM}}}
}


def build_api(services: Services, queue: Queue) -> FastAPI:
    """The application, to be mounted at ``/api`` behind its guard."""
    api = FastAPI(
        title="安衡",
        version=__version__,
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        dependencies=[Security(HTTPBearer(auto_error=False, description="设置了 ANHENG_API__KEYS 时需要"))],
    )
    _add_ask(api, services, queue)
    _add_look_ups(api, services, queue)

    @api.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(page(api.openapi()))

    api.add_exception_handler(AnHengError, _failed)
    api.add_exception_handler(Exception, _failed)
    api.add_exception_handler(RequestValidationError, _misread)
    api.add_exception_handler(HTTPException, _astray)
    return api


def _add_ask(api: FastAPI, services: Services, queue: Queue) -> None:
    @api.post("/v1/ask", summary="提问，得到有出处的回答", response_model=shapes.Answered, responses=_ASKED)
    async def ask(asked: shapes.Question, request: Request) -> Any:
        check_input(asked.question, services.max_chars)
        history, ahead = lookup.former(asked.history, services), queue.ahead
        news, loop = asyncio.Queue[Answer](), asyncio.get_running_loop()

        def work(stop: Callable[[], bool]) -> shapes.Answered:
            def shown(so_far: Answer) -> None:
                loop.call_soon_threadsafe(news.put_nowait, so_far)

            return lookup.ask(services, asked.question, asked.on, history, stop, shown)

        answer = queue.submit(work, request.state.client)
        if asked.stream:
            events = _events(answer, _gone(request), ahead, news)
            return StreamingResponse(events, media_type="text/event-stream", headers=_FRESH)
        return await attended(answer, _gone(request))


def _add_look_ups(api: FastAPI, services: Services, queue: Queue) -> None:
    @api.get("/v1/search", summary="检索条文、案例和其他记录", responses=_PROBLEMS)
    async def search(
        request: Request,
        query: Annotated[shapes.Written, Query(description="要找什么", examples=["没有焊工证就动火"])],
        k: Annotated[shapes.Count, Query()] = 10,
        kind: Annotated[shapes.Kind, Query()] = "provision",
        on: Annotated[shapes.On, Query(examples=["2026-11-01"])] = None,
    ) -> shapes.Found:
        found = queue.submit(lambda _: lookup.search(services, query, k, kind, on), request.state.client)
        return await attended(found, _gone(request))

    @api.get("/v1/law", summary="查一条法律条文", responses=_PROBLEMS)
    async def law(
        request: Request,
        law: Annotated[shapes.LawName, Query(examples=["刑法"])],
        article: Annotated[shapes.ArticleNumber, Query(examples=["134-1"])] = "",
        on: Annotated[shapes.On, Query(examples=["2026-11-01"])] = None,
    ) -> shapes.Article:
        found = queue.submit(lambda _: lookup.article(services, law, article, on), request.state.client)
        return await attended(found, _gone(request))

    @api.post("/v1/check", summary="引用核验：逐处核对一段文字里的法条引用", responses=_PROBLEMS)
    async def check(text: shapes.Text, request: Request) -> shapes.Checked:
        checked = queue.submit(lambda _: lookup.check(services, text.text, text.on), request.state.client)
        return await attended(checked, _gone(request))


_FRESH = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


async def _events(
    answer: asyncio.Future[shapes.Answered], gone: asyncio.Future[None], ahead: int, news: asyncio.Queue[Answer]
) -> AsyncIterator[str]:
    """Sentences as they stand, then the whole answer; an error is an event too. The work stops when nobody reads."""
    growing: asyncio.Future[Answer] = asyncio.ensure_future(news.get())
    told_already: list[str] = []
    try:
        if ahead:
            yield _event("waiting", {"ahead": ahead, "message": f"前面还有{ahead}个请求，请稍候。"})
        while not answer.done() and not gone.done():
            yield ": \n\n"
            awaited: set[asyncio.Future[Any]] = {answer, gone, growing}
            await asyncio.wait(awaited, timeout=BEAT, return_when=asyncio.FIRST_COMPLETED)
            if growing.done():
                for claim in to_json(growing.result())["claims"]:
                    if claim["text"] not in told_already:
                        told_already.append(claim["text"])
                        yield _event("claim", claim)
                growing = asyncio.ensure_future(news.get())
        whole = (await attended(answer, gone)).model_dump(mode="json")
        for claim in whole["claims"]:
            if claim["text"] not in told_already:
                yield _event("claim", claim)
        yield _event("answer", whole)
    except Exception as error:  # noqa: BLE001  the stream is an edge
        yield _event("error", {"error": told(error), "status": code_of(error)})
    finally:
        growing.cancel()
        answer.cancel()
        gone.cancel()


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _gone(request: Request) -> asyncio.Future[None]:
    """Done when the client has gone."""

    async def watch() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    return asyncio.ensure_future(watch())


async def _failed(_: Request, error: Exception) -> Response:
    code = code_of(error)
    sentence = FAULT if code == HTTPStatus.INTERNAL_SERVER_ERROR and not isinstance(error, AnHengError) else str(error)
    return _said(code, sentence, {"Retry-After": "3"} if code in {429, 503} else None)


async def _misread(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return _said(400, misread(error.errors()))


async def _astray(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = {404: "没有这个地址，能用的见 /api/docs。", 405: "这个地址不接受这种方法，见 /api/docs。"}
    return _said(error.status_code, said.get(error.status_code, "请求有误，请对照 /api/docs 检查。"))


def _said(code: int, sentence: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"error": sentence}, code, headers)
