"""Which statements PostgreSQL refuses to run inside a transaction block."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import postgast

# PreventInTransactionBlock in PostgreSQL's source names them; node names are the grammar's.
_ALWAYS = frozenset(
    {
        "AlterSystemStmt",
        "CreateSubscriptionStmt",
        "CreateTableSpaceStmt",
        "CreatedbStmt",
        "DropSubscriptionStmt",
        "DropTableSpaceStmt",
        "DropdbStmt",
    }
)
_COMMITS = re.compile(r"\b(commit|rollback)\b", re.IGNORECASE)
_ENDS_TRANSACTION = frozenset({"PLpgSQL_stmt_commit", "PLpgSQL_stmt_rollback"})


def refuses_transaction(kind: str, node: Any, text: str) -> bool:
    """Tell whether a statement fails inside BEGIN … COMMIT.

    A CALL is not among them: whether its procedure commits is for the file's company to say.
    """
    decide = _BY_KIND.get(kind)
    return kind in _ALWAYS or (decide is not None and decide(node, text))


def plpgsql_tree(text: str) -> Any:
    """Parse the plpgsql functions and DO blocks of a text into libpg_query's JSON values.

    Raises `postgast.PgQueryError` for a body that is not plpgsql.
    """
    try:
        return postgast.parse_plpgsql(text)
    except json.JSONDecodeError as broken:
        return json.loads(_mended(broken.doc))


def _mended(document: str) -> str:
    """Repair libpg_query's JSON: it closes a trigger's special variables (TG_OP …) twice."""
    return re.sub(r"(?<=[\[,])\{\}\}(?=[,\]])", "{}", document)


def _vacuum(node: Any, _text: str) -> bool:
    return bool(node.is_vacuumcmd)


def _concurrent(node: Any, _text: str) -> bool:
    return bool(node.concurrent)


def _reindex(node: Any, _text: str) -> bool:
    kinds = postgast.pg_query_pb2
    whole = (
        kinds.REINDEX_OBJECT_SCHEMA,
        kinds.REINDEX_OBJECT_SYSTEM,
        kinds.REINDEX_OBJECT_DATABASE,
    )
    options = (each.def_elem for each in node.params)
    return node.kind in whole or any(
        each.defname == "concurrently" and _is_on(each) for each in options
    )


def _is_on(option: Any) -> bool:
    word = option.arg.string.sval.lower()
    return word not in {"false", "off", "0", "no"}


def _detach(node: Any, _text: str) -> bool:
    commands = (each.alter_table_cmd for each in node.cmds)
    return any(getattr(each, "def").partition_cmd.concurrent for each in commands)


def _cluster(node: Any, _text: str) -> bool:
    return not node.HasField("relation")


def _discard(node: Any, _text: str) -> bool:
    return bool(node.target == postgast.pg_query_pb2.DISCARD_ALL)


def _do(_node: Any, text: str) -> bool:
    if not _COMMITS.search(text):
        return False
    try:
        tree = plpgsql_tree(text)
    except (postgast.PgQueryError, ValueError):
        return False
    return any(name in _ENDS_TRANSACTION for name in _names(tree))


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, below in value.items():
            yield name
            yield from _names(below)
    elif isinstance(value, list):
        for below in value:
            yield from _names(below)


_BY_KIND: dict[str, Callable[[Any, str], bool]] = {
    "AlterTableStmt": _detach,
    "ClusterStmt": _cluster,
    "DiscardStmt": _discard,
    "DoStmt": _do,
    "DropStmt": _concurrent,
    "IndexStmt": _concurrent,
    "ReindexStmt": _reindex,
    "VacuumStmt": _vacuum,
}
