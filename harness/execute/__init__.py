"""Run migrations on a real server and say what the server did."""

from harness.execute.observer import ServerObserver
from harness.execute.script import Connection, Observer, Unobserved, run_script
from harness.execute.trace import (
    Failure,
    Lock,
    Rewrite,
    Scan,
    StatementTrace,
    Trace,
    Write,
)

__all__ = [
    "Connection",
    "Failure",
    "Lock",
    "Observer",
    "Rewrite",
    "Scan",
    "ServerObserver",
    "StatementTrace",
    "Trace",
    "Unobserved",
    "Write",
    "run_script",
]
