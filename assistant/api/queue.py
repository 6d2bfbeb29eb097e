"""Whose turn it is: a few jobs at work, some waiting in order, and a sentence for the rest."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Event, Lock
from typing import Any, TypeVar

from assistant.errors import Busy, Cancelled, TooMany
from assistant.settings import ApiSettings

T = TypeVar("T")
Stop = Callable[[], bool]


class Queue:
    """First come, first served. A place is free again when the work has really ended, not when its client has gone."""

    def __init__(self, limits: ApiSettings) -> None:
        self._limits = limits
        self._pool = ThreadPoolExecutor(limits.at_once, thread_name_prefix="anheng-api")
        self._lock = Lock()
        self._held: Counter[str] = Counter()
        self._stops: set[Event] = set()

    @property
    def ahead(self) -> int:
        """How many jobs a newcomer waits for."""
        with self._lock:
            return max(0, self._held.total() - self._limits.at_once + 1)

    def submit(self, job: Callable[[Stop], T], client: str) -> asyncio.Future[T]:
        """The result to wait for; cancelling it stops the job. Raises ``TooMany`` or ``Busy`` where there is no place.

        ``job`` runs in a thread and gets a function that turns true when nobody waits for it any more.
        """
        stop = Event()
        with self._lock:
            if self._held[client] >= self._limits.per_client:
                raise TooMany(f"您已有{self._held[client]}个请求还没有结束，请等其中一个返回后再试。")
            if self._held.total() >= self._limits.at_once + self._limits.waiting:
                raise Busy(f"现在排队的请求已满（{self._limits.waiting}个），请过几秒再试。")
            self._held[client] += 1
            self._stops.add(stop)
        started = self._pool.submit(job, stop.is_set)
        started.add_done_callback(partial(self._leave, client, stop))
        waited = asyncio.wrap_future(started)
        waited.add_done_callback(lambda _: stop.set())
        return waited

    def _leave(self, client: str, stop: Event, _: Future[T]) -> None:
        with self._lock:
            self._held[client] -= 1
            if not self._held[client]:
                del self._held[client]
            self._stops.discard(stop)

    def close(self) -> None:
        """The server stops: nothing more begins, and what is at work gives up."""
        with self._lock:
            stops = list(self._stops)
        for stop in stops:
            stop.set()
        self._pool.shutdown(wait=False, cancel_futures=True)


async def attended(result: asyncio.Future[T], gone: asyncio.Future[None]) -> T:
    """The result, unless the client goes first: then the job is stopped, and this raises ``Cancelled``."""
    both: set[asyncio.Future[Any]] = {result, gone}
    try:
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        if not result.done():
            raise Cancelled("请求方已断开，已停止。")
        return result.result()
    finally:
        result.cancel()
        gone.cancel()
