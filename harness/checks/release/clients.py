"""The statements that a release's application could run, made from the catalog alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from harness.catalog.model import Catalog, CatalogObject, Identity
from harness.checks.downtime.instead import parted


class Aspect(Enum):
    """What must be the same when a statement is run again."""

    SUCCESS = "success"
    COLUMNS = "success and columns"
    ROWS = "success, columns and number of rows"


class Verb(Enum):
    """What a statement does."""

    READ = "read"
    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A statement as an application sends it, and what is said of it.

    ``before`` runs first, as superuser and undone with it: it makes room for a row.
    """

    target: Identity
    label: str
    sql: str
    verb: Verb
    aspect: Aspect = Aspect.ROWS
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A row of a table: its values as SQL literals, by the quoted name of the column."""

    table: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    name: str
    type: str
    required: bool
    nullable: bool
    writable: bool


def reads_of_table(catalog: Catalog, table: str) -> Iterator[Request]:
    """Yield a SELECT of the columns that a table has, and of its distinct rows."""
    yield from _reads(catalog, Identity(kind="table", name=table))
    yield Request(
        target=Identity(kind="table", name=table),
        label="SELECT DISTINCT of its rows",
        verb=Verb.READ,
        sql=f"SELECT DISTINCT r.* FROM {table} AS r",  # noqa: S608 - quoted by PostgreSQL
        aspect=Aspect.SUCCESS,
    )


def reads_of_view(catalog: Catalog, view: str) -> Iterator[Request]:
    """Yield a SELECT of the columns that a view or matview has."""
    for kind in ("view", "materialized view"):
        if catalog.find(kind, view) is not None:
            yield from _reads(catalog, Identity(kind=kind, name=view))


def writes_of_table(
    catalog: Catalog, sample: Sample, *, each_column: bool = True
) -> Iterator[Request]:
    """Yield inserts of a full and of a minimal row, an update of each column, and a delete.

    All of them are about one row that exists; an insert puts the same row in again. Without
    ``each_column`` one column stands for all: enough to learn what row security says.
    """
    target = Identity(kind="table", name=sample.table)
    columns = _columns(catalog, target)
    known = [each for each in columns if each.writable and each.name in sample.values]
    key = _key(catalog, target)
    where = _condition(sample, key or [each.name for each in columns])
    yield from _inserts(target, sample, known, where)
    if not key:
        return
    for column in known if each_column else known[:1]:
        for label, value in _new_values(column, sample.values[column.name]):
            yield Request(
                target=target,
                label=f"UPDATE of {column.name}{label}",
                verb=Verb.UPDATE,
                sql=f"UPDATE {sample.table} SET {column.name} = {value} WHERE {where}",  # noqa: S608
            )
    yield Request(
        target=target,
        label="DELETE of a row",
        verb=Verb.DELETE,
        sql=f"DELETE FROM {sample.table} WHERE {where}",  # noqa: S608
    )


def calls_of_function(catalog: Catalog, function: str) -> Iterator[Request]:
    """Yield a call with NULL for every argument that has no default; triggers are left out."""
    found = catalog.find("function", function)
    if found is None:
        return
    facts = found.facts
    returns = facts.get("returns", "")
    if "trigger" in returns or _is_unsafe(found):
        return
    name, _, types = function.partition("(")
    given = [each for each in _split(types.removesuffix(")")) if each]
    if any(each.startswith("VARIADIC") or "any" in each.split() for each in given):
        return
    arguments = ", ".join(f"NULL::{each}" for each in given)
    yield Request(
        target=found.identity,
        label="a call of it",
        verb=Verb.OTHER,
        sql=f"SELECT * FROM {name}({arguments})",  # noqa: S608
        aspect=Aspect.COLUMNS if facts.get("volatility") == "volatile" else Aspect.ROWS,
    )


def _reads(catalog: Catalog, target: Identity) -> Iterator[Request]:
    names = ", ".join(each.name for each in _columns(catalog, target))
    if names:
        yield Request(
            target=target,
            label="SELECT of its columns",
            verb=Verb.READ,
            sql=f"SELECT {names} FROM {target.name}",  # noqa: S608
        )


def _inserts(
    target: Identity, sample: Sample, columns: list[_Column], room: str
) -> Iterator[Request]:
    free = f"DELETE FROM {sample.table} WHERE {room};"  # noqa: S608
    required = [each for each in columns if each.required]
    for label, chosen in (("full", columns), ("minimal", required)):
        if chosen and (label == "full" or len(chosen) < len(columns)):
            names = ", ".join(each.name for each in chosen)
            values = ", ".join(sample.values[each.name] for each in chosen)
            yield Request(
                target=target,
                label=f"INSERT of a {label} row",
                verb=Verb.INSERT,
                sql=f"INSERT INTO {sample.table} ({names}) VALUES ({values})",  # noqa: S608
                before=free,
            )


def _new_values(column: _Column, value: str) -> Iterator[tuple[str, str]]:
    yield "", value
    if column.nullable and value != "NULL":
        yield " to NULL", "NULL"
    longest = re.fullmatch(r"character varying\((\d+)\)", column.type)
    if longest is not None:
        yield " to its longest value", f"rpad({value}, {longest[1]}, 'x')"


def _columns(catalog: Catalog, target: Identity) -> list[_Column]:
    """Return the columns in the order of their table."""
    found = [each for each in catalog.children.get(target, ()) if each.identity.kind == "column"]
    return [_column(each) for each in sorted(found, key=lambda each: int(each.facts["position"]))]


def _column(found: CatalogObject) -> _Column:
    facts = found.facts
    given = bool(facts.keys() & {"default", "identity", "generated"})
    not_null = facts.get("not null") is not None
    return _Column(
        name=parted(found.identity.name)[1],
        type=facts["type"],
        required=not_null and not given,
        nullable=not not_null,
        writable="generated" not in facts and facts.get("identity") != "always",
    )


def _key(catalog: Catalog, target: Identity) -> list[str]:
    for each in catalog.children.get(target, ()):
        if each.identity.kind == "primary key":
            listed = re.search(r"\(([^)]*)\)", each.facts["definition"])
            return _split(listed[1]) if listed else []
    return []


def _condition(sample: Sample, names: list[str]) -> str:
    """Compare as text, so that a type without an operator for equality can be found, too."""
    return " AND ".join(
        f"{name}::text IS NOT DISTINCT FROM {sample.values[name]}::text"
        if sample.values[name] != "NULL"
        else f"{name} IS NULL"
        for name in names
        if name in sample.values
    )


def _split(listed: str) -> list[str]:
    """Part a list at its commas, but not inside of parentheses."""
    return [each.strip() for each in re.split(r",(?![^(]*\))", listed) if each.strip()]


def _is_unsafe(found: CatalogObject) -> bool:
    """Whether a call reaches out of its transaction, where no rollback undoes it."""
    body = found.facts.get("body", "") + found.facts.get("sql body", "")
    outside = r"\b(dblink|pg_terminate_backend|pg_cancel_backend|pg_sleep|lo_export|pg_reload_conf)"
    return re.search(outside, body) is not None
