"""Two whole runners of a db root's scripts at once: real psql processes on an empty database."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from time import monotonic

import psycopg

from harness.checks.downtime.runners import NotRaced, Race, Run, race
from harness.checks.operations.stage import Rows, Stage
from harness.database import Database
from harness.errors import HarnessError, UsageError
from harness.execute import Connection
from harness.operator import (
    Operator,
    Psql,
    Step,
    Stream,
    Verb,
    applying,
    find_psql,
    read_connection,
)
from harness.plan import Plan

RUNNERS = 2
LIMIT_S = 120.0
"""How long a race may take before its runners are thrown out: none of them would ever end."""

_START_S = 15.0
_POLL_S = 0.01
_LEDGER = "SELECT version FROM migration.history WHERE action = 'applied' ORDER BY id"
_WAITING = """
    SELECT count(DISTINCT pid) FROM pg_catalog.pg_locks
    WHERE NOT granted AND relation = 'pg_catalog.pg_namespace'::regclass
"""
_OTHERS = """
    SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity
    WHERE datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid()
"""


def gather_race(file: str, stage: Stage, *, must_be_proven: bool = False) -> Race | NotRaced:
    """Race runners over the files up to the first one without a transaction.

    ``file`` is the script to blame. Raises `NotBuiltError` where it is a migration that fails.
    """
    try:
        psql = find_psql(os.environ.get("PSQL_PATH"), os.environ)
    except UsageError as error:
        return NotRaced(file=file, reason=str(error), must_be_proven=must_be_proven)
    steps = _steps(stage.plan)
    with stage.lend_pristine() as database:
        seen = _raced(file, _operator(psql, database, stage), steps, database)
    if not seen.failed:
        return seen
    with stage.lend(Rows.EMPTY):
        pass  # the files themselves apply: what failed is the scripts'
    with stage.lend_pristine() as database, _referee(database, 1) as referee:
        return replace(seen, alone=referee.run(_operator(psql, database, stage), steps))


def psql_here() -> str:
    """Name the psql that a race would be run with; empty where there is none."""
    try:
        return repr(find_psql(os.environ.get("PSQL_PATH"), os.environ))
    except UsageError:
        return ""


def _steps(plan: Plan) -> tuple[Step, ...]:
    """Choose the files: CONCURRENTLY, at the end, waits for whatever the other runner holds."""
    waits = (each.version for each in plan.migrations if not each.forward.transactional)
    return applying(plan, through=next(waits, None))


def _operator(psql: Psql, database: Database, stage: Stage) -> Operator:
    return Operator(
        psql=psql,
        connection=read_connection(database.dsn),
        scripts=stage.plan.root / "scripts",
        owner=stage.owner,
    )


def _raced(file: str, operator: Operator, steps: tuple[Step, ...], database: Database) -> Race:
    with _referee(database, RUNNERS) as referee:
        return race(
            lambda: referee.run(operator, steps),
            lambda: _applied(database),
            file=file,
            expected=[each.version for each in steps],
            runners=RUNNERS,
        )


def _run(operator: Operator, steps: tuple[Step, ...]) -> Run:
    """Run a whole call; what stops it from without is its failure, too."""
    errors: list[str] = []

    def hear(stream: Stream, line: str) -> None:
        if stream is Stream.ERR and " ERROR:  " in line:
            errors.append(line.partition(" ERROR:  ")[2])

    try:
        outcome = operator.run(Verb.APPLY, steps, hear)
    except HarnessError as error:
        return Run(exit_code=error.exit_code, said=str(error))
    return Run(exit_code=outcome.exit_code, said=errors[-1] if errors else outcome.said)


def _applied(database: Database) -> list[str]:
    with database.connect() as connection:
        if connection.execute("SELECT to_regclass('migration.history')").fetchone() == (None,):
            return []
        return [version for (version,) in connection.execute(_LEDGER)]


class _Referee:
    """Lets runners begin in one instant, and ends a race that would never end.

    Whoever comes first would else be done before the second has connected. No name can be looked
    up while pg_namespace is locked, so each stops at its first statement until all are there.
    """

    def __init__(self, connection: Connection, runners: int) -> None:
        self._connection = connection
        self._awaited = runners
        self._over = threading.Event()

    def watch(self) -> None:
        """Stand at the start, and at the end."""
        with suppress(psycopg.OperationalError):  # a lost server: whoever asks it next says so
            self._hold_back()
            self._connection.rollback()
            if not self._over.wait(LIMIT_S):
                self._connection.execute(_OTHERS)
                self._connection.rollback()

    def run(self, operator: Operator, steps: tuple[Step, ...]) -> Run:
        """Run one of the runners; one that ends early is not waited for at the start."""
        try:
            return _run(operator, steps)
        finally:
            self._awaited -= 1

    def end(self) -> None:
        """Say that the race is over."""
        self._over.set()

    def _hold_back(self) -> None:
        give_up = monotonic() + _START_S
        while not self._over.wait(_POLL_S) and monotonic() < give_up:
            [waiting] = self._connection.execute(_WAITING).fetchone() or (0,)
            if waiting >= self._awaited:
                return


@contextmanager
def _referee(database: Database, runners: int) -> Iterator[_Referee]:
    with database.connect(autocommit=False) as connection:
        connection.execute("LOCK TABLE pg_catalog.pg_namespace IN ACCESS EXCLUSIVE MODE")
        referee = _Referee(connection, runners)
        watching = threading.Thread(target=referee.watch)
        watching.start()
        try:
            yield referee
        finally:
            referee.end()
            watching.join()
