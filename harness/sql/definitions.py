"""What a script itself creates and calls, as far as its text says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from harness.sql.bodies import Body, body_of
from harness.sql.embedded import queries
from harness.sql.script import Script, Statement
from harness.sql.tree import NotSqlError, Root, TooDeepError, root, roots, walk

_INTO = frozenset({"CreateTableAsStmt", "SelectStmt"})


def trees(script: Script) -> Iterator[tuple[Statement, Root]]:
    """Yield each statement that has a tree, with it."""
    for statement in script.statements:
        parsed = root(statement.text) if statement.kind else None
        if parsed is not None:
            yield statement, parsed


def query_roots(text: str) -> tuple[Root, ...]:
    """Parse a query of a body; empty where it is none that text can show."""
    try:
        return roots(text)
    except (NotSqlError, TooDeepError):
        return ()


def created_tables(script: Script) -> frozenset[str]:
    """Return the bare names of the tables that a script creates, its DO blocks included."""
    return frozenset(_created(script))


def temporary_tables(script: Script) -> frozenset[str]:
    """Return the names of the temporary tables that a script creates."""
    return frozenset(
        str(relation["relname"])
        for _, parsed in trees(script)
        for relation in _new_relations(parsed)
        if relation.get("relpersistence") == "t"
    )


def called(parsed: Root) -> frozenset[str]:
    """Return the bare names of the functions that a statement calls, in lower case."""
    return frozenset(
        str(node["funcname"][-1]["String"]["sval"])
        for name, node in walk({parsed.kind: parsed.node})
        if name in {"FuncCall", "funccall"} and "funcname" in node
    )


def executed_bodies(script: Script) -> Iterator[tuple[Body, int | None]]:
    """Yield the bodies that run when the script does: DO blocks, and functions that it calls.

    The number is the line of the call, None for a DO block.
    """
    functions: dict[str, Body] = {}
    for statement, parsed in trees(script):
        body = body_of(statement)
        if body is None:
            names = called(parsed) if functions else frozenset()
            yield from _called_bodies(statement, names, functions)
        elif statement.kind == "DoStmt":
            yield body, None
            names = frozenset(
                name
                for query in queries(body)
                for each in query_roots(query.text)
                for name in called(each)
            )
            yield from _called_bodies(statement, names, functions)
        else:
            functions[parsed.node["funcname"][-1]["String"]["sval"]] = body


def _called_bodies(
    statement: Statement, names: frozenset[str], functions: dict[str, Body]
) -> Iterator[tuple[Body, int | None]]:
    for name in sorted(names & functions.keys()):
        yield functions.pop(name), statement.line


def _created(script: Script) -> Iterator[str]:
    for statement, parsed in trees(script):
        for relation in _new_relations(parsed):
            yield str(relation["relname"])
        body = body_of(statement) if statement.kind == "DoStmt" else None
        for query in queries(body) if body else ():
            for each in query_roots(query.text):
                for relation in _new_relations(each):
                    yield str(relation["relname"])


def _new_relations(parsed: Root) -> Iterator[dict[str, Any]]:
    if parsed.kind == "CreateStmt":
        yield parsed.node["relation"]
    elif parsed.kind in _INTO:
        into = parsed.node.get("into") or parsed.node.get("intoClause")
        if into and "rel" in into:
            yield into["rel"]
