"""An OpenAI-compatible endpoint on loopback that says what a script tells it, with every fault an endpoint can have."""

import json
import select
import socket
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Say:
    """What one request is answered with: text in pieces, or a fault.

    ``fault``: ``500``, ``429``, ``401``, ``404`` (a status), ``cut`` (the connection breaks in the middle), ``end`` (it ends without
    the last words of the protocol), ``malformed`` (no JSON), ``other`` (JSON of another format), ``empty``, ``silent`` (nothing,
    for ever), ``stall`` (pieces, then nothing).
    """

    def __init__(self, *pieces, fault="", pause=0.0, forever=False):
        self.pieces, self.fault, self.pause, self.forever = pieces, fault, pause, forever


class ScriptedLLM:
    """``say(...)`` queues an answer; ``asked`` holds the requests; ``left`` is set when the client goes before the end.

    ``otherwise`` makes the answer to a request, of its last message, when the queue is empty.
    """

    def __init__(self):
        self.asked, self.headers, self.script, self.times = [], [], [], []
        self.connections, self.otherwise = 0, lambda prompt: Say("没有台词。")
        self.left, self.closing = threading.Event(), threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self):
                outer.connections += 1
                super().setup()

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.asked.append(body)
                outer.headers.append({name.lower(): value for name, value in self.headers.items()})
                say = outer.script.pop(0) if outer.script else outer.otherwise(body["messages"][-1]["content"])
                try:
                    outer._answer(self, say)
                except (BrokenPipeError, ConnectionResetError):
                    outer.left.set()
                self.close_connection = True

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def say(self, *pieces, **named):
        self.script.append(Say(*pieces, **named))
        return self

    def close(self):
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def prompts(self):
        """The last message of each request."""
        return [body["messages"][-1]["content"] for body in self.asked]

    def _answer(self, handler, say):
        if say.fault.isdigit():
            return self._whole(handler, int(say.fault), json.dumps({"error": {"message": "no such model", "type": "x"}}))
        if say.fault == "silent":
            return self._wait(handler)
        if say.fault == "html":
            return self._whole(handler, 200, "<html>not an API</html>", "text/html")
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        if say.fault == "malformed":
            self._event(handler, "{not json")
        elif say.fault == "other":
            self._event(handler, json.dumps({"answer": "你好"}))
        self._pieces(handler, say)
        if say.fault == "cut":  # a reset, as when a server dies
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()
            return None
        if say.fault == "stall":
            return self._wait(handler)
        if say.fault != "end":
            self._event(handler, self._chunk({}, "stop"))
            self._event(handler, "[DONE]")
        handler.wfile.write(b"0\r\n\r\n")
        return None

    def _pieces(self, handler, say):
        while not self.closing.is_set():
            for piece in () if say.fault == "empty" else say.pieces:
                time.sleep(say.pause)
                if self._gone(handler):
                    raise BrokenPipeError
                self.times.append(time.perf_counter())
                self._event(handler, self._chunk({"role": "assistant", "content": piece}))
            if not say.forever:
                return

    def _chunk(self, delta, finish=None):
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return json.dumps({"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]})

    def _event(self, handler, data):
        line = f"data: {data}\n\n".encode()
        handler.wfile.write(f"{len(line):x}\r\n".encode() + line + b"\r\n")
        handler.wfile.flush()

    def _whole(self, handler, code, text, kind="application/json"):
        handler.send_response(code)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(text.encode())))
        handler.end_headers()
        handler.wfile.write(text.encode())

    def _wait(self, handler):
        while not self.closing.is_set():
            if self._gone(handler):
                raise BrokenPipeError
            time.sleep(0.01)

    def _gone(self, handler):
        """Whether the client has closed its side."""
        poll = select.poll()  # select itself refuses the high numbers of a long run
        poll.register(handler.connection, select.POLLIN)
        return bool(poll.poll(0)) and not handler.connection.recv(1, socket.MSG_PEEK)
