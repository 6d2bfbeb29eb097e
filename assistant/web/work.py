"""A long job beside the page, which shows how far it is and can stop it: a file that is read, a text that is checked."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import Generic, TypeVar

T = TypeVar("T")
Step = tuple[str, int, int]
"""What is being done, how much of it is done, and how much there is."""


class Work(Generic[T]):
    """One job. Held by the browser that began it, in its own state."""

    def __init__(self, job: Callable[[Callable[[str, int, int], None], Callable[[], bool]], T]) -> None:
        """``job`` gets a function to tell how far it is, and one that turns true when the reader cancels."""
        self._job = job
        self._stopped, self._over = Event(), Event()
        self._done: list[T] = []
        self._error: BaseException | None = None
        self.step: Step = ("排队", 0, 0)
        Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        try:
            self._done.append(self._job(self._tell, self._stopped.is_set))
        except BaseException as error:  # noqa: BLE001  carried over to the thread that waits, which raises it
            self._error = error
        finally:
            self._over.set()

    def _tell(self, what: str, done: int, total: int) -> None:
        self.step = (what, done, total)

    def stop(self) -> None:
        """Tell the work to give up."""
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        """Whether the reader cancelled; the work itself may take a moment longer to notice."""
        return self._stopped.is_set()

    @property
    def busy(self) -> bool:
        """Whether it is at work, and nobody told it to give up."""
        return not (self._over.is_set() or self.stopped)

    def wait(self, seconds: float) -> bool:
        """Whether it is over, after at most so many seconds; raises what the work raised."""
        over = self._over.wait(seconds)
        if over and self._error:
            raise self._error
        return over

    @property
    def result(self) -> T:
        """What came of it, once it is over."""
        return self._done[0]

    def __deepcopy__(self, _memo: dict[int, object]) -> Work[T]:
        """Gradio copies states; a job at work is one thing."""
        return self
