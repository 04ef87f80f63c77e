"""How a run ends early: once, with one sentence, and with an exit code that is not green."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

import pytest

from harness.database import loss_in
from harness.errors import HarnessError, ServerUnavailableError
from harness.plugin.verdict import JudgedItem

NEEDING_A_SERVER = frozenset({"rehearsals", "postgres_server"})
"""The fixtures that cannot be had without a server."""


def needs_server(item: pytest.Item) -> bool:
    """Whether an item asks for the run's server, directly or not."""
    return not NEEDING_A_SERVER.isdisjoint(getattr(item, "fixturenames", ()))


def end_run(error: HarnessError) -> None:
    """End the run before its first item, with the error's own sentence and exit code."""
    pytest.exit(f"korevitta-db: {error}", returncode=error.exit_code)


def end_after(item: pytest.Item, call: pytest.CallInfo[Any]) -> str | None:
    """End the run after an item that the environment has failed; return the sentence to print.

    It is the environment's fault, so the items to come would fail alike.
    """
    error = call.excinfo.value if call.excinfo is not None else None
    if error is not None and isinstance(item, JudgedItem):
        error = loss_in(error) or error
    if not isinstance(error, HarnessError):
        return None
    lacking = call.when == "setup" and isinstance(error, ServerUnavailableError)
    if not lacking and not isinstance(item, JudgedItem):
        return None
    sentence = f"korevitta-db: {error}"
    item.session.shouldstop = sentence
    return sentence


class Termination:
    """Turns SIGTERM and SIGHUP into an orderly end, as Ctrl-C is one already.

    pytest takes a `SystemExit` in a test for the test's failure, so it has to be its own Exit.
    """

    def __init__(self) -> None:
        self._before: dict[int, Any] = {}

    def pytest_sessionstart(self) -> None:
        """Take the signals over, where Python lets us: in the main thread."""
        if threading.current_thread() is not threading.main_thread():
            return
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                self._before[number] = signal.signal(number, _leave)

    def pytest_unconfigure(self) -> None:
        """Give the signals back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()


def _leave(number: int, _frame: FrameType | None) -> None:
    pytest.exit(f"ended by {signal.Signals(number).name}", returncode=128 + number)
