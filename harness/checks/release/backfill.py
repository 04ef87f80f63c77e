"""`contract-before-backfill`: a contract must refuse while what it relies on is not complete.

The state in which the backfill is not complete has to be made first. Rows of the tables that
``ready`` reads are taken away, or their values are; where ``ready`` asks the catalog, the expands
that the contract completes are taken back. The first of these that makes ``ready`` count more
than nothing is the state in which V is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import psycopg
from psycopg import sql

from harness.catalog import Catalog, read_catalog
from harness.catalog.model import CatalogObject
from harness.checks.downtime.instead import parted
from harness.checks.finding import Finding, Proof, Rule, Severity
from harness.checks.release.data import Digest, digests
from harness.checks.schema.facts import Connection, written_by_server
from harness.checks.words import listed, refusal
from harness.database import Database
from harness.diff import compare
from harness.execute import Trace, run_script
from harness.plan import Migration, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillEvidence:
    """A contract that was run before its backfill was complete.

    ``unready`` says how that state was made, None where no way was found; ``trace`` is what V
    did in it. ``changed`` are the objects and tables that V left changed although it refused.
    ``fault`` says why ``ready``, which stands in ``manifest_file``, counts nothing at all.
    """

    migration: Migration
    manifest_file: str = ""
    fault: str | None = None
    unready: str | None = None
    trace: Trace | None = None
    changed: tuple[str, ...] = ()


BackfillRule = Rule[BackfillEvidence]


def run_before_backfill(
    database: Database, catalog: Catalog, plan: Plan, migration: Migration
) -> BackfillEvidence | None:
    """Make the backfill incomplete and run V; None for what is no contract with a ``ready``.

    ``database`` is a clone in the state before V, with rows, and is used up; ``catalog`` is its.
    """
    if migration.ready is None:
        return None
    with database.connect() as connection:
        fault = _fault(connection, migration.ready)
        if fault is not None:
            return BackfillEvidence(
                migration=migration, manifest_file=plan.manifest_file, fault=fault
            )
        unready = _make_unready(connection, catalog, migration.ready)
    if unready is None:
        unready = _take_back(database, plan, migration)
    if unready is None:
        return BackfillEvidence(migration=migration)
    tables = [each.identity.name for each in _read_by(catalog, migration.ready)]
    before, rows = _state(database, tables)
    with database.connect(database.owner) as connection:
        trace = run_script(connection, migration.forward)
    after, rows_after = _state(database, tables)
    changed = () if trace.succeeded else tuple(_changes(before, after, rows, rows_after))
    return BackfillEvidence(migration=migration, unready=unready, trace=trace, changed=changed)


def _fault(connection: Connection, ready: str) -> str | None:
    """Say why ``ready`` cannot count in the state that it is written for; None where it does."""
    try:
        with connection.transaction(force_rollback=True):
            row = connection.execute(ready.encode(), prepare=False).fetchone()
    except psycopg.errors.ProgrammingError as error:
        return f"{error.diag.message_primary or error} (SQLSTATE {error.diag.sqlstate})"
    except psycopg.Error:
        if connection.broken:
            raise
        return None  # as an answer it is no number, but it may be what the missing rows give
    if row is None:
        return "it gives no row"
    if not isinstance(row[0], int | Decimal):
        return f"it gives no number, but {'NULL' if row[0] is None else f'`{row[0]}`'}"
    return None


def is_unready(connection: Connection, ready: str) -> bool:
    """Whether ``ready`` counts more than nothing; a query that cannot run counts as not ready."""
    try:
        with connection.transaction(force_rollback=True):
            row = connection.execute(ready.encode(), prepare=False).fetchone()
    except psycopg.Error:
        if connection.broken:
            raise
        return True
    return row is not None and bool(row[0])


def _make_unready(connection: Connection, catalog: Catalog, ready: str) -> str | None:
    """Try the ways to be incomplete, one after another; keep the first that is."""
    if is_unready(connection, ready):
        return "as it stands"
    for said, statements in _ways(catalog, ready):
        try:
            with connection.transaction():
                connection.execute("SET LOCAL session_replication_role = replica")
                for statement in statements:
                    connection.execute(statement, prepare=False)
                if not is_unready(connection, ready):
                    raise psycopg.Rollback
        except psycopg.Error:
            if connection.broken:
                raise
            continue
        if is_unready(connection, ready):
            return said
    return None


# Written without a type, each is a value of many: the first that a column takes will do.
_LEFT_OVER = ("1", "x", "true", "2020-01-01", "{}", "00000000-0000-4000-8000-000000000001")

_Way = tuple[str, tuple[sql.Composed, ...]]


def _ways(catalog: Catalog, ready: str) -> Iterator[_Way]:
    """Yield what may be missing, all rows of a table or all values of a column, or left over."""
    for found in _read_by(catalog, ready):
        if found.identity.kind == "table":
            table = written_by_server(found.identity.name)
            yield (
                f"without the rows of {found.identity.name}",
                (sql.SQL("DELETE FROM {}").format(table),),
            )
    for found in _read_by(catalog, ready):
        for column in _named_columns(catalog, found, ready):
            yield (f"without values in {column.identity.name}", tuple(_emptied(catalog, column)))
    for found in _read_by(catalog, ready):
        for column in _named_columns(catalog, found, ready):
            for value in _LEFT_OVER:
                yield (f"with values left in {column.identity.name}", (_filled(column, value),))


def _filled(column: CatalogObject, value: str) -> sql.Composed:
    assert column.parent is not None
    return sql.SQL("UPDATE {} SET {} = {}").format(
        written_by_server(column.parent.name),
        written_by_server(parted(column.identity.name)[1]),
        sql.Literal(value),
    )


def _emptied(catalog: Catalog, column: CatalogObject) -> Iterator[sql.Composed]:
    """Set a column to NULL, after what forbids it by itself."""
    assert column.parent is not None
    table, name = written_by_server(column.parent.name), parted(column.identity.name)[1]
    for each in catalog.children.get(column.parent, ()):
        if each.identity.kind == "check constraint" and _names(each.facts["definition"], name):
            yield sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(
                table, written_by_server(parted(each.identity.name)[1])
            )
    quoted = written_by_server(name)
    yield sql.SQL("ALTER TABLE {} ALTER COLUMN {} DROP NOT NULL").format(table, quoted)
    yield sql.SQL("UPDATE {} SET {} = NULL").format(table, quoted)


def _read_by(catalog: Catalog, ready: str) -> tuple[CatalogObject, ...]:
    relations = catalog.of_kind("table", "materialized view")
    # What is in public is found without its schema, too.
    return tuple(
        each for each in relations if _names(ready, each.identity.name.removeprefix("public."))
    )


def _named_columns(catalog: Catalog, table: CatalogObject, ready: str) -> Iterator[CatalogObject]:
    for each in catalog.children.get(table.identity, ()):
        if each.identity.kind == "column" and _names(ready, parted(each.identity.name)[1]):
            yield each


def _names(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _take_back(database: Database, plan: Plan, migration: Migration) -> str | None:
    """Run the rollbacks of the expands that the contract completes, the last one first."""
    assert migration.ready is not None
    for version in sorted(migration.after, reverse=True):
        expand = next((each for each in plan.migrations if each.version == version), None)
        if expand is None or expand.backward is None:
            continue
        with database.connect(database.owner) as connection:
            run_script(connection, expand.backward)
        with database.connect() as connection:
            if is_unready(connection, migration.ready):
                return f"without {version}"
    return None


def _state(database: Database, tables: list[str]) -> tuple[Catalog, tuple[Digest, ...]]:
    with database.connect() as connection:
        catalog = read_catalog(connection)
    return catalog, digests(database, catalog, tables)


def _changes(
    before: Catalog, after: Catalog, rows: tuple[Digest, ...], rows_after: tuple[Digest, ...]
) -> Iterator[str]:
    delta = compare(before, after)
    yield from (str(each.identity) for each in (*delta.added, *delta.removed))
    yield from (str(each) for each in delta.changed)
    now = {each.table: each for each in rows_after}
    yield from (f"the rows of {each.table}" for each in rows if now.get(each.table) != each)


def _contract_before_backfill(rule: BackfillRule, seen: BackfillEvidence) -> Iterator[Finding]:
    migration, trace = seen.migration, seen.trace
    line = min((each.line for each in migration.forward.statements), default=1)
    if seen.fault is not None:
        yield rule.finding(
            f"`ready` of {migration.version} does not count: {seen.fault}",
            file=seen.manifest_file,
            line=migration.line,
            migration=migration.version,
            effect="whoever asks whether the contract may run gets no answer",
            fix="let `ready` count, on the schema before the contract, the rows that are still to"
            " be filled: SELECT count(*) FROM … WHERE …",
        )
    elif trace is None:
        yield rule.finding(
            "no state was found in which `ready` counts more than nothing, so it could not be"
            " tried whether the contract refuses",
            file=migration.file,
            line=line,
            migration=migration.version,
            effect="a guard that was never seen to refuse may let data go that is still needed",
            fix="let `ready` count, in tables that exist, the rows that are still to be filled",
            severity=Severity.WARNING,
        )
    elif trace.failure is None:
        yield rule.finding(
            f"the contract runs {seen.unready}, while `ready` does not count 0",
            file=migration.file,
            line=line,
            migration=migration.version,
        )
    elif seen.changed:
        yield rule.finding(
            f"the contract refuses ({refusal(trace.failure)}) but leaves something changed:"
            f" {listed(seen.changed)}",
            file=migration.file,
            line=trace.failure.line,
            migration=migration.version,
        )


RULES: tuple[BackfillRule, ...] = (
    Rule(
        id="contract-before-backfill",
        title="a contract runs although its backfill is not complete",
        effect="what was not copied yet is dropped with the old column, for good",
        fix="DO $$\nBEGIN\n    IF EXISTS (…the rows that `ready` counts…) THEN\n"
        "        RAISE EXCEPTION 'the backfill is not complete';\n    END IF;\nEND $$;\n"
        "-- as the first statement, before anything is dropped",
        proof=Proof.RUN,
        check=_contract_before_backfill,
    ),
)
