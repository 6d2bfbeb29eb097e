"""The page's own server on a free port of the loopback, with the interface beside it."""

import socket
import threading
from contextlib import contextmanager

from assistant.errors import Cancelled
from assistant.services import Services
from assistant.settings import ApiSettings, Settings, WebSettings
from assistant.store.repository import Repository

KEY, OTHER = "a-key-of-the-tests-1", "a-key-of-the-tests-2"


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def settings(home, host="127.0.0.1", **api):
    return Settings(home=home, web=WebSettings(port=free_port(), host=host), api=ApiSettings(**api))


@contextmanager
def serving(services):
    """The address of the running server, without the last slash."""
    from assistant.api.mount import beside
    from assistant.web.site import build_site, serve

    repository = Repository.in_home(services.settings.home)
    site = build_site(services, repository, services.settings)
    try:
        serve(site, services.settings, beside(services))
        yield f"http://127.0.0.1:{services.settings.web.port}"
    finally:
        site.close()
        repository.close()


class Slow(Services):
    """The real services whose answers take until they are told to go on, or until nobody waits for them."""

    def __init__(self, settings):
        super().__init__(settings)
        self.go, self.began, self.stopped = threading.Event(), threading.Semaphore(0), threading.Semaphore(0)

    def ask(self, question, *, history=(), on=None, cancelled, **named):
        self.began.release()
        while not self.go.wait(0.01):
            if cancelled():
                self.stopped.release()
                raise Cancelled("已停止。")
        return super().ask(question, history=history, on=on, cancelled=cancelled, **named)


class Broken(Services):
    """Something that nobody foresaw."""

    def ask(self, question, **named):
        raise RuntimeError("a secret of the inside")
