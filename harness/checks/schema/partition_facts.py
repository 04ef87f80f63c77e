"""Partitioned tables as they stand after upkeep: what is stored where, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import psycopg
from psycopg import sql

from harness.catalog import Catalog
from harness.checks.schema.facts import (
    Connection,
    Partitioned,
    read_partitioned,
    reading,
    written_by_server,
)

_ATTACHES = re.compile(r"\b(?:ATTACH\s+PARTITION|PARTITION\s+OF)\b", re.IGNORECASE)
_BOUNDS = re.compile(r"FROM \((.*)\) TO \((.*)\)$")
_TIMES = ("timestamp", "date")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """The rows of one range partition: ``low`` ≤ key < ``high``; None is open to that side."""

    low: datetime | None
    high: datetime | None
    partition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartitionFacts:
    """Partitioned tables, what their defaults hold, and what upkeep did.

    ``stray`` maps default partitions to the number of rows in them. ``upkept`` says whether
    upkeep routines were called, ``upkeep_failed`` what one of them said. ``today`` is the
    server's date.
    """

    tables: tuple[Partitioned, ...] = ()
    stray: Mapping[str, int] = field(default_factory=dict)
    upkept: tuple[str, ...] = ()
    upkeep_failed: Mapping[str, str] = field(default_factory=dict)
    today: date | None = None


def run_upkeep(connection: Connection, catalog: Catalog) -> dict[str, str | None]:
    """Call what creates partitions: any routine that does, or reaches one, and needs no argument.

    ``connection`` is that of the role that would call it, in autocommit mode: upkeep commits.
    Maps each routine to what the server said against it, None where it ran.
    """
    said: dict[str, str | None] = {}
    for kind, name in upkeep_routines(catalog):
        try:
            verb = sql.SQL("CALL {}()" if kind == "procedure" else "SELECT {}()")
            connection.execute(verb.format(written_by_server(name)), prepare=False)
            said[name] = None
        except psycopg.Error as error:
            if connection.broken:
                raise
            said[name] = f"{error.diag.message_primary} (SQLSTATE {error.diag.sqlstate})"
    return said


def gather_partitions(connection: Connection, upkept: Mapping[str, str | None]) -> PartitionFacts:
    """Read the partitioned tables as they stand, with what `run_upkeep` said before."""
    with reading(connection):
        tables = read_partitioned(connection)
        row = connection.execute("SELECT current_date").fetchone()
        return PartitionFacts(
            tables=tables,
            stray=dict(_stray(connection, tables)),
            upkept=tuple(upkept),
            upkeep_failed={name: said for name, said in upkept.items() if said is not None},
            today=None if row is None else row[0],
        )


def upkeep_routines(catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """Find the routines that make partitions and need no argument: (kind, name to call)."""
    routines = catalog.of_kind("function", "procedure")
    bodies = {each.identity: each.facts.get("body") or "" for each in routines}
    making = {identity for identity, body in bodies.items() if _ATTACHES.search(body)}
    grew = True
    while grew:
        names = {identity.name.partition("(")[0] for identity in making}
        reached = {
            identity
            for identity, body in bodies.items()
            if any(f"{name}(" in body for name in names)
        }
        grew = not reached <= making
        making |= reached
    callers = [each for each in routines if each.identity in making and _needs_nothing(each.facts)]
    return tuple((each.identity.kind, each.identity.name.partition("(")[0]) for each in callers)


def spans(table: Partitioned) -> tuple[Span, ...]:
    """Read the range partitions of a table by time, in order; none for other tables."""
    if table.strategy != "range" or not (table.key_type or "").startswith(_TIMES):
        return ()
    if len(table.keys) != 1:
        return ()
    found = (_span(each.name, each.bounds) for each in table.partitions if not each.is_default)
    return tuple(
        sorted(
            (each for each in found if each is not None),
            key=lambda each: each.low or datetime.min.replace(tzinfo=UTC),
        )
    )


def _needs_nothing(facts: Mapping[str, str]) -> bool:
    arguments = facts.get("arguments", "")
    returns = facts.get("returns", "")
    if returns in {"trigger", "event_trigger"}:
        return False
    return all(
        "DEFAULT" in part or not part.strip() or part.strip().startswith("OUT ")
        for part in re.split(r",(?![^()]*\))", arguments)
    )


def _stray(connection: Connection, tables: tuple[Partitioned, ...]) -> Iterator[tuple[str, int]]:
    for table in tables:
        for partition in table.partitions:
            if partition.is_default:
                counted = sql.SQL("SELECT count(*) FROM {}").format(
                    written_by_server(partition.name)
                )
                row = connection.execute(counted, prepare=False).fetchone()
                yield partition.name, 0 if row is None else int(row[0])


def _span(name: str, bounds: str) -> Span | None:
    match = _BOUNDS.search(bounds)
    if match is None:
        return None
    return Span(partition=name, low=_instant(match[1]), high=_instant(match[2]))


def _instant(text: str) -> datetime | None:
    """Read a bound; MINVALUE, MAXVALUE and infinity are open."""
    try:
        found = datetime.fromisoformat(text.strip("'"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
