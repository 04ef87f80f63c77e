"""A PostgreSQL server for the run: a container, embedded programs, or one that is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from harness.server import embedded, url
from harness.server.choice import Server, ServerChoice, ServerKind
from harness.server.guard import Guard

__all__ = [
    "RunningServer",
    "Server",
    "ServerChoice",
    "ServerKind",
    "running",
    "start",
]


class RunningServer:
    """Hold a server; `stop` takes it away, and so does the end of this process, however it ends."""

    def __init__(self, server: Server, guard: Guard | None) -> None:
        self.server = server
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
    return RunningServer(*embedded.start(choice.bin_dir))


@contextmanager
def running(choice: ServerChoice) -> Iterator[Server]:
    """Provide the chosen server for the length of a `with` block."""
    running_server = start(choice)
    try:
        yield running_server.server
    finally:
        running_server.stop()
