"""From a choice to a running server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from harness.errors import ServerUnavailableError
from harness.server import embedded, url
from harness.server.choice import Server, ServerChoice
from harness.server.guard import Guard

# `auto` must not keep anybody waiting for a registry that is out of reach; where a container was
# asked for, waiting is what the caller wants.
_AUTO_ANSWER_S, _AUTO_PULL_S = 2.0, 120.0
_ASKED_ANSWER_S, _ASKED_PULL_S = 30.0, 900.0


class RunningServer:
    """Hold a server; `stop` takes it away, and so does the end of this process, however it ends.

    `note` says why `auto` did not take a container, and is empty otherwise.
    """

    def __init__(self, server: Server, guard: Guard | None, note: str = "") -> None:
        self.server = server
        self.note = note
        self._guard = guard

    def stop(self) -> None:
        """Stop the server and remove its files; harmless when repeated, nothing for a given one."""
        if self._guard is not None:
            self._guard.stop()


def start(choice: ServerChoice) -> RunningServer:
    """Start, or reach, the chosen server.

    Raises `ServerUnavailableError` or `UsageError`, each one sentence that says what to do.
    """
    if choice.is_url:
        return RunningServer(url.reach(choice.pg), None)
    if choice.pg == "embedded":
        return RunningServer(*embedded.start(choice.bin_dir))
    if choice.pg == "container":
        return RunningServer(
            *_container(choice.image, answer_s=_ASKED_ANSWER_S, pull_s=_ASKED_PULL_S)
        )
    return _start_either(choice)


@contextmanager
def running(choice: ServerChoice) -> Iterator[Server]:
    """Provide the chosen server for the length of a `with` block."""
    running_server = start(choice)
    try:
        yield running_server.server
    finally:
        running_server.stop()


def _start_either(choice: ServerChoice) -> RunningServer:
    """Take a container where one can be had, else embedded programs, and keep the reason."""
    if choice.bin_dir is not None:
        return RunningServer(*embedded.start(choice.bin_dir))  # whoever names programs wants them
    try:
        return RunningServer(
            *_container(choice.image, answer_s=_AUTO_ANSWER_S, pull_s=_AUTO_PULL_S)
        )
    except ServerUnavailableError as error:
        note = str(error)
    try:
        return RunningServer(*embedded.start(None), note=note)
    except ServerUnavailableError as error:
        raise ServerUnavailableError(f"{error}; nor is there a container: {note}") from error


def _container(image: str, *, answer_s: float, pull_s: float) -> tuple[Server, Guard]:
    # Imported late: half a second that a run without containers does not need.
    from harness.server import engine  # noqa: PLC0415

    if not engine.may_exist():
        raise ServerUnavailableError(
            "no Docker engine is installed here: install and start one, or choose --pg embedded"
        )
    from harness.server import container  # noqa: PLC0415

    return container.start(image, answer_s=answer_s, pull_s=pull_s)
