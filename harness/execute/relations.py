"""The relations that exist before a file runs: what an observer compares with afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row

_KINDS: Mapping[str, str] = {
    "r": "table",
    "p": "table",
    "f": "foreign table",
    "i": "index",
    "I": "index",
    "m": "materialized view",
    "v": "view",
    "S": "sequence",
    "t": "table",
}


@cache
def query(name: str) -> bytes:
    """Load one of the observer's queries."""
    return files("harness.execute").joinpath("queries", f"{name}.sql").read_bytes()


def rows(connection: psycopg.Connection[Any], name: str, **parameters: object) -> list[Any]:
    """Run one of the observer's queries; nothing is left prepared in the session."""
    cursor = connection.cursor(row_factory=namedtuple_row)
    return cursor.execute(query(name), parameters or None, prepare=False).fetchall()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One relation as it was: ``file`` is its relfilenode, ``kind`` the catalog's word.

    ``belongs_to`` is the OID of an index's table and of a TOAST table's, 0 for others;
    ``holds_rows`` says that its file, or a partition's, is not empty.
    """

    oid: int
    kind: str
    code: str
    schema: str
    plain_name: str
    name: str
    file: int
    belongs_to: int
    partition_of: int
    holds_rows: bool
    persistence: str
    method: int


class Known:
    """The relations of a database at one moment, by OID, and how findings call them."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        found = [_relation(each) for each in rows(connection, "relations")]
        self.by_oid: dict[int, Relation] = {each.oid: each for each in found}
        self.shapes: dict[int, str] = {
            each.oid: each.shape for each in rows(connection, "columns") if each.oid in self.by_oid
        }
        self._holding_rows = frozenset(self._rolled_up())

    def __contains__(self, oid: object) -> bool:
        return oid in self.by_oid

    def told_as(self, oid: int) -> Relation | None:
        """Return the relation as which one is told: a TOAST table is its table.

        None for a TOAST table's index, of which nobody has heard.
        """
        found = self.by_oid[oid]
        owner = self.by_oid.get(found.belongs_to)
        if owner is not None and owner.code == "t":
            return None
        return owner if owner is not None and found.code == "t" else found

    def table_of(self, found: Relation) -> Relation | None:
        """Return the table, or matview, of an index; None for what is no index."""
        return self.by_oid.get(found.belongs_to) if found.kind == "index" else None

    def holds_rows(self, found: Relation) -> bool:
        """Whether the relation, the table of an index or a partition of it had rows."""
        return (found.belongs_to or found.oid) in self._holding_rows

    def _rolled_up(self) -> Iterator[int]:
        for each in self.by_oid.values():
            above: Relation | None = each if each.holds_rows else None
            while above is not None:
                yield above.oid
                above = self.by_oid.get(above.partition_of)


def _relation(row: Any) -> Relation:
    return Relation(
        oid=row.oid,
        kind=_KINDS[row.kind],
        code=row.kind,
        schema=row.schema,
        plain_name=row.name,
        name=row.qualified,
        file=row.file,
        belongs_to=row.belongs_to,
        partition_of=row.partition_of,
        holds_rows=row.has_blocks,
        persistence=row.persistence,
        method=row.method,
    )
