"""`lock-timeout-ignored`: with somebody in the way, a migration must give up, and soon.

Waiting for a lock closes the table to all who come later. So V is run while another session
holds what it needs, its timeouts cut short; one that it switched off stays off, and that is the
finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from time import monotonic

import psycopg
from psycopg import sql

from harness.catalog import Catalog, read_catalog
from harness.checks.downtime.contended import Contended
from harness.checks.downtime.waiting import CUT_MS, PATIENCE, Connection, Runner
from harness.checks.finding import Finding, Proof, Rule
from harness.checks.schema.facts import written_by_server
from harness.database import Database
from harness.execute import Trace
from harness.plan import Migration
from harness.sql import Script

_SLACK_MS = 1000
_GAVE_UP = "55P03"


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
    runner = Runner(database, script, timeout_ms)
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


def _queue_behind(database: Database, runner: Runner, contended: Contended) -> float:
    """Come as one more client once V is waiting; return how long that one waited, in ms."""
    with database.connect() as client:
        if not _is_waiting(client, runner):
            return 0.0
        started = monotonic()
        try:
            patience = f"{PATIENCE * 1000:.0f}ms"
            client.execute("SELECT set_config('statement_timeout', %s, false)", (patience,))
            with client.transaction(force_rollback=True):
                client.execute(_occupation(contended))
        except psycopg.errors.QueryCanceled:
            pass
        return (monotonic() - started) * 1000


def _is_waiting(client: Connection, runner: Runner) -> bool:
    """Wait until V waits for a lock, or has ended."""
    deadline = monotonic() + PATIENCE * 4
    while monotonic() < deadline and not runner.is_done:
        row = client.execute(
            "SELECT EXISTS (SELECT FROM pg_catalog.pg_locks WHERE pid = %s AND NOT granted)",
            (runner.pid,),
        ).fetchone()
        if row == (True,):
            return True
        runner.done.wait(0.004)
    return False


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
