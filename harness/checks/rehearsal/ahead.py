"""Gather evidence before it is asked for, in a thread of its own, while verdicts are reached.

The server works in a process of its own: while one thread waits for it, another one judges, or
waits for it elsewhere. What is gathered, and in which order, is the same without the thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

_PATIENCE_S = 0.3


Job = tuple[str, Callable[[], object]]
"""What is to be done, under the key by which others wait for it."""


class StoppedError(Exception):
    """What was waited for will not be done any more: nobody wants it."""


class Ahead:
    """Runs jobs in their order; whoever needs one waits for it.

    ``may_go_on`` is asked before each job; False has the thread wait until `notify`. A job that
    is waited for is begun whatever ``may_go_on`` says, with all that stand before it. A job that
    raises is the last one: the error is its waiter's, and what is left is for those who need it
    to do by themselves.
    """

    def __init__(self, jobs: Iterable[Job], may_go_on: Callable[[], bool] = lambda: True) -> None:
        self._jobs = tuple(jobs)
        self._may_go_on = may_go_on
        self._news = threading.Condition()
        self._left = [key for key, _ in self._jobs]
        self._urgent: set[str] = set()
        self._errors: dict[str, BaseException] = {}
        self._is_over = self._is_stopped = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin; jobs may wait for each other's only once all of them are known."""
        self._thread.start()

    def wait_for(self, key: str) -> None:
        """Wait until a job is done, if it will be; raise what it raised, once.

        Raises `StoppedError` where it will not be because of `stop`.
        """
        with self._news:
            self._urgent.add(key)
            self._news.notify_all()
            while key in self._left and not self._is_over:
                self._news.wait(_PATIENCE_S)  # short, so that Windows hears Ctrl-C as well
            error = self._errors.pop(key, None)
            if key in self._left and self._is_stopped:
                raise StoppedError
        if error is not None:
            raise error

    def notify(self) -> None:
        """Have the thread ask again whether it may go on."""
        with self._news:
            self._news.notify_all()

    def stop(self) -> None:
        """Begin no further job."""
        with self._news:
            self._is_over = self._is_stopped = True
            self._news.notify_all()

    def join(self, interrupt: Callable[[], object]) -> None:
        """Wait for the job that still runs, interrupting it where it lasts."""
        self._thread.join(_PATIENCE_S)
        while self._thread.is_alive():
            interrupt()
            self._thread.join(_PATIENCE_S)

    def _run(self) -> None:
        try:
            for key, job in self._jobs:
                if not self._is_allowed():
                    return
                self._do(key, job)
        except BaseException as error:  # whoever waits for the job is told
            self._errors[self._left[0]] = error
        finally:
            with self._news:
                self._is_over = True
                self._news.notify_all()

    def _is_allowed(self) -> bool:
        with self._news:
            while not (self._is_over or self._urgent & set(self._left) or self._may_go_on()):
                self._news.wait()
            return not self._is_over

    def _do(self, key: str, job: Callable[[], object]) -> None:
        job()
        with self._news:
            self._left.remove(key)
            self._news.notify_all()
