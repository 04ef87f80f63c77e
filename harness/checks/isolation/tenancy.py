"""Whose is a row? Read it from the policies: which setting they compare with which column.

The inference, from the catalog alone:

1. A *setting* is a custom parameter (``app.current_practice``) that a policy reads, with
   ``current_setting`` itself or through the functions that it calls, however deep.
2. A column *holds* a setting's value where a policy compares it with an expression that gives
   this value back: the server is asked, with the setting alone set to a value of the column's
   type (``practice_id = app.practice()``). A column compared with another expression that reads
   the setting only *leads to* its holder (``patient_id = ANY (app.own_patients())``). Only what
   decides who reads counts: a column that an insert must fill rightly may name an author.
3. A holder that is its table's primary key makes that table the setting's *root*: the table of
   tenants, or of persons. Every other holder gives its name: a column of that name and type
   anywhere holds the same.
4. A row without such a column belongs to whom its parent belongs to, along its foreign keys.

A table with a holder's column, or with a foreign key to a table that has one (or to a root),
must be isolated. A switch such as ``current_setting('app.maintenance') = 'on'`` is compared with
no column and so is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import psycopg
from psycopg import sql

from harness.catalog import Catalog, CatalogObject
from harness.checks.isolation.comparisons import Compared, comparisons, function_bodies
from harness.checks.schema.facts import Connection, ForeignKey, written_by_server

_READING = frozenset({"select", "all"})
_PROBES = {
    "uuid": "0198a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
    "smallint": "31807",
    "integer": "1823498107",
    "bigint": "1823498107",
}


@dataclass(frozen=True, kw_only=True)
class Tenancy:
    """Which columns tell, for each setting, whose a row is."""

    compared: tuple[Compared, ...] = ()
    primary_keys: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, Mapping[str, str]]
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def settings(self) -> tuple[str, ...]:
        """The settings whose value some column holds."""
        return tuple(sorted({each.setting for each in self.compared if each.directly}))

    @cached_property
    def holders(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        """By setting: name and type of the columns that hold its value, primary keys apart."""
        found: dict[str, set[tuple[str, str]]] = {}
        for each in self.compared:
            if each.directly and not self._is_key(each.table, each.column):
                kind = self.columns.get(each.table, {}).get(each.column, "")
                found.setdefault(each.setting, set()).add((each.column, kind))
        return {setting: frozenset(names) for setting, names in found.items()}

    @cached_property
    def roots(self) -> Mapping[str, frozenset[str]]:
        """By setting: the tables whose primary key is compared with it, or referred to by one."""
        found: dict[str, set[str]] = {}
        for each in self.compared:
            if each.directly and self._is_key(each.table, each.column):
                found.setdefault(each.setting, set()).add(each.table)
        for setting in self.settings:
            for key in self.foreign_keys:
                if (
                    len(key.columns) == 1
                    and self.holds(setting, key.relation, key.columns[0])
                    and self._is_key(key.parent, key.parent_columns[0])
                ):
                    found.setdefault(setting, set()).add(key.parent)
        return {setting: frozenset(tables) for setting, tables in found.items()}

    def holds(self, setting: str, table: str, column: str) -> bool:
        """Whether a column holds a setting's value, by its name and type."""
        kind = self.columns.get(table, {}).get(column)
        return kind is not None and (column, kind) in self.holders.get(setting, frozenset())

    def holder(self, setting: str, table: str) -> str | None:
        """Name the column of a table that holds a setting's value: a root's is its own key."""
        for column in self.columns.get(table, {}):
            if self.holds(setting, table, column):
                return column
        if table in self.roots.get(setting, frozenset()):
            return self.primary_keys[table][0]
        return None

    def leading(self, setting: str) -> frozenset[str]:
        """Name the columns that lead to a setting's holder without holding its value."""
        return frozenset(
            each.column
            for each in self.compared
            if each.setting == setting
            and not each.directly
            and not self._is_key(each.table, each.column)
        )

    @cached_property
    def protected(self) -> Mapping[str, str]:
        """Tables that must be isolated, each with the reason why."""
        found: dict[str, str] = {}
        for table in self.columns:
            for setting in self.settings:
                column = self.holder(setting, table)
                if column is not None:
                    found.setdefault(
                        table, f"its column {column} is what policies compare with {setting}"
                    )
        self._follow_foreign_keys(found)
        return found

    def _follow_foreign_keys(self, found: dict[str, str]) -> None:
        grew = bool(found)
        while grew:
            grew = False
            for key in self.foreign_keys:
                if key.parent in found and key.relation not in found:
                    columns = ", ".join(key.columns)
                    found[key.relation] = f"its foreign key ({columns}) leads to {key.parent}"
                    grew = True

    def _is_key(self, table: str, column: str) -> bool:
        return self.primary_keys.get(table) == (column,)


def infer_tenancy(
    connection: Connection, catalog: Catalog, foreign_keys: tuple[ForeignKey, ...]
) -> Tenancy:
    """Infer whose rows are from the catalog's policies.

    ``connection`` is a superuser's; it is only asked what the policies' expressions give.
    """
    bodies = function_bodies(catalog)
    compared: set[Compared] = set()
    for policy in catalog.of_kind("policy"):
        table = policy.parent.name if policy.parent else ""
        expression = policy.facts.get("using")
        if expression and policy.facts["command"] in _READING:
            compared.update(comparisons(table, expression, bodies))
    columns = _columns(catalog)
    return Tenancy(
        compared=_judged(connection, sorted(compared), columns),
        primary_keys=_primary_keys(catalog),
        columns=columns,
        foreign_keys=foreign_keys,
    )


def _judged(
    connection: Connection, compared: list[Compared], columns: Mapping[str, Mapping[str, str]]
) -> tuple[Compared, ...]:
    """Ask the server which expressions give the setting's own value back; each once."""
    known: dict[tuple[str, str, str], bool] = {}
    found = []
    for each in compared:
        kind = columns.get(each.table, {}).get(each.column, "text")
        asked = (each.expression, each.setting, kind)
        if asked not in known:
            known[asked] = _gives_back(connection, each, kind)
        found.append(replace(each, directly=known[asked]))
    return tuple(found)


def _gives_back(connection: Connection, compared: Compared, kind: str) -> bool:
    probe = _PROBES.get(kind, "probe")
    try:
        with connection.transaction(force_rollback=True):
            connection.execute("SET LOCAL search_path = pg_catalog, pg_temp")
            connection.execute("SELECT set_config(%s, %s, true)", (compared.setting, probe))
            asked = sql.SQL("SELECT ({})::text").format(written_by_server(compared.expression))
            row = connection.execute(asked, prepare=False).fetchone()
    except psycopg.Error:
        if connection.broken:
            raise
        return False  # it speaks of columns or of another type: it is no plain value
    return row is not None and row[0] is not None and probe in row[0]


def _primary_keys(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    found = {}
    for key in catalog.of_kind("primary key"):
        listed = re.search(r"\(([^)]*)\)", key.facts["definition"])
        if key.parent is not None and listed is not None:
            found[key.parent.name] = tuple(part.strip() for part in listed[1].split(","))
    return found


def _columns(catalog: Catalog) -> dict[str, dict[str, str]]:
    """Map tables to their columns and types, in order of position."""
    found: dict[str, list[CatalogObject]] = {}
    for column in catalog.of_kind("column"):
        if column.parent is not None and column.parent.kind == "table":
            found.setdefault(column.parent.name, []).append(column)
    return {
        table: {
            each.identity.name.removeprefix(f"{table}."): each.facts["type"]
            for each in sorted(columns, key=lambda each: int(each.facts["position"]))
        }
        for table, columns in found.items()
    }
