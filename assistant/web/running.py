"""A question on its way: asked in a thread of its own, so that the page stays free to stop it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from assistant.domain.answer import Answer


class Running:
    """One question at work. Held by the browser that asked it, in its own state."""

    def __init__(self, ask: Callable[[Callable[[], bool], Callable[[Answer], None]], Answer]) -> None:
        """``ask`` gets a function that turns true when the user stops, and one that it calls with the answer as it grows."""
        self._ask = ask
        self._stopped, self._over, self._woken = Event(), Event(), Event()
        self._growing: Answer | None = None
        self._answer: Answer | None = None
        self._error: BaseException | None = None
        Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        try:
            self._answer = self._ask(self._stopped.is_set, self._show)
        except BaseException as error:  # noqa: BLE001  carried over to the thread that waits, which raises it
            self._error = error
        finally:
            self._over.set()
            self._woken.set()

    def _show(self, answer: Answer) -> None:
        self._growing = answer
        self._woken.set()

    def stop(self) -> None:
        """Tell the work to give up; the page need not wait for it."""
        self._stopped.set()
        self._over.set()
        self._woken.set()

    @property
    def stopped(self) -> bool:
        """Whether the user gave up."""
        return self._stopped.is_set()

    def wait(self, seconds: float) -> bool:
        """Whether it is over, after at most so many seconds; sooner where there is news."""
        self._woken.wait(seconds)
        self._woken.clear()
        return self._over.is_set()

    def news(self) -> Answer | None:
        """The answer so far, where it has grown since this was last asked."""
        growing, self._growing = self._growing, None
        return growing

    def result(self) -> Answer | None:
        """The answer; ``None`` when stopped; raises what the work raised."""
        if self.stopped:
            return None
        if self._error:
            raise self._error
        return self._answer

    def __deepcopy__(self, _memo: dict[int, object]) -> Running:
        """Gradio copies states; a question at work is one thing."""
        return self
