"""Fill every table of a database with sample rows, from what its catalog says alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from random import Random

import psycopg
from psycopg import sql

from harness.errors import UsageError
from harness.samples.makers import Makers
from harness.samples.order import Group, in_order, with_parents
from harness.samples.parents import Parents, qualified
from harness.samples.refusals import Refusal, refusal_of
from harness.samples.result import Filled, Unfilled
from harness.samples.rows import RowMaker
from harness.samples.scalars import ORDERED, PLAIN, PROBES, TEXTS
from harness.samples.shape import Connection, Shape, Table, list_tables, read_shape
from harness.samples.write import Writer

_STALE = 3
_FULL = Refusal(said="its unique keys admit no more rows")
# How values are written and read while rows are made; triggers see the same.
_SETTINGS = {"TimeZone": "UTC", "DateStyle": "ISO, YMD", "IntervalStyle": "postgres"}


def fill(
    connection: Connection, *, rows: int, seed: int = 0, tables: Sequence[str] | None = None
) -> Filled:
    """Top every table up to ``rows`` consistent rows; deterministic for a seed.

    ``connection`` is a superuser's (row level security does not bind it), in any mode: the work
    is one transaction, or part of the caller's. ``tables`` are qualified names as PostgreSQL
    quotes them, all by default; the tables that they refer to are filled along with them.
    A table that stays below ``rows`` is named in `Filled.unfilled` with the reason.
    Raises `UsageError` for a name that is no table.
    """
    with connection.transaction():
        listed = list_tables(connection)
        counts = _count(connection, listed, rows)
        wanted = _wanted(listed, tables)
        short = {oid: listed[oid] for oid in wanted if counts[oid] < rows}
        if not short:
            return Filled(rows={listed[oid]: counts[oid] for oid in wanted})
        with _settings(connection):
            return _Filling(connection, listed, counts, rows, seed).run(wanted, tables is None)


def _wanted(listed: Mapping[int, str], names: Sequence[str] | None) -> list[int]:
    if names is None:
        return list(listed)
    by_name = {name: oid for oid, name in listed.items()}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        raise UsageError(f"no table of its own rows is named {', '.join(sorted(unknown))}")
    return [by_name[name] for name in names]


def _count(connection: Connection, tables: Mapping[int, str], most: int) -> dict[int, int]:
    """Count each table's rows, but no further than needed."""
    if not tables:
        return {}
    one = sql.SQL("SELECT {oid}::oid, (SELECT count(*) FROM (SELECT FROM {table} LIMIT {most}) s)")
    counted = sql.SQL(" UNION ALL ").join(
        one.format(oid=oid, table=qualified(name), most=most) for oid, name in tables.items()
    )
    return dict(connection.execute(counted, prepare=False).fetchall())


@contextmanager
def _settings(connection: Connection) -> Iterator[None]:
    """Fix how values are written; the caller's settings are given back."""
    names = list(_SETTINGS)
    before = connection.execute(
        "SELECT name, current_setting(name) FROM unnest(%s::text[]) AS name", (names,)
    ).fetchall()
    put = "SELECT set_config(n, v, true) FROM unnest(%s::text[], %s::text[]) AS given (n, v)"
    connection.execute(put, (names, list(_SETTINGS.values())))
    try:
        yield
    finally:
        if not connection.broken and connection.info.transaction_status.name == "INTRANS":
            connection.execute(put, ([n for n, _ in before], [v for _, v in before]))


class _Filling:
    """One call of `fill`."""

    def __init__(
        self,
        connection: Connection,
        names: Mapping[int, str],
        counts: dict[int, int],
        rows: int,
        seed: int,
    ) -> None:
        self.connection = connection
        self.names = names
        self.counts = counts
        self.before = dict(counts)
        self.rows = rows
        self.seed = seed
        self.refusals: dict[int, Refusal] = {}
        self.parents = Parents(connection, names, rows)

    def run(self, wanted: Sequence[int], everything: bool) -> Filled:
        shape = self._shape(wanted, everything)
        chosen = set(wanted) if everything else with_parents(wanted, shape.tables)
        makers = Makers(shape.types, _probe(self.connection, shape))
        tables = {oid: table for oid, table in shape.tables.items() if oid in chosen}
        short = {oid for oid in tables if self.counts[oid] < self.rows}
        self.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for group in in_order(tables):
            if short & set(group.tables):
                self._fill_group(group, tables, makers)
        return self._filled(sorted(chosen, key=lambda oid: self.names[oid]))

    def _shape(self, wanted: Sequence[int], everything: bool) -> Shape:
        """Read only what is short of rows, with the parents where these may be short too."""
        if not everything:
            return read_shape(self.connection, self.names)
        short = {oid: self.names[oid] for oid in wanted if self.counts[oid] < self.rows}
        return read_shape(self.connection, short)

    def _fill_group(self, group: Group, tables: Mapping[int, Table], makers: Makers) -> None:
        if group.postponed:
            self._fill_postponed(group, tables, makers)
            return
        if group.circular:
            for oid in group.tables:
                self._fill_table(tables[oid], makers, (self.rows + 1) // 2)
        for oid in group.tables:
            self._fill_table(tables[oid], makers, self.rows)

    def _fill_postponed(self, group: Group, tables: Mapping[int, Table], makers: Makers) -> None:
        """Fill tables whose required references go round: keys first, checked at the end."""
        before = dict(self.counts)
        try:
            with self.connection.transaction():
                self.connection.execute("SET CONSTRAINTS ALL DEFERRED")
                self._reserve(group, tables, makers)
                for oid in group.tables:
                    reserved = self.parents.reserved.get(oid, [])
                    self._fill_table(tables[oid], makers, self.rows, forced=reserved)
                self.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except psycopg.Error as error:
            if self.connection.broken:
                raise
            self.counts.update(before)
            for oid in group.tables:
                self.parents.forget(oid)
                said = f"its required references go round: {refusal_of(error).said}"
                self.refusals[oid] = replace(refusal_of(error), said=said)
        finally:
            self.parents.reserved.clear()

    def _reserve(self, group: Group, tables: Mapping[int, Table], makers: Makers) -> None:
        for child, name in group.postponed:
            key = next(each for each in tables[child].foreign_keys if each.name == name)
            parent = tables[key.parent]
            maker = RowMaker(self.connection, parent, makers, self.parents)
            random = Random(f"{self.seed}/{parent.name}/{name}/reserved")  # noqa: S311
            plain = [n for n in key.parent_columns if n in maker.draws]
            rows = self.parents.reserved.setdefault(parent.oid, [])
            missing = self.rows - self.counts[parent.oid] - len(rows)
            rows.extend(
                {n: str(maker.draws[n](random)) for n in plain} for _ in range(max(0, missing))
            )

    def _fill_table(
        self,
        table: Table,
        makers: Makers,
        wanted: int,
        forced: Sequence[Mapping[str, str | None]] = (),
    ) -> None:
        if self.counts[table.oid] >= wanted:
            return
        maker = RowMaker(self.connection, table, makers, self.parents)
        random = Random(f"{self.seed}/{table.name}/{self.counts[table.oid]}")  # noqa: S311
        writer = Writer(self.connection, maker, makers)
        stale, extra = 0, 0
        while self.counts[table.oid] < wanted and stale < _STALE:
            missing = wanted - self.counts[table.oid]
            made = maker.make(
                missing + extra,
                random,
                first=self.counts[table.oid] + extra,
                spread=extra > 0,
                forced=forced,
            )
            if not made:
                break
            written = writer.write(made, missing)
            self.counts[table.oid] += written
            if written:
                self.parents.forget(table.oid)
            stale, extra, forced = (0 if written else stale + 1), missing + 24, ()
        if self.counts[table.oid] < wanted:
            self.refusals[table.oid] = writer.refusal or maker.refusal or _FULL
        else:
            self.refusals.pop(table.oid, None)

    def _filled(self, chosen: Sequence[int]) -> Filled:
        return Filled(
            rows={self.names[oid]: self.counts[oid] for oid in chosen},
            added={
                self.names[oid]: self.counts[oid] - self.before[oid]
                for oid in chosen
                if self.counts[oid] > self.before[oid]
            },
            unfilled=tuple(
                Unfilled(
                    table=self.names[oid],
                    rows=self.counts[oid],
                    wanted=self.rows,
                    refusal=self.refusals.get(oid, _FULL),
                )
                for oid in chosen
                if self.counts[oid] < self.rows
            ),
        )


def _probe(connection: Connection, shape: Shape) -> dict[int, str]:
    """Find a text that each type unknown to us can read; an empty one where none is found."""
    unknown = {
        oid: kind.name
        for oid, kind in shape.types.items()
        if kind.form == "b"
        and kind.element is None
        and kind.short_name not in {*ORDERED, *PLAIN, *TEXTS, "numeric", "json", "jsonb", "bytea"}
    }
    if not unknown:
        return {}
    found = connection.execute(
        "SELECT t.oid, min(p.text) FROM unnest(%s::oid[], %s::text[]) AS t (oid, name)"
        " CROSS JOIN unnest(%s::text[]) AS p (text) WHERE pg_input_is_valid(p.text, t.name)"
        " GROUP BY t.oid",
        (list(unknown), list(unknown.values()), list(PROBES)),
    )
    return dict(found.fetchall())
