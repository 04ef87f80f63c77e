"""A PostgreSQL server for the run: a container, embedded programs, or one that is given."""

from harness.server.choice import Server, ServerChoice, ServerKind
from harness.server.launch import RunningServer, running, start
from harness.server.signals import stop_on_signals

__all__ = [
    "RunningServer",
    "Server",
    "ServerChoice",
    "ServerKind",
    "running",
    "start",
    "stop_on_signals",
]
