"""Run a migration that somebody keeps waiting: its timeouts cut short, and stopped where it must.

Timeouts are cut short while it runs (a second or five make no difference to what happens); one
that the migration switched off stays off.
"""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import psycopg

from harness.database import Database
from harness.errors import ServerLostError
from harness.execute import StatementTrace, Trace, run_script
from harness.sql import Script, Statement

CUT_MS = 50
"""What every lock_timeout is cut down to while the proof runs, in milliseconds."""

PATIENCE = 1.5
"""Seconds that a migration may wait with its lock_timeout switched off."""

_CANCELS = 10
_AGAIN = 0.1

Connection = psycopg.Connection[Any]


class Runner:
    """Runs V in a thread of its own, its timeouts cut short, and stops it where it must."""

    def __init__(self, database: Database, script: Script, timeout_ms: int) -> None:
        self.done = threading.Event()
        self._database = database
        self._script = script
        self._connection: Connection = database.connect(database.owner)
        self._shortened = _Shortened(timeout_ms)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._trace: Trace | None = None
        self.pid = self._connection.info.backend_pid

    @property
    def is_done(self) -> bool:
        """Whether V has ended."""
        return self.done.is_set()

    @property
    def is_unguarded(self) -> bool:
        """Whether no lock_timeout is in effect."""
        return self._shortened.is_off

    def start(self) -> None:
        """Begin, in another thread."""
        self._thread.start()

    def wait(self) -> Trace | None:
        """Return how V ended; None where it had to be cancelled."""
        ended = self.done.wait(PATIENCE if self._shortened.is_off else PATIENCE * 4.5)
        if not ended:
            self._stop()
        self._thread.join()
        self._connection.close()
        return self._trace if ended else None

    def _stop(self) -> None:
        """Cancel V until it ends, and end its session where it takes no cancel.

        One that comes together with a lock_timeout is lost: the server tells of the timeout alone,
        which a loop may catch.
        """
        for _ in range(_CANCELS):
            self._connection.cancel_safe()
            if self.done.wait(_AGAIN):
                return
        with self._database.connect() as admin:
            admin.execute("SELECT pg_catalog.pg_terminate_backend(%s)", (self.pid,))

    def _run(self) -> None:
        try:
            self._trace = run_script(self._connection, self._script, observer=self._shortened)
        except ServerLostError:
            self._trace = None
        finally:
            self.done.set()


class _Shortened:
    """An observer that cuts each lock_timeout down as soon as a statement has set it."""

    def __init__(self, timeout_ms: int) -> None:
        self._default = min(timeout_ms, CUT_MS)
        self.is_off = timeout_ms == 0

    def begin(self, connection: Connection, script: Script) -> None:  # noqa: ARG002
        connection.execute(f"SET lock_timeout = '{self._default}ms'".encode(), prepare=False)

    def around(self, connection: Connection) -> AbstractContextManager[object]:  # noqa: ARG002
        return nullcontext()

    def observe(self, connection: Connection, statement: Statement, ms: float) -> StatementTrace:
        row = connection.execute(
            "SELECT extract(epoch FROM pg_catalog.current_setting('lock_timeout')::interval)"
            " * 1000",
            prepare=False,
        ).fetchone()
        value = float(row[0]) if row else 0.0
        self.is_off = value == 0
        if value > CUT_MS:
            connection.execute(
                "SELECT pg_catalog.set_config('lock_timeout', %s, true)", (f"{CUT_MS}ms",)
            )
        return StatementTrace(line=statement.line, kind=statement.kind, ms=ms)
