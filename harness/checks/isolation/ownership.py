"""Rows and their owners: which rows of each table belong to a setting's value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from psycopg import sql

from harness.checks.isolation.tenancy import Tenancy
from harness.checks.schema.facts import Connection, ForeignKey, written_by_server

_SAMPLE = 20
_DEPTH = 3
_TRIES = 4
_TELLING = 16
Row = tuple[str, str]  # tableoid and ctid, as text


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivals:
    """One owner of a setting set against all others.

    ``mine`` and ``theirs`` are rows of each table, the one's and the others'; ``marks`` are the
    identifiers by which the others and their rows are known, long enough not to meet by chance.
    """

    setting: str
    one: str
    mine: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    theirs: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()


class Ownership:
    """Says whose the rows of some relations are, as the tenancy infers it; asks as superuser."""

    def __init__(self, connection: Connection, tenancy: Tenancy, relations: Iterable[str]) -> None:
        self.connection = connection
        self.tenancy = tenancy
        self.tables = tuple(sorted(set(tenancy.protected) & set(relations)))
        self._parents = _parents_by_column(tenancy)
        self._known: dict[tuple[str, str], list[str]] = {}

    def owners(self, setting: str, table: str, depth: int = _DEPTH) -> list[sql.Composable]:
        """Give expressions over the alias ``r`` of a table that say whose a row is.

        A row belongs to whom any of them names.
        """
        held = [name for name in self.columns(setting, table) if self.holds(setting, table, name)]
        found: list[sql.Composable] = [sql.SQL("r.{}").format(_column(name)) for name in held]
        if depth == 0:
            return found
        led = [name for name in self.columns(setting, table) if name not in held]
        keys = [key for name in led if (key := self._key(table, name)) is not None]
        if not found and not led:
            keys = [key for key in self.tenancy.foreign_keys if self._inherits(table, key)]
        for key in keys:
            found.extend(self._through(setting, key, depth))
        return found

    def columns(self, setting: str, table: str) -> list[str]:
        """Name the columns of a table that hold a setting's value; else those that lead to it.

        What holds another setting's value leads to that one's owner first.
        """
        if (setting, table) not in self._known:
            self._known[setting, table] = self._columns(setting, table)
        return self._known[setting, table]

    def _columns(self, setting: str, table: str) -> list[str]:
        columns = self.tenancy.columns.get(table, {})
        held = [name for name in columns if self.holds(setting, table, name)]
        others = {
            name
            for setting_of, names in self.tenancy.holders.items()
            if setting_of != setting
            for name, _ in names
        }
        led = self.tenancy.leading(setting) - others
        return held or [name for name in columns if name in led]

    def rivals(self, setting: str) -> tuple[Rivals, ...]:
        """Choose owners to stand against all others, until others have rows in every table.

        Persons who are tenants as well make bad examples: they may see their clients. They are
        chosen last, and their rows count as nobody's.
        """
        wealth = self._wealth(setting)
        busy = self._busy(setting)
        ranked = sorted(wealth, key=lambda value: (value in busy, -wealth[value], value))
        if len(ranked) < 2:
            return ()
        waiting = self.owned(setting)
        found: list[Rivals] = []
        for one in ranked[:_TRIES]:
            if not waiting:
                break
            against = self._against(setting, one, busy, waiting)
            found += [against] if against.theirs else []
            waiting = tuple(table for table in waiting if table not in against.theirs)
        return tuple(found)

    def owned(self, setting: str) -> tuple[str, ...]:
        """List the tables whose rows belong to somebody, as far as a setting goes.

        Another setting's root is left out: all whom it names are tenants as well.
        """
        others = {
            table
            for other, tables in self.tenancy.roots.items()
            for table in tables
            if other != setting and table not in self.tenancy.roots.get(setting, frozenset())
        }
        return tuple(
            table for table in self.tables if table not in others and self.owners(setting, table)
        )

    def row(self, table: str, row: Row) -> str:
        """Read one row as JSON text."""
        query = sql.SQL("SELECT to_jsonb(r)::text FROM {} AS r WHERE {}").format(
            written_by_server(table), at((row,))
        )
        found = self.connection.execute(query, prepare=False).fetchone()
        return "{}" if found is None else str(found[0])

    def holds(self, setting: str, table: str, column: str) -> bool:
        """Whether a column holds the setting's value itself, not only leads to it."""
        return self.tenancy.holder(setting, table) == column or self.tenancy.holds(
            setting, table, column
        )

    def _key(self, table: str, column: str) -> ForeignKey | None:
        """Find where a column leads: by its own foreign key, else by that of its namesakes."""
        own = [
            key
            for key in self.tenancy.foreign_keys
            if key.relation == table and column in key.columns
        ]
        if own:
            return min(own, key=lambda key: len(key.columns))
        namesake = self._parents.get(column)
        if namesake is None:
            return None
        parent, parent_column = namesake
        return ForeignKey(
            relation=table,
            name="",
            columns=(column,),
            parent=parent,
            parent_columns=(parent_column,),
        )

    def _inherits(self, table: str, key: ForeignKey) -> bool:
        roots = {name for names in self.tenancy.roots.values() for name in names}
        return (
            key.relation == table
            and key.parent != table
            and key.parent in self.tenancy.protected
            and key.parent not in roots
        )

    def _through(self, setting: str, key: ForeignKey, depth: int) -> list[sql.Composable]:
        joined = sql.SQL(" AND ").join(
            sql.SQL("r.{} = up.{}").format(_column(parent), _column(child))
            for child, parent in zip(key.columns, key.parent_columns, strict=True)
        )
        return [
            sql.SQL("(SELECT {} FROM (SELECT r.*) AS up, {} AS r WHERE {} LIMIT 1)").format(
                owner, written_by_server(key.parent), joined
            )
            for owner in self.owners(setting, key.parent, depth - 1)
        ]

    def _wealth(self, setting: str) -> Counter[str]:
        """Count in how many tables each owner has rows."""
        parts = [
            sql.SQL("SELECT DISTINCT {}::text AS owner, {} AS of_table FROM {} AS r").format(
                owner, sql.Literal(table), written_by_server(table)
            )
            for table in self.tables
            for owner in self.owners(setting, table)
        ]
        if not parts:
            return Counter()
        query = sql.SQL(
            "SELECT owner, count(DISTINCT of_table) FROM ({}) AS owned"
            " WHERE owner IS NOT NULL GROUP BY owner"
        ).format(sql.SQL(" UNION ALL ").join(parts))
        return Counter(dict(self.connection.execute(query, prepare=False).fetchall()))

    def _busy(self, setting: str) -> set[str]:
        """Collect the owners who are named in another setting's roots."""
        found: set[str] = set()
        for other, tables in self.tenancy.roots.items():
            for table in tables:
                column = self.tenancy.holder(setting, table)
                if other == setting or column is None:
                    continue
                query = sql.SQL("SELECT {}::text FROM {}").format(
                    _column(column), written_by_server(table)
                )
                rows = self.connection.execute(query, prepare=False).fetchall()
                found.update(value for (value,) in rows if value is not None)
        return found

    def _against(self, setting: str, one: str, busy: set[str], tables: Sequence[str]) -> Rivals:
        parts = [self._sorted_out(setting, one, busy, table) for table in tables]
        mine: dict[str, tuple[Row, ...]] = {}
        theirs: dict[str, tuple[Row, ...]] = {}
        marks: set[str] = set()
        found = self.connection.execute(sql.SQL(" UNION ALL ").join(parts), prepare=False)
        for table, own, table_oid, ctid, identifiers in found.fetchall():
            rows = mine if own else theirs
            rows[table] = (*rows.get(table, ()), (table_oid, ctid))
            if not own:
                marks.update(each for each in identifiers if each and len(each) >= _TELLING)
        return Rivals(
            setting=setting, one=one, mine=mine, theirs=theirs, marks=frozenset(marks - {one})
        )

    def _sorted_out(self, setting: str, one: str, busy: set[str], table: str) -> sql.Composed:
        """Ask for some rows of the one, and for some of others who are not busy."""
        owners = sql.SQL(", ").join(
            sql.SQL("{}::text").format(owner) for owner in self.owners(setting, table)
        )
        return sql.SQL(
            "(SELECT {name}, own, table_oid, ctid, identifiers FROM ("
            "SELECT {one} = ANY(owners) AS own, table_oid, ctid, owners || key AS identifiers,"
            " row_number() OVER (PARTITION BY {one} = ANY(owners)) AS place"
            " FROM (SELECT r.tableoid::text AS table_oid, r.ctid::text AS ctid, {key} AS key,"
            " array_remove(ARRAY[{owners}], NULL) AS owners FROM {table} AS r) AS owned"
            " WHERE cardinality(owners) > 0"
            " AND ({one} = ANY(owners) OR NOT owners && {busy}::text[])"
            ") AS placed WHERE place <= {limit})"
        ).format(
            name=sql.Literal(table),
            one=sql.Literal(one),
            key=self._identifier(table),
            owners=owners,
            table=written_by_server(table),
            busy=sql.Literal(sorted(busy)),
            limit=_SAMPLE,
        )

    def _identifier(self, table: str) -> sql.Composable:
        """Identify a row by its key, where no other row's data can look like it."""
        key = self.tenancy.primary_keys.get(table, ())
        return sql.SQL("r.{}::text").format(_column(key[0])) if key else sql.SQL("NULL::text")


def at(rows: Sequence[Row]) -> sql.Composable:
    """Build the condition that a row of alias ``r`` is one of those, wherever it is stored."""
    by_table: dict[str, list[str]] = {}
    for table_oid, ctid in rows:
        by_table.setdefault(table_oid, []).append(ctid)
    found = [
        sql.SQL("(r.tableoid = {}::oid AND r.ctid = ANY({}::tid[]))").format(
            sql.Literal(table_oid), sql.Literal(ctids)
        )
        for table_oid, ctids in by_table.items()
    ]
    return sql.SQL("({})").format(sql.SQL(" OR ").join(found)) if found else sql.SQL("false")


def _column(name: str) -> sql.Composable:
    """Take a column's name as the server quotes it."""
    return written_by_server(name)


def _parents_by_column(tenancy: Tenancy) -> dict[str, tuple[str, str]]:
    """Say which table the columns of a name mostly refer to, and which of its columns."""
    counted: dict[str, Counter[tuple[str, str]]] = {}
    for key in tenancy.foreign_keys:
        for column, parent_column in zip(key.columns, key.parent_columns, strict=True):
            if tenancy.primary_keys.get(key.parent) == (parent_column,):
                counted.setdefault(column, Counter())[key.parent, parent_column] += 1
    return {column: found.most_common(1)[0][0] for column, found in counted.items()}
