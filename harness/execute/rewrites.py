"""Why a table's file was replaced: what differs between its columns before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import psycopg

from harness.execute.relations import Relation, rows

Stored = tuple[int, int, int]
"""A column's type, its modifier and its collation, as numbers of the catalog."""


def explain(connection: psycopg.Connection[Any], table: Relation, shape: str) -> tuple[str, str]:
    """Say why a table was rewritten, and give the shape that its columns have now.

    The reasons are those of ALTER TABLE (tablecmds.c, AT_REWRITE_*); a new file without any of
    them is a TRUNCATE where it is empty, else a copy (VACUUM FULL, CLUSTER).
    """
    now = rows(connection, "rewritten", oid=table.oid)
    if not now:
        return "dropped", shape
    if table.kind == "materialized view":
        return "filled anew without CONCURRENTLY", shape
    columns = [each for each in now if each.number is not None]
    before = parse_shape(shape)
    reasons = [*_of_table(table, now[0]), *_of_columns(connection, before, columns)]
    reasons = reasons or list(_of_defaults(before, columns))
    if not reasons:
        reasons = ["emptied, as TRUNCATE does" if now[0].emptied else "copied row by row"]
    return "; ".join(reasons), ",".join(
        f"{each.number} {each.type} {each.modifier} {each.collation}" for each in columns
    )


def parse_shape(shape: str) -> Mapping[int, Stored]:
    """Read a shape as `columns.sql` writes it, by the number of the column."""
    parts = (tuple(int(number) for number in each.split()) for each in shape.split(",") if each)
    return {number: (type_, modifier, collation) for number, type_, modifier, collation in parts}


def _of_table(was: Relation, now: Any) -> Iterator[str]:
    if was.persistence != now.persistence:
        yield "SET UNLOGGED" if now.persistence == "u" else "SET LOGGED writes it to the WAL"
    if was.method != now.method:
        yield "a new access method"


def _of_columns(
    connection: psycopg.Connection[Any], before: Mapping[int, Stored], now: list[Any]
) -> Iterator[str]:
    for column in now:
        was = before.get(column.number)
        stored = (column.type, column.modifier, column.collation)
        if was is None:
            yield from _of_new_column(column)
        elif was[:2] != stored[:2]:
            [(old,)] = rows(connection, "type_name", type=was[0], modifier=was[1])
            yield f"the type of {column.name} changes from {old} to {column.type_name}"
        elif was != stored:
            yield f"the collation of {column.name} changes"


def _of_new_column(column: Any) -> Iterator[str]:
    if column.generated is not None:
        yield f"new column {column.name} stores what is generated from {column.generated}"
    elif column.identity:
        yield f"new identity column {column.name} numbers each row"
    elif column.preset is not None and "nextval(" in column.preset:
        yield f"new column {column.name} takes a number from its sequence for each row"
    elif column.is_domain:
        yield f"new column {column.name} checks its domain {column.type_name} for each row"


def _of_defaults(before: Mapping[int, Stored], now: list[Any]) -> Iterator[str]:
    """Name the defaults that no other reason explains: a plain constant is never written out."""
    for column in now:
        if column.number not in before and column.preset is not None:
            yield f"new column {column.name} evaluates its default {column.preset} for each row"
