"""The shape of tables as the catalog tells it: all that a row must obey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, LiteralString, cast

import psycopg
from psycopg.rows import dict_row

Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """A type and what it is made of; ``form`` is ``pg_type.typtype``."""

    oid: int
    name: str
    short_name: str
    form: str
    category: str
    base: int | None
    modifier: int
    required: bool
    element: int | None
    subtype: int | None
    labels: tuple[str, ...]
    fields: tuple[tuple[int, int], ...]
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column; ``numbered`` ones get their value from a sequence, ``generated`` from others."""

    name: str
    type_oid: int
    modifier: int
    required: bool
    generated: bool
    numbered: bool
    expression: str | None

    @property
    def given(self) -> bool:
        """Whether a row of ours brings the value."""
        return not (self.generated or self.numbered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A CHECK constraint, or the predicate of a partial index, over some columns."""

    name: str
    columns: tuple[str, ...]
    expression: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A foreign key; columns and the parent's columns stand in the same order."""

    name: str
    columns: tuple[str, ...]
    parent: int
    parent_columns: tuple[str, ...]
    deferrable: bool
    match_full: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A partition that holds rows: (key, bound) of every level, outermost first."""

    levels: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table to fill; ``distinct`` are the columns that some unique index looks at."""

    oid: int
    name: str
    columns: tuple[Column, ...]
    checks: tuple[Check, ...] = ()
    predicates: tuple[Check, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    distinct: frozenset[str] = frozenset()
    leaves: tuple[Leaf, ...] = ()

    def column(self, name: str) -> Column:
        """Look a column up by its name."""
        return next(each for each in self.columns if each.name == name)

    def requires(self, key: ForeignKey) -> bool:
        """Whether a row cannot leave the foreign key open (MATCH SIMPLE: one NULL does)."""
        required = [self.column(name).required for name in key.columns]
        return any(required) if key.match_full else all(required)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Tables by OID, and the types that they use."""

    tables: Mapping[int, Table]
    types: Mapping[int, Type]


def list_tables(connection: Connection, names: Sequence[str] | None = None) -> dict[int, str]:
    """List the tables that hold rows of their own: OID to qualified name, sorted by name."""
    wanted = None if names is None else list(names)
    return {row["oid"]: row["name"] for row in _rows(connection, "tables", {"names": wanted})}


def read_shape(connection: Connection, tables: Mapping[int, str]) -> Shape:
    """Read what the rows of some tables must obey."""
    parameters = {"tables": list(tables)}
    columns = _grouped(_rows(connection, "columns", parameters))
    constraints = _grouped(_rows(connection, "constraints", parameters))
    leaves = _grouped(_rows(connection, "partitions", parameters))
    return Shape(
        tables={
            oid: _table(oid, name, columns, constraints.get(oid, []), leaves.get(oid, []))
            for oid, name in tables.items()
        },
        types={row["oid"]: _type(row) for row in _rows(connection, "types", parameters)},
    )


def _table(
    oid: int,
    name: str,
    columns: Mapping[int, list[dict[str, Any]]],
    constraints: list[dict[str, Any]],
    leaves: list[dict[str, Any]],
) -> Table:
    of_kind = {kind: [row for row in constraints if row["kind"] == kind] for kind in "cfuid"}
    return Table(
        oid=oid,
        name=name,
        columns=tuple(_column(row) for row in columns.get(oid, [])),
        checks=tuple(_check(row) for row in of_kind["c"]),
        predicates=tuple(_check(row) for row in of_kind["i"]),
        foreign_keys=tuple(_foreign_key(row) for row in of_kind["f"]),
        unique=tuple(tuple(row["columns"]) for row in of_kind["u"]),
        distinct=frozenset(name for row in of_kind["d"] for name in row["columns"]),
        leaves=tuple(
            Leaf(levels=tuple(zip(row["keys"], row["bounds"], strict=True))) for row in leaves
        ),
    )


def _column(row: dict[str, Any]) -> Column:
    return Column(
        name=row["name"],
        type_oid=row["type_oid"],
        modifier=row["modifier"],
        required=row["required"],
        generated=row["generated"],
        numbered=row["numbered"],
        expression=row["expression"],
    )


def _check(row: dict[str, Any]) -> Check:
    return Check(
        name=row["name"], columns=tuple(row["columns"]), expression=row["expression"] or "true"
    )


def _foreign_key(row: dict[str, Any]) -> ForeignKey:
    return ForeignKey(
        name=row["name"],
        columns=tuple(row["columns"]),
        parent=row["parent_oid"],
        parent_columns=tuple(row["parent_columns"]),
        deferrable=row["deferrable"],
        match_full=row["match_full"],
    )


def _type(row: dict[str, Any]) -> Type:
    return Type(
        oid=row["oid"],
        name=row["name"],
        short_name=row["short_name"],
        form=row["form"],
        category=row["category"],
        base=row["base"],
        modifier=row["modifier"],
        required=row["required"],
        element=row["element"],
        subtype=row["subtype"],
        labels=tuple(row["labels"]),
        fields=tuple((type_oid, modifier) for type_oid, modifier in row["fields"]),
        checks=tuple(row["checks"]),
    )


def _grouped(rows: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["table_oid"], []).append(row)
    return found


@cache
def _query(name: str) -> bytes:
    return files("harness.samples").joinpath("queries", f"{name}.sql").read_bytes()


def _rows(
    connection: Connection, name: str, parameters: Mapping[str, object]
) -> list[dict[str, Any]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(cast("LiteralString", _query(name)), parameters).fetchall()
