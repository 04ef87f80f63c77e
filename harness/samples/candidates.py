"""Rows as the server would read them before they are written: a relation made of our values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from harness.samples.hints import columns_of
from harness.samples.makers import Makers
from harness.samples.shape import Check, Connection, Table

Row = dict[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Something a row must not contradict, and the given columns that it speaks of.

    A domain's check speaks of ``VALUE``: ``value_of`` names the column that this is.
    """

    columns: tuple[str, ...]
    expression: str
    value_of: str | None = None


def conditions(table: Table, makers: Makers) -> tuple[Condition, ...]:
    """List what the server would check of each row: the table's checks and its domains'."""
    found = [_of_check(check, table) for check in table.checks]
    for column in table.columns:
        if column.given:
            found.extend(_of_domain(table, column.name, makers))
    return tuple(each for each in found if each is not None)


def evaluate(
    connection: Connection,
    table: Table,
    makers: Makers,
    rows: Sequence[Row],
    wanted: Sequence[Condition],
) -> list[tuple[bool, ...]]:
    """Let the server say of each row which conditions it does not contradict."""
    if not rows or not wanted:
        return [() for _ in rows]
    tests = sql.SQL(", ").join(_holds(each) for each in wanted)
    query = sql.SQL("SELECT {} FROM {} ORDER BY candidate.candidate_number").format(
        tests, relation(table, makers, rows, numbered=True)
    )
    return connection.execute(query, prepare=False).fetchall()


def relation(
    table: Table, makers: Makers, rows: Sequence[Row], *, numbered: bool = False
) -> sql.Composed:
    """Build the FROM item ``candidate`` with the table's columns, from rows of our own.

    Values travel as text and are cast to the columns' base types: a domain would refuse a value
    with an error where we want to ask. Generated columns are computed beside them.
    """
    given = [column for column in table.columns if column.given]
    texts = sql.SQL(", ").join(
        sql.SQL("{} text").format(sql.Identifier(f"c{place}")) for place in range(len(given))
    )
    values: list[sql.Composable] = [
        sql.SQL("text_of.{}::{} AS {}").format(
            sql.Identifier(f"c{place}"),
            sql.SQL(makers.base(column.type_oid, column.modifier)[0].name),
            sql.Identifier(column.name),
        )
        for place, column in enumerate(given)
    ]
    if numbered:
        values.append(sql.SQL("text_of.i AS candidate_number"))
    return sql.SQL(
        "(SELECT value_of.*{computed} FROM (SELECT {values} FROM json_to_recordset({rows}::json)"
        " AS text_of (i integer, {texts})) AS value_of) AS candidate"
    ).format(
        values=sql.SQL(", ").join(values),
        rows=sql.Literal(_as_json(table, rows)),
        texts=texts,
        computed=_computed(table),
    )


def _as_json(table: Table, rows: Sequence[Row]) -> str:
    names = [column.name for column in table.columns if column.given]
    return json.dumps(
        [
            {"i": number, **{f"c{place}": row.get(name) for place, name in enumerate(names)}}
            for number, row in enumerate(rows)
        ]
    )


def hold(wanted: Sequence[Condition]) -> sql.Composable:
    """Build the test that none of the conditions is contradicted."""
    return sql.SQL(" AND ").join([sql.SQL("true"), *map(_holds, wanted)])


def _holds(condition: Condition) -> sql.Composable:
    test = sql.SQL(condition.expression)
    if condition.value_of is None:
        return sql.SQL("({}) IS NOT FALSE").format(test)
    return sql.SQL(
        "(SELECT ({}) IS NOT FALSE FROM (SELECT candidate.{} AS value) AS of_domain)"
    ).format(test, sql.Identifier(condition.value_of))


def _computed(table: Table) -> sql.Composable:
    return sql.Composed(
        [
            sql.SQL(", ({}) AS {}").format(sql.SQL(column.expression), sql.Identifier(column.name))
            for column in table.columns
            if column.generated and column.expression and _computable(table, column.expression)
        ]
    )


def _computable(table: Table, expression: str) -> bool:
    given = {column.name for column in table.columns if column.given}
    return set(columns_of(expression)) <= given


def _of_check(check: Check, table: Table) -> Condition | None:
    """Leave out what speaks of numbered columns: their values are not ours to judge."""
    columns: dict[str, None] = {}
    for name in check.columns:
        column = table.column(name)
        if column.given:
            columns[name] = None
        elif column.generated and column.expression and _computable(table, column.expression):
            columns.update(dict.fromkeys(columns_of(column.expression)))
        else:
            return None
    return Condition(columns=tuple(columns), expression=check.expression)


def _of_domain(table: Table, name: str, makers: Makers) -> list[Condition]:
    column = table.column(name)
    found: list[Condition] = []
    oid: int | None = column.type_oid
    while oid is not None and makers.types[oid].form == "d":
        found.extend(
            Condition(columns=(name,), expression=expression, value_of=name)
            for expression in makers.types[oid].checks
        )
        oid = makers.types[oid].base
    return found
