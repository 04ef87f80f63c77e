"""`lock-timeout-ignored`: with somebody in the way, a migration must give up, and soon.

Waiting for a lock closes the table to all who come later. So V is run while another session
holds what it needs. Timeouts are cut short while it runs (a second or five make no difference to
what happens); one that the migration switched off stays off, and that is the finding.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import psycopg
from psycopg import sql

from harness.catalog import Catalog, read_catalog
from harness.checks.downtime.contended import Contended
from harness.checks.finding import Finding, Proof, Rule
from harness.checks.schema.facts import written_by_server
from harness.database import Database
from harness.errors import ServerLostError
from harness.execute import StatementTrace, Trace, run_script
from harness.plan import Migration
from harness.sql import Script, Statement

CUT_MS = 50
"""What every lock_timeout is cut down to while the proof runs, in milliseconds."""

_PATIENCE = 1.5
_SLACK_MS = 1000
_CANCELS = 10
_AGAIN = 0.1
_GAVE_UP = "55P03"

Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contention:
    """What happened while somebody used a table that V wants for itself.

    ``gave_up`` is how V ended, None where it had to be stopped. ``stall_ms`` is how long another
    reader, or writer, waited behind it. ``changed`` tells whether the catalog was another one
    afterwards, ``retry`` how V ended once the table was free; ``guarded`` whether a lock_timeout
    was in effect to the end.
    """

    contended: Contended
    gave_up: Trace | None
    stall_ms: float
    changed: bool = False
    retry: Trace | None = None
    guarded: bool = False

    @property
    def spends(self) -> bool:
        """Whether the database is not in the state before V any more."""
        return self.gave_up is None or self.gave_up.succeeded or self.changed


@dataclass(frozen=True, slots=True, kw_only=True)
class LockTimeoutEvidence:
    """A migration and each contention that was tried."""

    migration: Migration
    contentions: tuple[Contention, ...]

    @property
    def is_spent(self) -> bool:
        """Whether the database that was tried on is not in the state before V any more."""
        return any(each.spends for each in self.contentions)

    def retried(self, trace: Trace) -> LockTimeoutEvidence:
        """Add how V ended when it was run again, with nobody in its way."""
        *others, last = self.contentions
        return replace(self, contentions=(*others, replace(last, retry=trace)))


LockTimeoutRule = Rule[LockTimeoutEvidence]


def contend(
    database: Database,
    before: Catalog,
    migration: Migration,
    tables: tuple[Contended, ...],
    *,
    timeout_ms: int = 5000,
) -> LockTimeoutEvidence:
    """Run V against each occupied table; whoever tries again then uses `retried`.

    ``database`` is a copy of the state before V, and is in it again afterwards unless
    `is_spent`. ``timeout_ms`` is the lock_timeout that the runner sets; 0 where it sets none.
    """
    contentions = []
    for contended in tables:
        found = _contend(database, before, migration.forward, contended, timeout_ms)
        contentions.append(found)
        if found.spends:
            break
    return LockTimeoutEvidence(migration=migration, contentions=tuple(contentions))


def _contend(
    database: Database, before: Catalog, script: Script, contended: Contended, timeout_ms: int
) -> Contention:
    runner = _Runner(database, script, timeout_ms)
    with database.connect(autocommit=False) as occupant:
        occupant.execute(_occupation(contended))
        runner.start()
        stall = _queue_behind(database, runner, contended)
        trace = runner.wait()
        occupant.rollback()
    if trace is None or trace.succeeded:
        guarded = not runner.is_unguarded
        return Contention(contended=contended, gave_up=trace, stall_ms=stall, guarded=guarded)
    changed = False
    if not script.transactional:  # a transaction is undone whole
        with database.connect() as connection:
            changed = read_catalog(connection) != before
    return Contention(contended=contended, gave_up=trace, stall_ms=stall, changed=changed)


def _occupation(contended: Contended) -> sql.Composed:
    if contended.kind == "materialized view":  # LOCK TABLE is for tables
        return sql.SQL("SELECT FROM {} LIMIT 0").format(written_by_server(contended.table))
    mode = "ACCESS SHARE" if contended.blocks_reads else "ROW EXCLUSIVE"
    return sql.SQL("LOCK TABLE {} IN {} MODE").format(
        written_by_server(contended.table), written_by_server(mode)
    )


def _queue_behind(database: Database, runner: _Runner, contended: Contended) -> float:
    """Come as one more client once V is waiting; return how long that one waited, in ms."""
    with database.connect() as client:
        if not _is_waiting(client, runner):
            return 0.0
        started = monotonic()
        try:
            patience = f"{_PATIENCE * 1000:.0f}ms"
            client.execute("SELECT set_config('statement_timeout', %s, false)", (patience,))
            with client.transaction(force_rollback=True):
                client.execute(_occupation(contended))
        except psycopg.errors.QueryCanceled:
            pass
        return (monotonic() - started) * 1000


def _is_waiting(client: Connection, runner: _Runner) -> bool:
    """Wait until V waits for a lock, or has ended."""
    deadline = monotonic() + _PATIENCE * 4
    while monotonic() < deadline and not runner.is_done:
        row = client.execute(
            "SELECT EXISTS (SELECT FROM pg_catalog.pg_locks WHERE pid = %s AND NOT granted)",
            (runner.pid,),
        ).fetchone()
        if row == (True,):
            return True
        runner.done.wait(0.004)
    return False


class _Runner:
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
        return self.done.is_set()

    @property
    def is_unguarded(self) -> bool:
        return self._shortened.is_off

    def start(self) -> None:
        self._thread.start()

    def wait(self) -> Trace | None:
        """Return how V ended; None where it had to be cancelled."""
        ended = self.done.wait(_PATIENCE if self._shortened.is_off else _PATIENCE * 4.5)
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


def _lock_timeout_ignored(rule: LockTimeoutRule, seen: LockTimeoutEvidence) -> Iterator[Finding]:
    for each in seen.contentions:
        said = _fault(each)
        if said is not None:
            yield rule.finding(
                said,
                file=seen.migration.file,
                line=each.contended.line,
                migration=seen.migration.version,
                object=f"{each.contended.kind} {each.contended.table}",
                fix=_LET_IT_FAIL if each.gave_up is None and each.guarded else None,
            )


_LET_IT_FAIL = (
    "let the error of lock_timeout (lock_not_available) end the file: the runner tries it again"
)


def _fault(seen: Contention) -> str | None:
    who = "a reader" if seen.contended.blocks_reads else "a writer"
    wanted = f"{seen.contended.mode} on {seen.contended.kind} {seen.contended.table}"
    if seen.gave_up is None:
        return f"while {who} has the table, V does not give up waiting for {wanted}"
    failure = seen.gave_up.failure
    if failure is None:
        return None  # it came through without waiting: there was nothing in its way
    if seen.changed:
        return f"V gives up waiting for {wanted} and leaves something changed"
    if failure.sqlstate == _GAVE_UP and seen.stall_ms > CUT_MS + _SLACK_MS:
        return (
            f"while V waits for {wanted}, another client waits for {round(seen.stall_ms)} ms,"
            f" longer than its lock_timeout of {CUT_MS} ms"
        )
    if seen.retry is not None and seen.retry.failure is not None:
        return (
            f"V gives up waiting for {wanted}, and does not run when tried again:"
            f" {seen.retry.failure.message}"
        )
    return None


RULES: tuple[LockTimeoutRule, ...] = (
    Rule(
        id="lock-timeout-ignored",
        title="while somebody uses a table, the migration queues for it without a limit",
        effect="everybody who comes later queues behind the migration: one long report is enough"
        " to stop all traffic on the table",
        fix="-- as the file's first statement; the runner tries again later\n"
        "SET LOCAL lock_timeout = '5s';",
        proof=Proof.RUN,
        check=_lock_timeout_ignored,
    ),
)
