"""A file on its way into a conversation: read beside the page, which shows how far it is and can stop it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from assistant.domain.material import Material

Step = tuple[str, int, int]
"""What is being done, pages done, pages in all."""


class Attaching:
    """One file at work. Held by the browser that brought it, in its own state."""

    def __init__(self, attach: Callable[[Callable[[str, int, int], None], Callable[[], bool]], Material]) -> None:
        """``attach`` gets a function to tell how far it is, and one that turns true when the reader cancels."""
        self._attach = attach
        self._stopped, self._over = Event(), Event()
        self._error: BaseException | None = None
        self.step: Step = ("排队", 0, 0)
        Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        try:
            self._attach(self._tell, self._stopped.is_set)
        except BaseException as error:  # noqa: BLE001  carried over to the thread that waits, which raises it
            self._error = error
        finally:
            self._over.set()

    def _tell(self, what: str, done: int, pages: int) -> None:
        self.step = (what, done, pages)

    def stop(self) -> None:
        """Tell the work to give up."""
        self._stopped.set()

    def wait(self, seconds: float) -> bool:
        """Whether it is over, after at most so many seconds; raises what the work raised."""
        over = self._over.wait(seconds)
        if over and self._error:
            raise self._error
        return over

    def __deepcopy__(self, _memo: dict[int, object]) -> Attaching:
        """Gradio copies states; a file at work is one thing."""
        return self
