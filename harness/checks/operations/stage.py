"""Where queries and runbooks are tried: a plan's whole database, with and without rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from psycopg import sql

from harness.checks.operations.roles import Readers, read_readers
from harness.checks.rehearsal.rehearsal import PLAIN_OWNER
from harness.database import Cluster, Database
from harness.execute import Connection, run_script
from harness.plan import Plan
from harness.samples import fill
from harness.samples.parents import qualified
from harness.samples.shape import list_tables
from harness.sql import Script

SAMPLE_ROWS = 12
"""Rows of every table that neither a migration nor a seed has filled."""


class Rows(Enum):
    """What the tables of a database hold."""

    EMPTY = "empty"
    FILLED = "filled"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotBuilt:
    """The file that keeps the database from being built, and why."""

    file: str
    line: int
    message: str
    version: str | None


class NotBuiltError(Exception):
    """A migration or seed does not apply: nothing that needs the whole database can be tried."""

    def __init__(self, cause: NotBuilt) -> None:
        super().__init__(cause.message)
        self.cause = cause


class Stage:
    """Lends databases that stand at the end of a plan; each is the borrower's alone.

    Each of the two is built once per server, whatever the number of workers, and cloned.
    Raises `NotBuiltError` where the plan does not apply; the roles must exist.
    """

    def __init__(self, plan: Plan, cluster: Cluster) -> None:
        self.plan = plan
        self._cluster = cluster
        self._owner = plan.owner or PLAIN_OWNER
        self._templates: dict[Rows, Database] = {}
        self._not_built: NotBuilt | None = None

    @property
    def owner(self) -> str:
        """Who owns the database and runs the migrations."""
        return self._owner

    @cached_property
    def readers(self) -> Readers:
        """The roles that may run queries."""
        with self.lend(Rows.EMPTY) as database, database.connect() as connection:
            return read_readers(connection, self.plan)

    @contextmanager
    def lend(self, rows: Rows) -> Iterator[Database]:
        """Lend a database; what happens to it is nobody else's concern."""
        copy = self._cluster.clone(self._template(rows))
        try:
            yield copy
        finally:
            self._cluster.drop(copy)

    @contextmanager
    def lend_pristine(self) -> Iterator[Database]:
        """Lend a database that nothing was applied to yet; its roles exist."""
        self._cluster.ensure_roles(_roles(self.plan, self._owner))
        database = self._cluster.create(self._owner)
        try:
            yield database
        finally:
            self._cluster.drop(database)

    def _template(self, rows: Rows) -> Database:
        if self._not_built is not None:
            raise NotBuiltError(self._not_built)
        if rows not in self._templates:
            self._cluster.ensure_roles(_roles(self.plan, self._owner))
            try:
                self._templates[rows] = self._built(rows)
            except NotBuiltError as error:
                self._not_built = error.cause
                raise
        return self._templates[rows]

    def _built(self, rows: Rows) -> Database:
        def build(database: Database) -> None:
            self._apply(database)
            if rows is Rows.FILLED:
                _fill_empty_tables(database)

        key = f"operations/{rows.value}/{SAMPLE_ROWS}/{_digest(self.plan)}"
        return self._cluster.template(key, build, self._owner)

    def _apply(self, database: Database) -> None:
        for file, script, version in _files(self.plan):
            with database.connect(self._owner) as connection:
                failure = run_script(connection, script).failure
            if failure is not None:
                cause = NotBuilt(
                    file=file, line=failure.line, message=failure.message, version=version
                )
                raise NotBuiltError(cause)


def _files(plan: Plan) -> Iterator[tuple[str, Script, str | None]]:
    for phase in plan.phases:
        for migration in phase.migrations:
            yield migration.file, migration.forward, migration.version
        for seed in phase.seeds:
            yield seed.file, seed.script, None


def _roles(plan: Plan, owner: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*plan.roles, *plan.app_roles, owner)))


def _digest(plan: Plan) -> str:
    """Tell two plans apart by what their files do to a database."""
    parts = [f"{script.sha256} {file}" for file, script, _ in _files(plan)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _fill_empty_tables(database: Database) -> None:
    """Fill what nothing has filled: rows that migrations and seeds put in a table mean something.

    A registry that names tables to be kept up, say, would send an operator's routine after names
    that were made up.
    """
    with database.connect() as connection:
        tables = list_tables(connection).values()
        fill(
            connection,
            rows=SAMPLE_ROWS,
            tables=[each for each in tables if _is_empty(connection, each)],
        )
        connection.execute("ANALYZE")


def _is_empty(connection: Connection, table: str) -> bool:
    holds = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(qualified(table))
    return connection.execute(holds).fetchone() == (False,)
