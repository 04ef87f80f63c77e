"""Functions that cannot run: what their language's validator says, and names that lead nowhere.

The validator reads a plpgsql body without resolving its names, so a trigger function goes on
naming a column that a contract has dropped. What a body names with its schema is therefore looked
up in the catalog as well; what it finds by the search path, or in dynamic SQL, is not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import postgast
import psycopg

from harness.catalog import Catalog
from harness.checks.schema.facts import Connection, Facts, rows, written_by_server
from harness.samples import Unfilled
from harness.sql.tree import Node, plpgsql, root, walk

_RELATIONS = ("table", "view", "materialized view", "foreign table", "sequence")
_OF_THE_BODY = ("2F", "42")
"""Classes of SQLSTATE: what a routine does wrong itself, and names or syntax that are none."""
_CHECKED = (
    "SELECT DISTINCT message FROM plpgsql_check_function_tb(%s, %s, fatal_errors => false)"
    " WHERE level = 'error' ORDER BY message"
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Broken:
    """A function or procedure that cannot run as it stands, and what is wrong with it."""

    kind: str
    name: str
    said: str


def gather_broken(connection: Connection, catalog: Catalog) -> tuple[Broken, ...]:
    """Let the server compile every function again, and look up what plpgsql bodies name.

    ``connection`` is a superuser's; everything is rolled back. Where plpgsql_check is installed
    it is asked too. Run it inside of `reading`: definitions are then written fully qualified.
    """
    found: set[Broken] = set()
    sources = rows(connection, "sources")
    checked = bool(
        connection.execute("SELECT FROM pg_extension WHERE extname = 'plpgsql_check'").fetchone()
    )
    for source in sources:
        said = _refusal(connection, source) or None
        complaints = [said] if said else list(_dangling(catalog, source))
        if checked and not complaints and source["language"] == "plpgsql":
            complaints = _checked(connection, source)
        found.update(
            Broken(kind=source["kind"], name=source["name"], said=each) for each in complaints
        )
    return tuple(sorted(found))


def broken_by_rows(unfilled: Iterable[Unfilled], known: Iterable[Broken]) -> tuple[Broken, ...]:
    """Tell the functions that a row was enough to break, those apart that are known.

    A body that refuses a row says so with an error of its own, or one about the row's values.
    What it names and is not there, and a RETURN that it lacks, are no words to the row.
    """
    named = {each.name for each in known}
    refusals = (each.refusal for each in unfilled)
    return tuple(
        sorted(
            {
                Broken(
                    kind="function",
                    name=each.raised_in,
                    said=f"{each.said} (SQLSTATE {each.sqlstate})",
                )
                for each in refusals
                if each.raised_in is not None
                and each.raised_in not in named
                and (each.sqlstate or "").startswith(_OF_THE_BODY)
            }
        )
    )


def _refusal(connection: Connection, source: Facts) -> str | None:
    """Create the function once more, as its definition says; None where the server agrees."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute("SET LOCAL check_function_bodies = on")
            connection.execute("SET LOCAL search_path TO DEFAULT")
            definition = written_by_server(source["definition"])
            connection.execute(definition, prepare=False)
    except psycopg.Error as error:
        if connection.broken:
            raise
        return f"{error.diag.message_primary} (SQLSTATE {error.diag.sqlstate})"
    return None


def _checked(connection: Connection, source: Facts) -> list[str]:
    """Ask plpgsql_check: a trigger function once for each table that it serves."""
    if source["for_events"]:
        return []
    relations: list[Any] = [0]
    if source["for_triggers"]:
        served = connection.execute(
            "SELECT DISTINCT tgrelid FROM pg_trigger WHERE tgfoid = %s", (source["oid"],)
        )
        relations = [oid for (oid,) in served.fetchall()]
    return [
        message
        for relation in relations
        for (message,) in connection.execute(_CHECKED, (source["oid"], relation)).fetchall()
    ]


def _dangling(catalog: Catalog, source: Facts) -> Iterator[str]:
    """Say what a plpgsql body names by schema that does not exist."""
    if source["language"] != "plpgsql":
        return
    schemas = _names(catalog, "schema")
    relations = _names(catalog, *_RELATIONS)
    columns = _names(catalog, "column")
    for query in _queries(source["definition"]):
        for statement in _statements(query):
            for name in _relations_named(statement):
                if name.rpartition(".")[0] in schemas and name not in relations:
                    yield f"relation {name} does not exist"
            yield from _columns_missing(statement, relations, columns)


def _queries(definition: str) -> Iterator[str]:
    try:
        trees = plpgsql(definition)
    except (postgast.PgQueryError, ValueError):
        return
    for name, node in walk(trees):
        if name == "PLpgSQL_expr" and "query" in node:
            yield str(node["query"])


def _statements(query: str) -> Iterator[Node]:
    """Parse what plpgsql embeds: a statement, or an expression (which is none by itself)."""
    parsed = root(query)
    if parsed is None:
        parsed = root(f"SELECT {query}")
    if parsed is not None:
        yield {parsed.kind: parsed.node}


def _relations_named(statement: Node) -> Iterator[str]:
    for name, node in walk(statement):
        if name in {"RangeVar", "relation"} and node.get("schemaname"):
            yield _qualified(node)


def _columns_missing(
    statement: Node, relations: frozenset[str], columns: frozenset[str]
) -> Iterator[str]:
    """Check the columns that an INSERT lists and an UPDATE sets, of tables named by schema."""
    for kind, listed in (("InsertStmt", "cols"), ("UpdateStmt", "targetList")):
        for name, node in walk(statement):
            if name != kind or not node.get("relation", {}).get("schemaname"):
                continue
            table = _qualified(node["relation"])
            if table not in relations:
                continue
            for target in node.get(listed, ()):
                column = target.get("ResTarget", {}).get("name")
                if column and f"{table}.{column}" not in columns:
                    yield f"column {column} of relation {table} does not exist"


def _qualified(node: Node) -> str:
    return f"{node['schemaname']}.{node['relname']}"


def _names(catalog: Catalog, *kinds: str) -> frozenset[str]:
    return frozenset(_bare(each.identity.name) for each in catalog.of_kind(*kinds))


def _bare(name: str) -> str:
    """Drop the quotes that the server puts around keywords and unusual names."""
    return name.replace('"', "")
