"""`interruption-unsafe`: killed at any statement, a migration must leave no half of itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import Enum
from typing import Any

import psycopg

from harness.catalog import Catalog, read_catalog
from harness.checks.finding import Finding, Proof, Rule
from harness.database import Database
from harness.diff import compare, roots
from harness.errors import HarnessError, ServerLostError
from harness.execute import StatementTrace, Trace, run_script
from harness.execute.relations import query
from harness.plan import Migration
from harness.sql import Script, Statement

Connection = psycopg.Connection[Any]
Clones = Callable[[], AbstractContextManager[Database]]
"""Lends a fresh clone in the state before V."""

_WAIT = 5.0


class Moment(Enum):
    """When the session was killed."""

    AFTER = "after"
    INSIDE = "inside of"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A statement of the file, by its index, and when it is hit."""

    statement: int
    moment: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Interruption:
    """One kill: what it left, and what a second run made of it.

    ``left`` says what of the catalog was neither before nor after. ``again`` is the second run,
    None where none was needed; ``unfinished`` is what differs from *after* when it has ended.
    """

    point: Point
    line: int
    left: tuple[str, ...] = ()
    again: Trace | None = None
    unfinished: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InterruptionEvidence:
    """A migration and the kills that were tried."""

    migration: Migration
    interruptions: tuple[Interruption, ...]


InterruptionRule = Rule[InterruptionEvidence]


def points_of(script: Script, *, thorough: bool = False) -> tuple[Point, ...]:
    """Choose where to kill.

    PostgreSQL undoes a transaction whole, so a file that is one is killed once, in its middle,
    and only when thorough. A file without is killed inside of and after its first, middle and
    last statement; after and inside of each when thorough.
    """
    count = len(script.statements)
    if count == 0 or (script.transactional and not thorough):
        return ()
    if script.transactional:
        return (Point(statement=count // 2, moment=Moment.AFTER),)
    chosen = range(count) if thorough else sorted({0, count // 2, count - 1})
    return tuple(
        Point(statement=each, moment=moment)
        for each in chosen
        for moment in (Moment.INSIDE, Moment.AFTER)
        if moment is Moment.INSIDE or each < count - 1
    )


def interrupt(
    clones: Clones,
    before: Catalog,
    after: Catalog,
    migration: Migration,
    *,
    thorough: bool = False,
) -> InterruptionEvidence:
    """Kill V at each chosen point, each on a clone of its own; run it again where needed."""
    found = []
    for point in points_of(migration.forward, thorough=thorough):
        with clones() as database:
            if _kill(database, migration.forward, point):
                found.append(_aftermath(database, before, after, migration.forward, point))
    return InterruptionEvidence(migration=migration, interruptions=tuple(found))


def _kill(database: Database, script: Script, point: Point) -> bool:
    """Run the file up to the point and kill its session there; False where it could not be hit."""
    with database.connect(database.owner) as connection:
        killer = _Killer(database, point)
        try:
            run_script(connection, script, observer=killer)
        except ServerLostError:
            return True
        return killer.hit


class _Killer:
    """An observer that kills the session that it observes."""

    def __init__(self, database: Database, point: Point) -> None:
        self.hit = False
        self._database = database
        self._point = point
        self._index = -1

    def begin(self, connection: Connection, script: Script) -> None:  # noqa: ARG002
        self._index = -1

    def around(self, connection: Connection) -> AbstractContextManager[object]:
        self._index += 1
        if self._point.moment is Moment.INSIDE and self._index == self._point.statement:
            return _Ambush(self._database, connection.info.backend_pid, self)
        return nullcontext()

    def observe(self, connection: Connection, statement: Statement, ms: float) -> StatementTrace:
        if self._point.moment is Moment.AFTER and self._index == self._point.statement:
            with self._database.connect() as other:
                _terminate(other, connection.info.backend_pid)
            self.hit = True
            connection.execute("SELECT 1")  # meets the end of its session
        return StatementTrace(line=statement.line, kind=statement.kind, ms=ms)


class _Ambush(AbstractContextManager[object]):
    """Holds a statement up with locks and an old snapshot, and kills it while it waits."""

    def __init__(self, database: Database, pid: int, killer: _Killer) -> None:
        self._database = database
        self._pid = pid
        self._killer = killer
        self._over = threading.Event()
        self._in_place = threading.Event()
        self._thread = threading.Thread(target=self._lie_in_wait, daemon=True)

    def __enter__(self) -> object:
        self._thread.start()
        self._in_place.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _lie_in_wait(self) -> None:
        try:
            with self._database.connect(autocommit=False) as connection:
                connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                _hold_tables(connection)
                self._in_place.set()
                self._strike(connection)
                connection.rollback()
        except (psycopg.Error, HarnessError):
            return  # nobody was hit, and the point is not told of
        finally:
            self._in_place.set()

    def _strike(self, connection: Connection) -> None:
        while not self._over.is_set():
            seen = connection.execute(query("locks_of"), {"pid": self._pid}).fetchall()
            if any(not granted for *_, granted in seen):
                self._killer.hit = True
                _terminate(connection, self._pid)
                return
            self._over.wait(0.002)


def _hold_tables(connection: Connection) -> None:
    """Take RowExclusiveLock on every table: enough to stop CONCURRENTLY, and all stronger."""
    connection.execute(
        "SELECT pg_catalog.set_config('lock_timeout', '1s', true)",
    )
    rows = connection.execute(
        "SELECT pg_catalog.string_agg(c.oid::pg_catalog.regclass::text, ', ')"
        " FROM pg_catalog.pg_class AS c"
        " JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
        " WHERE c.relkind IN ('r', 'p') AND c.oid >= 16384 AND n.nspname !~ '^pg_'"
    ).fetchone()
    if rows is not None and rows[0]:
        connection.execute(f"LOCK TABLE ONLY {rows[0]} IN ROW EXCLUSIVE MODE".encode())
    connection.execute("SELECT FROM pg_catalog.pg_class LIMIT 1")


def _terminate(connection: Connection, pid: int) -> None:
    connection.execute("SELECT pg_catalog.pg_terminate_backend(%s, 5000)", (pid,))


def _aftermath(
    database: Database, before: Catalog, after: Catalog, script: Script, point: Point
) -> Interruption:
    line = script.statements[point.statement].line
    with database.connect() as connection:
        state = read_catalog(connection)
    if state in (before, after):
        return Interruption(point=point, line=line)
    with database.connect(database.owner) as connection:
        again = run_script(connection, script)
    with database.connect() as connection:
        end = read_catalog(connection)
    return Interruption(
        point=point,
        line=line,
        left=_differences(before, state),
        again=again,
        unfinished=_differences(after, end),
    )


def _differences(one: Catalog, other: Catalog) -> tuple[str, ...]:
    delta = compare(one, other).without_column_order
    invalid = {each.identity for each in delta.added if each.facts.get("valid") == "no"}
    return (
        *(
            f"{'invalid ' if each.identity in invalid else ''}{each.identity} is there"
            for each in roots(delta.added)
        ),
        *(f"{each.identity} is missing" for each in roots(delta.removed)),
        *(str(each) for each in delta.changed),
    )


def _interruption_unsafe(rule: InterruptionRule, seen: InterruptionEvidence) -> Iterator[Finding]:
    told: set[tuple[int, str]] = set()
    for each in seen.interruptions:
        said = _fault(each)
        if said is not None and (each.line, said) not in told:
            told.add((each.line, said))
            yield rule.finding(
                f"killed {each.point.moment.value} this statement, V stands half way"
                f" ({'; '.join(each.left)}), and {said}",
                file=seen.migration.file,
                line=each.line,
                migration=seen.migration.version,
                object=None,
            )


def _fault(seen: Interruption) -> str | None:
    if seen.again is None:
        return None
    if seen.again.failure is not None:
        return f"a second run fails: {seen.again.failure.message}"
    if seen.unfinished:
        return f"a second run ends without finishing it: {'; '.join(seen.unfinished)}"
    return None


RULES: tuple[InterruptionRule, ...] = (
    Rule(
        id="interruption-unsafe",
        title="killed half way, the migration leaves a state that a second run does not finish",
        effect="a failover or a cancelled deployment leaves an invalid index, or half a change,"
        " which the next run trips over or takes for done",
        fix="-- alone in a file, and so that it can be run again\n"
        "DROP INDEX CONCURRENTLY IF EXISTS …;\nCREATE INDEX CONCURRENTLY … ON … (…);",
        proof=Proof.RUN,
        check=_interruption_unsafe,
    ),
)
