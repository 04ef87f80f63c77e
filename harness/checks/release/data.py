"""Rules of rows: what V and R together do to the data that was there before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from psycopg import sql

from harness.catalog.model import Catalog, Identity
from harness.checks.downtime.instead import parted
from harness.checks.downtime.moments import rows_of
from harness.checks.finding import Finding, Proof, Rule
from harness.checks.release.touched import Touched
from harness.checks.schema.facts import Connection, written_by_server
from harness.checks.words import listed
from harness.database import Database
from harness.plan import ChangeType, Migration


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The rows of a table, folded: equal rows in any order give equal digests.

    ``columns`` folds each column by itself, tied to nothing; ``whole`` folds entire rows, in
    the columns that existed before. A column that is not there any more is left out.
    """

    table: str
    rows: int
    whole: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataEvidence:
    """The touched tables before V and after V and R; a table that is gone has no digest."""

    migration: Migration
    before: tuple[Digest, ...]
    back: tuple[Digest, ...]


DataRule = Rule[DataEvidence]


def tables_to_digest(catalog: Catalog, touched: Touched, migration: Migration) -> tuple[str, ...]:
    """Select the tables of before that V touched or that R names; partitions with their parent."""
    text = migration.backward.text if migration.backward is not None else ""
    named = {
        each.identity.name
        for each in catalog.of_kind("table")
        if re.search(rf"(?<!\w){re.escape(each.identity.name)}(?!\w)", text)
    }
    names = sorted(named | set(touched.tables))
    return tuple(name for name in names if not _is_within(catalog, name, names))


def digests(database: Database, catalog: Catalog, tables: Iterable[str]) -> tuple[Digest, ...]:
    """Fold the rows of tables, by the columns that they have in a catalog.

    ``catalog`` is always the one before V, ``database`` may have moved on.
    """
    with database.connect() as connection:
        connection.execute("SET DateStyle = 'ISO, YMD'; SET TimeZone = 'UTC'")
        return tuple(
            found
            for table in tables
            if (found := _digest(connection, table, _columns(catalog, table))) is not None
        )


def _digest(connection: Connection, table: str, columns: tuple[str, ...]) -> Digest | None:
    row = connection.execute(
        "SELECT array(SELECT pg_catalog.quote_ident(attname) FROM pg_catalog.pg_attribute"
        " WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped)"
        " FROM (SELECT pg_catalog.to_regclass(%s) AS oid) AS c WHERE c.oid IS NOT NULL",
        (table,),
    ).fetchone()
    if row is None:
        return None
    kept = [name for name in columns if name in row[0]]
    each = [written_by_server(name) for name in kept]
    folded = [_fold(sql.SQL("{}::text").format(name)) for name in each]
    whole = _fold(sql.SQL("ROW({})::text").format(sql.SQL(", ").join(each)))
    asked = sql.SQL("SELECT count(*), {} FROM {} AS r").format(
        sql.SQL(", ").join([whole, *folded]), written_by_server(table)
    )
    answer = connection.execute(asked, prepare=False).fetchone()
    assert answer is not None
    count, of_rows, *of_columns = answer
    return Digest(
        table=table,
        rows=count,
        whole=str(of_rows),
        columns=tuple(zip(kept, map(str, of_columns), strict=True)),
    )


def _fold(value: sql.Composable) -> sql.Composed:
    """Add up hashes, so that the order of rows does not count; NULL is a value of its own."""
    return sql.SQL(
        "COALESCE(sum(pg_catalog.hashtextextended(COALESCE('=' || {}, ''), 0)::numeric), 0)::text"
    ).format(value)


def _columns(catalog: Catalog, table: str) -> tuple[str, ...]:
    below = catalog.children.get(Identity(kind="table", name=table), ())
    return tuple(parted(each.identity.name)[1] for each in below if each.identity.kind == "column")


def _is_within(catalog: Catalog, table: str, names: list[str]) -> bool:
    found = catalog.find("table", table)
    return found is not None and found.facts.get("partition of", "") in names


def _rows_changed(rule: DataRule, seen: DataEvidence) -> Iterator[Finding]:
    if seen.migration.change_type is ChangeType.CONTRACT:
        return  # there, what is lost must be declared: the other two rules
    for lost in _losses(seen):
        yield rule.finding(
            f"after V and R, {lost.said}",
            file=seen.migration.rollback_file or seen.migration.file,
            migration=seen.migration.version,
            object=f"table {lost.table}",
        )


def _undeclared_loss(rule: DataRule, seen: DataEvidence) -> Iterator[Finding]:
    if seen.migration.change_type is not ChangeType.CONTRACT:
        return
    declared = set(seen.migration.loses)
    for lost in _losses(seen):
        missing = tuple(each for each in lost.names if not {each, lost.table} & declared)
        if missing:
            yield rule.finding(
                f"after V and R, {lost.said}, and the manifest's `loses` does not say so",
                file=seen.migration.rollback_file or seen.migration.file,
                migration=seen.migration.version,
                object=f"table {lost.table}",
                fix=f"bring the rows back in R, or declare in the manifest: loses:"
                f" [{', '.join(missing)}]",
            )


def _declared_loss_absent(rule: DataRule, seen: DataEvidence) -> Iterator[Finding]:
    if seen.migration.change_type is not ChangeType.CONTRACT:
        return
    lost = {name for each in _losses(seen) for name in (*each.names, each.table)}
    known = {each.table for each in seen.before}
    for declared in seen.migration.loses:
        table = declared if declared in known else parted(declared)[0]
        if declared not in lost and (table not in known or _held_rows(seen, table)):
            said = "comes back with V and R" if table in known else "is not touched by V"
            yield rule.finding(
                f"the manifest says that {declared} is lost, but it {said}",
                file=seen.migration.file,
                migration=seen.migration.version,
                object=declared,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loss:
    """A table whose rows differ; ``names`` are what `loses` would have to name."""

    table: str
    names: tuple[str, ...]
    said: str


def _losses(seen: DataEvidence) -> Iterator[_Loss]:
    back = {each.table: each for each in seen.back}
    for was in seen.before:
        now = back.get(was.table)
        if now is None or now.rows != was.rows:
            count = rows_of(now.rows) if now is not None else "no table"
            said = f"table {was.table} holds {count}, held {rows_of(was.rows)}"
            yield _Loss(table=was.table, names=(was.table,), said=said)
            continue
        columns = _differing(was, now)
        if columns:
            names = tuple(f"{was.table}.{each}" for each in columns)
            said = f"the values of {listed(columns)} in table {was.table} are not what they were"
            yield _Loss(table=was.table, names=names, said=said)
        elif now.whole != was.whole:
            said = f"the values of table {was.table} are in other rows than they were"
            yield _Loss(table=was.table, names=(was.table,), said=said)


def _differing(was: Digest, now: Digest) -> tuple[str, ...]:
    found: Mapping[str, str] = dict(now.columns)
    return tuple(name for name, fold in was.columns if found.get(name) != fold)


def _held_rows(seen: DataEvidence, table: str) -> bool:
    return any(each.table == table and each.rows for each in seen.before)


RULES: tuple[DataRule, ...] = (
    Rule(
        id="rows-changed",
        title="V and R together change rows of tables that existed before",
        effect="a rollback in production leaves other data than there was, and nobody is told",
        fix="let the rollback undo exactly what V did to the rows, triggers on them included",
        proof=Proof.RUN,
        check=_rows_changed,
    ),
    Rule(
        id="undeclared-loss",
        title="a contract loses data that its rollback does not bring back, undeclared",
        effect="whoever rolls back believes that everything is as before, and finds the data gone",
        fix="bring the data back in R from where the backfill put it, or declare it in `loses`",
        proof=Proof.RUN,
        check=_undeclared_loss,
    ),
    Rule(
        id="declared-loss-absent",
        title="the manifest declares a loss that does not happen",
        effect="nobody dares to roll back for fear of a loss that does not exist",
        fix="take the entry out of `loses`",
        proof=Proof.RUN,
        check=_declared_loss_absent,
    ),
)
