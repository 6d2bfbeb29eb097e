"""Turns and limits on a real server: who waits, who is told to come back, and that a client that goes stops its work."""

import threading
from contextlib import ExitStack

import httpx
import pytest
from api_server import KEY, OTHER, Slow, serving, settings

ASKED = {"question": "特种作业无证上岗怎么罚？"}
SOON = 10


@pytest.fixture
def slow(built_home):
    """A server of two places at work and two to wait, three for each client; its services answer when told to."""
    services = Slow(settings(built_home, at_once=2, waiting=2, per_client=3, keys=(KEY, OTHER)))
    with serving(services) as address:
        services.address = address
        yield services
        services.go.set()


def ask(slow, key=KEY, **named):
    return httpx.post(f"{slow.address}/api/v1/ask", json=ASKED | named, headers={"Authorization": f"Bearer {key}"}, timeout=60)


def left(slow, **named):
    """Ask, and go away once the work has begun."""
    with (
        httpx.Client(timeout=60) as client,
        client.stream(
            "POST", f"{slow.address}/api/v1/ask", json=ASKED | named, headers={"Authorization": f"Bearer {KEY}"}
        ) as response,
    ):
        chunks = response.iter_raw()  # held: a generator that is let go closes the connection
        next(chunks)
        assert slow.began.acquire(timeout=SOON)


def test_a_reader_who_leaves_a_stream_stops_the_work(slow):
    left(slow, stream=True)
    assert slow.stopped.acquire(timeout=SOON)


def test_a_client_that_hangs_up_stops_the_work(slow):
    def hang_up():
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(
                f"{slow.address}/api/v1/ask",
                json=ASKED,
                headers={"Authorization": f"Bearer {KEY}"},
                timeout=httpx.Timeout(SOON, read=1),
            )

    asking = threading.Thread(target=hang_up)
    asking.start()
    assert slow.began.acquire(timeout=SOON)
    assert not slow.stopped.acquire(timeout=0.3)
    asking.join()
    assert slow.stopped.acquire(timeout=SOON)


def test_the_place_is_free_again(slow):
    for _ in range(6):
        left(slow, stream=True)
        assert slow.stopped.acquire(timeout=SOON)
    slow.go.set()
    assert ask(slow).status_code == 200


def test_one_client_has_so_many_and_all_together_so_many(slow):
    with ExitStack() as open_streams:
        first = [Reader(open_streams, slow, KEY), Reader(open_streams, slow, KEY)]
        assert slow.began.acquire(timeout=SOON)
        assert slow.began.acquire(timeout=SOON)
        third = Reader(open_streams, slow, KEY)
        assert third.said == 'event: waiting\ndata: {"ahead": 1, "message": "前面还有1个请求，请稍候。"}'
        refused = ask(slow, KEY)
        assert refused.status_code == 429
        assert "3个请求" in refused.json()["error"]
        assert refused.headers["retry-after"]
        fourth = Reader(open_streams, slow, OTHER)
        assert '"ahead": 2' in fourth.said
        full = ask(slow, OTHER, stream=True)
        assert full.status_code == 503
        assert "排队的请求已满" in full.json()["error"]
        assert not slow.began.acquire(timeout=0.2)  # only two are at work
        slow.go.set()
        for reader in (*first, third, fourth):
            assert "event: answer" in reader.rest()
    assert ask(slow, KEY).status_code == 200


class Reader:
    """A stream that stays open, and the first thing it said."""

    def __init__(self, stack, slow, key):
        client = stack.enter_context(httpx.Client(timeout=60))
        named = {"json": ASKED | {"stream": True}, "headers": {"Authorization": f"Bearer {key}"}}
        response = stack.enter_context(client.stream("POST", f"{slow.address}/api/v1/ask", **named))
        self._text = response.iter_text()
        self.said = next(self._text).strip()

    def rest(self):
        return "".join(self._text)
