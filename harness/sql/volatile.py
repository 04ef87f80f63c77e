"""Dynamic DDL whose names or bounds come from the clock or from chance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.sql.bodies import Body
from harness.sql.embedded import Query, body_tree, queries
from harness.sql.tree import Node, walk

_SOURCES = re.compile(
    r"""\b(?:
        (?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday
           |random|random_normal|gen_random_uuid|uuidv4|uuidv7|uuid_generate_v\d\w*
           |pg_backend_pid|txid_current|pg_current_xact_id)\s*\(
        | (?:current_date|current_timestamp|current_time|localtime|localtimestamp)\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_DEFINES = re.compile(r"\b(create|rename|attach|add)\b", re.IGNORECASE)
_ASSIGNED = re.compile(r"\s*(\w+)[\w.\[\]]*\s*(?::=|=)")
_WORD = re.compile(r"[^\W\d]\w*")


def dated_definitions(body: Body) -> tuple[Query, ...]:
    """Return the EXECUTEs that define objects by means of the time, a random value or the session.

    A variable counts when something of that kind is assigned to it anywhere in the body.
    """
    dynamic = [each for each in queries(body) if each.source and _DEFINES.search(each.text)]
    if not dynamic:
        return ()
    tainted = _tainted(body_tree(body))
    return tuple(each for each in dynamic if _is_tainted(each.source or "", tainted))


def _tainted(tree: list[Node]) -> frozenset[str]:
    assignments = tuple(_assignments(tree))
    found: frozenset[str] = frozenset()
    while True:
        more = found | {name for name, source in assignments if _is_tainted(source, found)}
        if more == found:
            return found
        found = more


def _is_tainted(expression: str, names: frozenset[str]) -> bool:
    bare = _without_strings(expression)
    return _SOURCES.search(bare) is not None or not names.isdisjoint(
        word.lower() for word in _WORD.findall(bare)
    )


def _without_strings(expression: str) -> str:
    return re.sub(r"'(?:[^']|'')*'", "''", expression)


def _assignments(tree: list[Node]) -> Iterator[tuple[str, str]]:
    """Yield each variable with an expression that it is given: assigned, selected or looped."""
    for kind, node in walk(tree):
        if "refname" in node and "default_val" in node:
            yield node["refname"], _query(node["default_val"])
        elif kind == "PLpgSQL_stmt_assign":
            text = _query(node["expr"])
            target = _ASSIGNED.match(text)
            if target:
                yield target.group(1).lower(), text[target.end() :]
        elif "target" in node or "var" in node:
            yield from _received(node)


def _received(node: Node) -> Iterator[tuple[str, str]]:
    given = [_query(node[key]) for key in ("sqlstmt", "query", "lower", "upper") if key in node]
    receivers = [node[key] for key in ("target", "var") if key in node]
    for _, receiver in walk(receivers):
        names = [each.get("name") for each in receiver.get("fields", ())]
        for name in (receiver.get("refname"), *names):
            for text in given:
                yield str(name), text


def _query(node: Node) -> str:
    return str(node.get("PLpgSQL_expr", {}).get("query", ""))
