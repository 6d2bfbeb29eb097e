"""Writing with a model, timed: what the check costs a sentence, and how soon a sentence is shown once the endpoint has sent it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml

from assistant.answer.evidence import Evidence
from assistant.answer.sentences import Sentence
from assistant.answer.support import Support
from assistant.services import Services
from assistant.settings import LLMSettings, Settings
from eval.adversarial import CASES
from eval.figures import Figure

QUESTION = "死亡三人的重大责任事故怎么判？"
SAID = "重大责任事故罪没有罚金刑[{n}]。"
RUNS = 15


def figures(home: Path) -> Iterator[Figure]:
    """Milliseconds against what the house is built for."""
    services = Services(Settings(home=home))
    times = sorted(_checks(services))
    yield Figure(f"核验模型写的一句（{len(times)}句，中位数）", times[len(times) // 2], 20, "毫秒")
    yield Figure("核验模型写的一句，p95", times[int(len(times) * 0.95)], 20, "毫秒")
    waits = sorted(_waits(home, services))
    yield Figure(f"端点写完第一句到显示，{RUNS}次中位数", waits[len(waits) // 2], 100, "毫秒")


def _checks(services: Services) -> Iterator[float]:
    data = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    for case in data["cases"]:
        composed = services.ask(case["question"], model=False)
        evidence = Evidence(composed, services.sources, services.drafting.wording(services.sources))
        support = Support(evidence, services.matcher, composed.as_of)
        numbers = tuple(one.n for one in evidence.given[:3])
        for output in case["outputs"]:
            for _, text, *_ in output["say"]:
                started = time.perf_counter()
                support.check(Sentence(text.split("{")[0], numbers))
                yield (time.perf_counter() - started) * 1000


def _waits(home: Path, services: Services) -> Iterator[float]:
    composed = services.ask(QUESTION, model=False)
    evidence = Evidence(composed, services.sources, services.drafting.wording(services.sources))
    n = next(one.n for one in evidence.given if one.ref and (one.ref.law, one.ref.article) == ("刑法", "134"))
    sent: list[float] = []
    server = _endpoint(SAID.format(n=n), sent)
    llm = LLMSettings(model="bench", base_url=f"http://127.0.0.1:{server.server_port}/v1")
    asked = Services(Settings(home=home, llm=llm))
    asked.warm()
    for _ in range(RUNS):
        shown: list[float] = []

        def show(answer: object, shown: list[float] = shown) -> None:
            if any(claim.drafted for claim in answer.claims):  # type: ignore[attr-defined]
                shown.append(time.perf_counter())

        asked.ask(QUESTION, shown=show)
        yield (shown[0] - sent[-1]) * 1000
    server.shutdown()


def _endpoint(text: str, sent: list[float]) -> ThreadingHTTPServer:
    """Sends one sentence, notes when, and goes on for a while."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            self._event({"content": text})
            sent.append(time.perf_counter())
            time.sleep(0.3)
            self._event({}, "stop")
            self.wfile.write(b"data: [DONE]\n\n")

        def _event(self, delta: dict[str, str], finish: str | None = None) -> None:
            chunk = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "bench"}
            choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
            self.wfile.write(f"data: {json.dumps(chunk | {'choices': choices})}\n\n".encode())
            self.wfile.flush()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    return server
