"""Work that goes on beside the rest of the run, and is lost with it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")


def ahead(work: Callable[[], Result]) -> Future[Result]:
    """Start work; its result, or the error it raised, is the future's.

    Unlike an executor's, the thread is no reason for an interrupted run to wait.
    """
    promised: Future[Result] = Future()

    def run() -> None:
        try:
            promised.set_result(work())
        except BaseException as error:
            promised.set_exception(error)

    Thread(target=run, daemon=True).start()
    return promised
