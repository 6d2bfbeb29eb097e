"""Against a real HTTP server on this machine that speaks the OpenAI format and can be told to misbehave."""

import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from assistant.errors import BadModel, ServiceAway
from assistant.search import endpoint
from assistant.search.embed import load_embedder
from assistant.settings import SearchSettings

KEY = "sk-very-secret-0"
TEXTS = [f"企业第{n}项瞒报事故" for n in range(70)]


class Service:
    """Answers with the vectors of a model; ``script`` holds what to answer instead, a request each."""

    def __init__(self, embedder, port=0):
        self.seen, self.script, outer = [], [], self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.seen.append((self.path, dict(self.headers), body))
                vectors = embedder.encode(body["input"]).tolist()
                data = [{"index": n, "embedding": vector, "object": "embedding"} for n, vector in enumerate(vectors)]
                code, answer = 200, {"data": data[::-1]}  # in any order: the index counts
                if outer.script:
                    code, answer = outer.script.pop(0)
                    answer = answer(data) if callable(answer) else answer
                content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(code)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def embedder(self, **more):
        settings = SearchSettings.model_validate(
            {"embedding": self.url, "embedding_model": "bge", "embedding_key": KEY, "embedding_timeout": 5} | more
        )
        return load_embedder(settings, None)


@pytest.fixture
def service(embedder, monkeypatch):
    monkeypatch.setattr(endpoint, "_PAUSE", 0.01)
    service = Service(embedder)
    yield service
    service.server.shutdown()
    service.server.server_close()


def test_vectors_come_in_the_order_of_the_texts(service, embedder):
    ours = service.embedder()
    assert np.allclose(ours.encode(TEXTS), embedder.encode(TEXTS), atol=1e-6)
    assert [len(body["input"]) for _, _, body in service.seen] == [32, 32, 6]
    path, headers, body = service.seen[0]
    assert (path, body["model"], headers["Authorization"]) == ("/v1/embeddings", "bge", f"Bearer {KEY}")


def test_without_a_key_none_is_sent(service):
    service.embedder(embedding_key="").encode(["事故"])
    assert "Authorization" not in service.seen[0][1]


def test_empty_texts_are_not_sent_and_say_nothing(service, embedder):
    ours = service.embedder()
    assert ours.encode([" "]).tolist() == [[0.0] * 16]
    vectors = ours.encode(["", "瞒报事故", ""])
    assert np.allclose(np.linalg.norm(vectors, axis=1), [0, 1, 0])
    assert "" not in service.seen[-1][2]["input"]
    assert len(ours.encode([])) == 0


def test_the_name_tells_address_and_model_and_no_secret(service, caplog):
    caplog.set_level(logging.DEBUG)
    ours = service.embedder(embedding=service.url.replace("http://", "http://somebody:hidden@"))
    ours.encode(["事故"])
    assert ours.name == f"{service.url}#bge"
    assert KEY not in caplog.text + repr(SearchSettings(embedding_key=KEY)) + str(vars(ours)["_client"])


@pytest.mark.parametrize("trouble", [(503, b"busy"), (429, {}), (500, {"error": "x"})])
def test_one_failure_is_tried_again_and_two_are_told(service, trouble):
    service.script = [trouble]
    assert service.embedder().encode(["事故"]).shape == (1, 16)
    service.script = [trouble, trouble]
    with pytest.raises(ServiceAway, match=rf"HTTP {trouble[0]}.*。$"):
        service.embedder().encode(["事故"])
    assert len(service.seen) == 4


def changed(**more):
    return lambda data: {"data": [item | more for item in data]}


@pytest.mark.parametrize(
    "answer",
    [
        changed(embedding=[float("nan")] * 16),
        changed(embedding=[float("inf")] * 16),
        changed(embedding=[]),
        changed(embedding="AAAA"),
        changed(embedding=None),
        changed(index=0),
        lambda data: {"data": data[:1]},
        lambda data: {"data": [*data, data[0]]},
        lambda data: {"data": [data[0], data[1] | {"embedding": [1.0] * 9}]},
        {"data": None},
        {"error": "model not loaded"},
        [],
        b"<html>hello</html>",
        b"\xff\xfe",
        b"",
    ],
)
def test_what_is_no_vector_a_text_is_refused(service, answer):
    service.script = [(200, answer)]
    with pytest.raises(BadModel, match=r"^向量(服务|模型).*。$"):
        service.embedder().encode(["事故", "瞒报"])
    assert len(service.seen) == 1


def test_a_length_that_changes_between_batches_is_refused(service):
    service.script = [(200, changed(embedding=[1.0] * 16)), (200, changed(embedding=[1.0] * 8))]
    with pytest.raises(BadModel, match="长度前后不一"):
        service.embedder().encode(TEXTS)


@pytest.mark.parametrize(
    ("code", "hint"),
    [(401, "ANHENG_SEARCH__EMBEDDING_KEY"), (404, "模型名称"), (400, "长度上限"), (307, "HTTP 307")],
)
def test_a_refusal_says_what_to_check_and_not_the_key(service, code, hint):
    service.script = [(code, {"message": f"no such thing for {KEY}"})]
    with pytest.raises(BadModel, match=hint) as told:
        service.embedder().encode(["事故"])
    assert KEY not in str(told.value)
    assert len(service.seen) == 1


def test_a_service_that_is_away_and_comes_back(service, embedder):
    ours, port = service.embedder(), service.server.server_port
    ours.encode(["事故"])
    service.server.shutdown()
    service.server.server_close()
    ours._client.close()  # a stopped thread server keeps its open connections
    ours = service.embedder()
    with pytest.raises(ServiceAway, match=r"连不上.*ANHENG_SEARCH__EMBEDDING。$"):
        ours.encode(["事故"])
    service.__init__(embedder, port)
    assert ours.encode(["事故"]).shape == (1, 16)


def test_a_proxy_of_the_environment_is_not_used(service, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert service.embedder().encode(["事故"]).shape == (1, 16)


@pytest.mark.parametrize(
    ("more", "hint"),
    [
        ({"embedding_model": ""}, "ANHENG_SEARCH__EMBEDDING_MODEL"),
        ({"embedding_key": "密钥"}, "ANHENG_SEARCH__EMBEDDING_KEY"),
        ({"embedding": "http://host:port/v1"}, "写成"),
        ({"embedding": "http://:99999/v1"}, "写成"),
    ],
)
def test_settings_that_cannot_be(service, more, hint):
    with pytest.raises(BadModel, match=hint):
        service.embedder(**more).encode(["事故"])
