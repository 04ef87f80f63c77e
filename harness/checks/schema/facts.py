"""Facts about a schema that need more than its catalog's attributes: keys in order, privileges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, LiteralString, cast

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

Connection = psycopg.Connection[Any]
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index as its definition says; ``ordering`` is what tells two equal keys apart.

    ``constraint`` names the constraint that it backs and ``constraint_kind`` its kind.
    """

    name: str
    relation: str
    relation_kind: str
    method: str
    keys: tuple[str, ...]
    ordering: tuple[str, ...]
    included: tuple[str, ...]
    has_expressions: bool
    predicate: str | None
    is_unique: bool
    nulls_not_distinct: bool
    is_valid: bool
    constraint: str | None
    constraint_kind: str | None
    partition_of: str | None

    @property
    def said(self) -> str:
        """Name it as a reader knows it: a constraint's index by its constraint."""
        if self.constraint is not None and self.constraint_kind is not None:
            return f"{self.constraint_kind} {self.relation}.{self.constraint}"
        return f"index {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A foreign key; columns and the parent's columns stand in the same order."""

    relation: str
    name: str
    columns: tuple[str, ...]
    parent: str
    parent_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """A direct partition with its bounds as the server writes them."""

    name: str
    bounds: str
    is_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Partitioned:
    """A partitioned table; an expression among its keys is an empty name."""

    name: str
    strategy: str
    keys: tuple[str, ...]
    key_type: str | None
    partitions: tuple[Partition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a role may do with a relation; the columns that it may set in each command."""

    role: str
    relation: str
    kind: str
    can_select: bool
    can_insert: bool
    can_update: bool
    can_delete: bool
    insertable: tuple[str, ...]
    updatable: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definer:
    """A SECURITY DEFINER function that a role may call; ``arguments`` are those without default."""

    role: str
    name: str
    called: str
    arguments: tuple[str, ...]


@contextmanager
def reading(connection: Connection) -> Iterator[None]:
    """Read in a transaction that leaves nothing, with names written as `read_catalog` does."""
    with connection.transaction(force_rollback=True):
        connection.execute(
            "SELECT set_config('search_path', 'pg_catalog, pg_temp', true),"
            " set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true)"
        )
        yield


def read_indexes(connection: Connection) -> tuple[Index, ...]:
    """Read every index; run it inside of `reading`."""
    return tuple(
        Index(
            name=row["name"],
            relation=row["relation"],
            relation_kind=row["relation_kind"],
            method=row["method"],
            keys=tuple(row["keys"]),
            ordering=tuple(row["ordering"]),
            included=tuple(row["included"]),
            has_expressions=row["has_expressions"],
            predicate=row["predicate"],
            is_unique=row["is_unique"],
            nulls_not_distinct=row["nulls_not_distinct"],
            is_valid=row["is_valid"],
            constraint=row["constraint_name"],
            constraint_kind=row["constraint_kind"],
            partition_of=row["partition_of"],
        )
        for row in rows(connection, "indexes")
    )


def read_foreign_keys(connection: Connection) -> tuple[ForeignKey, ...]:
    """Read every foreign key; run it inside of `reading`."""
    return tuple(
        ForeignKey(
            relation=row["relation"],
            name=row["name"],
            columns=tuple(row["columns"]),
            parent=row["parent"],
            parent_columns=tuple(row["parent_columns"]),
        )
        for row in rows(connection, "foreign_keys")
    )


def read_partitioned(connection: Connection) -> tuple[Partitioned, ...]:
    """Read every partitioned table; run it inside of `reading`."""
    found: dict[str, list[Facts]] = {}
    for row in rows(connection, "partitions"):
        found.setdefault(row["parent"], []).append(row)
    return tuple(
        Partitioned(
            name=name,
            strategy=of_parent[0]["strategy"],
            keys=tuple(of_parent[0]["keys"]),
            key_type=of_parent[0]["key_type"],
            partitions=tuple(
                Partition(
                    name=row["partition"], bounds=row["bounds"], is_default=bool(row["is_default"])
                )
                for row in of_parent
                if row["partition"] is not None
            ),
        )
        for name, of_parent in found.items()
    )


def read_reach(connection: Connection, roles: tuple[str, ...]) -> tuple[Reach, ...]:
    """Read what the roles may do with which relation; run it inside of `reading`."""
    return tuple(
        Reach(
            role=row["role_name"],
            relation=row["relation"],
            kind=row["kind"],
            can_select=row["can_select"],
            can_insert=row["can_insert"],
            can_update=row["can_update"],
            can_delete=row["can_delete"],
            insertable=tuple(row["insertable"]),
            updatable=tuple(row["updatable"]),
        )
        for row in rows(connection, "reachable", {"roles": list(roles)})
    )


def read_definers(connection: Connection, roles: tuple[str, ...]) -> tuple[Definer, ...]:
    """Read which SECURITY DEFINER functions the roles may call; run it inside of `reading`."""
    return tuple(
        Definer(
            role=row["role_name"],
            name=row["name"],
            called=row["called"],
            arguments=tuple(row["arguments"]),
        )
        for row in rows(connection, "definers", {"roles": list(roles)})
    )


def written_by_server(text: str) -> sql.SQL:
    """Put a name or an expression that the server itself has written into a statement.

    For statements without parameters: a percent sign stays one.
    """
    return sql.SQL(text)


@cache
def _query(name: str) -> bytes:
    folder = files("harness.checks.schema").joinpath("queries")
    return folder.joinpath(f"{name}.sql").read_bytes()


def rows(
    connection: Connection, name: str, parameters: Mapping[str, object] | None = None
) -> list[dict[str, Any]]:
    """Run one of the query files; a query with parameters doubles its percent signs."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(cast("LiteralString", _query(name)), parameters).fetchall()
