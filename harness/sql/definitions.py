"""What a script itself creates and calls, as far as its text says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from harness.sql.bodies import Body, body_of
from harness.sql.embedded import queries
from harness.sql.script import Script, Statement
from harness.sql.tree import NotSqlError, Root, TooDeepError, root, roots, walk

_ONLY_DEFINE = frozenset({"CreateFunctionStmt", "CreatePolicyStmt", "RuleStmt", "ViewStmt"})
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


def temporary_tables(script: Script) -> frozenset[str]:
    """Return the names of the temporary tables that a script creates, its bodies included."""
    plain = (each for _, parsed in trees(script) for each in new_relations(parsed))
    within = (each for body, _ in executed_bodies(script) for each in made_in(body))
    return frozenset(str(each["relname"]) for each in (*plain, *within) if _is_temporary(each))


def _is_temporary(relation: dict[str, Any]) -> bool:
    return relation.get("relpersistence") == "t" or relation.get("schemaname") == "pg_temp"


def called(parsed: Root) -> frozenset[str]:
    """Return the bare names of the functions that a statement calls, in lower case."""
    return frozenset(name[-1] for name in called_names(parsed))


def called_names(parsed: Root) -> frozenset[tuple[str, ...]]:
    """Return the functions and procedures that a statement calls, as it writes their names."""
    return frozenset(
        tuple(each["String"]["sval"] for each in node["funcname"])
        for name, node in walk({parsed.kind: parsed.node})
        if name in {"FuncCall", "funccall"} and "funcname" in node
    )


def defined_body(script: Script, name: tuple[str, ...]) -> Body | None:
    """Return the body that a script last gives to a function of this name; None for none."""
    for statement in reversed(script.statements):
        if statement.kind == "CreateFunctionStmt" and name[-1] in statement.text:
            parsed = root(statement.text)
            written = parsed.node["funcname"] if parsed else ()
            if tuple(each["String"]["sval"] for each in written) == name:
                return body_of(statement)
    return None


def executed_bodies(script: Script) -> Iterator[tuple[Body, Statement]]:
    """Yield the bodies that run when the script does, each with the statement that has it run.

    They are the DO blocks, and the functions of this script that a statement, or another of the
    bodies, calls.
    """
    functions: dict[str, Body] = {}
    for statement, parsed in trees(script):
        body = body_of(statement)
        if statement.kind == "DoStmt" and body is not None:
            yield body, statement
            yield from _called_bodies(statement, _called_in(body), functions)
        elif body is not None:
            functions[parsed.node["funcname"][-1]["String"]["sval"]] = body
        elif statement.kind not in _ONLY_DEFINE:
            names = called(parsed) if functions else frozenset()
            yield from _called_bodies(statement, names, functions)


def _called_in(body: Body) -> frozenset[str]:
    roots_of_body = (each for query in queries(body) for each in query_roots(query.text))
    return frozenset(name for each in roots_of_body for name in called(each))


def _called_bodies(
    statement: Statement, names: frozenset[str], functions: dict[str, Body]
) -> Iterator[tuple[Body, Statement]]:
    for name in sorted(names & functions.keys()):
        if body := functions.pop(name, None):
            yield body, statement
            yield from _called_bodies(statement, _called_in(body), functions)


def made_in(body: Body) -> Iterator[dict[str, Any]]:
    """Yield the relations that a body creates to hold rows."""
    for query in queries(body):
        for each in query_roots(query.text):
            yield from new_relations(each)


def new_relations(parsed: Root) -> Iterator[dict[str, Any]]:
    """Yield the relation that a statement creates to hold rows, if it creates one."""
    if parsed.kind == "CreateStmt":
        yield parsed.node["relation"]
    elif parsed.kind in _INTO:
        into = parsed.node.get("into") or parsed.node.get("intoClause")
        if into and "rel" in into:
            yield into["rel"]
