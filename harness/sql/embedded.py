"""The queries inside a plpgsql body, those that EXECUTE puts together included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import postgast

from harness.sql.bodies import Body, body_fault, body_of, line_in_file
from harness.sql.script import Script, Statement, SyntaxFault
from harness.sql.tree import Node, NotSqlError, TooDeepError, plpgsql, root, roots, walk

UNKNOWN = "__unknown__"
"""What stands for the parts of a dynamic query that the text does not say."""

_PLACEHOLDER = re.compile(r"%(?:\d+\$)?-?(?:\d+|\*)?([IsL%])")

_EXECUTE = re.compile(r"\bexecute\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query of a body; ``line`` is the body's. ``source`` is the expression of an EXECUTE."""

    text: str
    line: int
    source: str | None = None


def queries(body: Body) -> tuple[Query, ...]:
    """Return the queries of a body: its own text for SQL, each embedded one for plpgsql."""
    if body.language == "sql":
        return (Query(text=body.text, line=1),)
    return tuple(_queries(body_tree(body), 1))


def body_tree(body: Body) -> list[Node]:
    """Return plpgsql's own tree of a body; empty where it has none."""
    if body.language != "plpgsql":
        return []
    try:
        return plpgsql(body.statement.text)
    except (postgast.PgQueryError, ValueError):
        return []


def variables(body: Body) -> frozenset[str]:
    """Return the names that mean values in a plpgsql body: variables, records, parameters."""
    names = {str(node["refname"]) for _, node in walk(body_tree(body)) if "refname" in node}
    parsed = root(body.statement.text)
    for each in parsed.node.get("parameters", ()) if parsed else ():
        names.add(str(each.get("FunctionParameter", {}).get("name", "")))
    return frozenset(names)


def literal(expression: str) -> str:
    """Return the text that an expression builds, with `UNKNOWN` for what it cannot say."""
    parsed = root(f"SELECT {expression}")
    if parsed is None:
        return UNKNOWN
    targets = parsed.node.get("targetList", ())
    return _built(targets[0]["ResTarget"].get("val", {})) if targets else UNKNOWN


def faults(script: Script, statement: Statement) -> Iterator[SyntaxFault]:
    """Yield where the body of a statement, and the texts that it executes, are not PostgreSQL.

    Only texts that stand there whole can be read; their faults stand where EXECUTE does.
    """
    body = body_of(statement)
    fault = body_fault(script, body) if body else None
    if fault is not None:
        yield fault
    elif body is not None and "execute" in body.text.lower():
        yield from _executed_faults(script, body)


def _executed_faults(script: Script, body: Body) -> Iterator[SyntaxFault]:
    for query in queries(body):
        if query.source and UNKNOWN not in query.text:
            try:
                roots(query.text)
            except NotSqlError as error:
                line = line_in_file(script, body, query.line)
                column = _column(script, line)
                yield SyntaxFault(message=error.message, line=line, column=column)
            except TooDeepError:
                continue


def _column(script: Script, line: int) -> int:
    found = _EXECUTE.search(script.text, script.line_starts[line - 1])
    return script.column_at(found.start()) if found else 1


def _queries(value: object, line: int) -> Iterator[Query]:
    if isinstance(value, list):
        for below in value:
            yield from _queries(below, line)
    elif isinstance(value, dict):
        line = value.get("lineno", line)
        for name, below in value.items():
            yield from _named(name, below, line)


def _named(name: str, value: object, line: int) -> Iterator[Query]:
    if name == "PLpgSQL_expr" and isinstance(value, dict):
        if value.get("parseMode") == 0:
            yield Query(text=value["query"], line=line)
    elif name in {"PLpgSQL_stmt_dynexecute", "PLpgSQL_stmt_dynfors"} and isinstance(value, dict):
        line = value.get("lineno", line)
        source = value.get("query", {}).get("PLpgSQL_expr", {}).get("query", "")
        yield Query(text=literal(source), line=line, source=source)
        rest = {key: below for key, below in value.items() if key != "query"}
        yield from _queries(rest, line)
    else:
        yield from _queries(value, line)


def _built(node: Node) -> str:
    if "A_Const" in node:
        return str(node["A_Const"].get("sval", {}).get("sval", UNKNOWN))
    if "TypeCast" in node:
        return _built(node["TypeCast"]["arg"])
    if "FuncCall" in node:
        return _called(node["FuncCall"])
    operator = node.get("A_Expr", {})
    if _names(operator.get("name", ())) == ["||"]:
        return _built(operator.get("lexpr", {})) + _built(operator.get("rexpr", {}))
    return UNKNOWN


def _called(call: Node) -> str:
    function, arguments = _names(call["funcname"])[-1], call.get("args", ())
    if function == "concat":
        return "".join(map(_built, arguments))
    if function != "format" or not arguments:
        return UNKNOWN
    return _PLACEHOLDER.sub(_filled, _built(arguments[0]))


def _filled(match: re.Match[str]) -> str:
    return {"%": "%", "L": f"'{UNKNOWN}'"}.get(match.group(1), UNKNOWN)


def _names(nodes: list[Node]) -> list[str]:
    return [str(each.get("String", {}).get("sval", "")) for each in nodes]
