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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import postgast
import psycopg
from psycopg import sql

from harness.catalog import Catalog, CatalogObject
from harness.checks.schema_facts import Connection, ForeignKey, written_by_server

_READ_SETTING = re.compile(r"current_setting\(\s*'([\w.]+)'", re.IGNORECASE)
_READING = frozenset({"select", "all"})
_ROUTINES = ("function", "procedure")
_PROBES = {
    "uuid": "0198a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
    "smallint": "31807",
    "integer": "1823498107",
    "bigint": "1823498107",
}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Compared:
    """A column that a policy compares with an expression that reads a setting.

    ``directly`` where the expression gives the setting's own value.
    """

    table: str
    column: str
    expression: str
    setting: str
    directly: bool = False


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
    bodies = _bodies(catalog)
    compared: set[Compared] = set()
    for policy in catalog.of_kind("policy"):
        table = policy.parent.name if policy.parent else ""
        expression = policy.facts.get("using")
        if expression and policy.facts["command"] in _READING:
            compared.update(_comparisons(table, expression, bodies))
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


def settings_read(text: str, bodies: Mapping[str, str]) -> frozenset[str]:
    """Collect the settings that an expression or body reads, itself or through functions."""
    return frozenset(
        setting for part in _reached(text, bodies) for setting in _READ_SETTING.findall(part)
    )


def _reached(text: str, bodies: Mapping[str, str]) -> Iterator[str]:
    """Yield a text and the bodies of all functions that it reaches, each once."""
    waiting, seen = [text], set()
    while waiting:
        part = waiting.pop()
        yield part
        for name, body in bodies.items():
            if name not in seen and _calls(part, name):
                seen.add(name)
                waiting.append(body)


def _calls(text: str, name: str) -> bool:
    return f"{name}(" in text or f"{name} (" in text


def _bodies(catalog: Catalog) -> dict[str, str]:
    """Map each function's qualified name to its body; overloads are read together."""
    found: dict[str, str] = {}
    for routine in catalog.of_kind(*_ROUTINES):
        name = routine.identity.name.partition("(")[0]
        body = routine.facts.get("body") or routine.facts.get("sql body") or ""
        found[name] = found.get(name, "") + "\n" + body
    return found


def _comparisons(table: str, expression: str, bodies: Mapping[str, str]) -> Iterator[Compared]:
    try:
        tree = postgast.parse(f"SELECT {expression}")
    except postgast.PgQueryError:
        return
    aliases = _aliases(tree, table)
    for column, other in _pairs(tree):
        text = postgast.deparse(_selected(other)).removeprefix("SELECT ")
        owner, name = _resolved(column, aliases)
        for setting in settings_read(text, bodies):
            yield Compared(table=owner, column=name, expression=text, setting=setting)


def _pairs(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Yield (column reference, what it is compared with) for every equality in a tree."""
    for comparison in _nodes(tree, postgast.pg_query_pb2.A_Expr):
        if not comparison.name or comparison.name[-1].string.sval != "=":
            continue
        left, right = comparison.lexpr, comparison.rexpr
        for side, other in ((left, right), (right, left)):
            column = _column(side)
            if column is not None:
                yield column, other
    for link in _nodes(tree, postgast.pg_query_pb2.SubLink):
        column = _column(link.testexpr) if link.HasField("testexpr") else None
        if column is not None:
            yield column, _in_parentheses(link.subselect)


def _nodes(tree: Any, kind: Any) -> list[Any]:
    found = postgast.find_nodes(tree, kind)
    return [each[1] if isinstance(each, tuple) else each for each in found]


def _column(node: Any) -> Any | None:
    kind = node.WhichOneof("node")
    if kind == "type_cast":
        return _column(node.type_cast.arg)
    return node.column_ref if kind == "column_ref" else None


def _aliases(tree: Any, table: str) -> dict[str, str]:
    """Map the names that columns are qualified with to tables; the policy's own is the default."""
    found = {"": table, table.rpartition(".")[2].strip('"'): table}
    for relation in _nodes(tree, postgast.pg_query_pb2.RangeVar):
        qualified = f"{relation.schemaname}.{relation.relname}".lstrip(".")
        found[relation.alias.aliasname or relation.relname] = qualified
    return found


def _resolved(column: Any, aliases: Mapping[str, str]) -> tuple[str, str]:
    names = [field.string.sval for field in column.fields]
    qualifier = names[-2] if len(names) > 1 else ""
    return aliases.get(qualifier, qualifier), names[-1]


def _selected(node: Any) -> Any:
    """Wrap an expression in a query, so that it can be written as text again."""
    wrapped = postgast.parse("SELECT 1")
    wrapped.stmts[0].stmt.select_stmt.target_list[0].res_target.val.CopyFrom(node)
    return wrapped


def _in_parentheses(query: Any) -> Any:
    """Make an expression of a query, as in ``x IN (SELECT …)``."""
    wrapped = postgast.parse("SELECT (SELECT 1)")
    node = wrapped.stmts[0].stmt.select_stmt.target_list[0].res_target.val
    node.sub_link.subselect.CopyFrom(query)
    return node


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
