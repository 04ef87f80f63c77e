"""Which statements PostgreSQL refuses to run inside a transaction block."""

from __future__ import annotations

import re
from collections.abc import Callable

import postgast

from harness.sql.tree import Node, plpgsql, walk

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
_WHOLE_REINDEX = frozenset(
    {"REINDEX_OBJECT_SCHEMA", "REINDEX_OBJECT_SYSTEM", "REINDEX_OBJECT_DATABASE"}
)
_COMMITS = re.compile(r"\b(commit|rollback)\b", re.IGNORECASE)
_ENDS_TRANSACTION = frozenset({"PLpgSQL_stmt_commit", "PLpgSQL_stmt_rollback"})


def refuses_transaction(kind: str, node: Node, text: str) -> bool:
    """Tell whether a statement fails inside BEGIN … COMMIT.

    A CALL is not among them: whether its procedure commits is for the file's company to say.
    """
    decide = _BY_KIND.get(kind)
    return kind in _ALWAYS or (decide is not None and decide(node, text))


def _vacuum(node: Node, _text: str) -> bool:
    return bool(node.get("is_vacuumcmd"))


def _concurrent(node: Node, _text: str) -> bool:
    return bool(node.get("concurrent"))


def _reindex(node: Node, _text: str) -> bool:
    options = (each["DefElem"] for each in node.get("params", ()))
    return node.get("kind") in _WHOLE_REINDEX or any(
        each["defname"] == "concurrently" and _is_on(each) for each in options
    )


def _is_on(option: Node) -> bool:
    word = option.get("arg", {}).get("String", {}).get("sval", "on")
    return str(word).lower() not in {"false", "off", "0", "no"}


def _detach(node: Node, _text: str) -> bool:
    commands = (each["AlterTableCmd"] for each in node.get("cmds", ()))
    definitions = (each.get("def", {}) for each in commands)
    return any(each.get("PartitionCmd", {}).get("concurrent") for each in definitions)


def _cluster(node: Node, _text: str) -> bool:
    return "relation" not in node


def _discard(node: Node, _text: str) -> bool:
    return node.get("target") == "DISCARD_ALL"


def _do(_node: Node, text: str) -> bool:
    if not _COMMITS.search(text):
        return False
    try:
        tree = plpgsql(text)
    except (postgast.PgQueryError, ValueError):
        return False
    return any(name in _ENDS_TRANSACTION for name, _ in walk(tree))


_BY_KIND: dict[str, Callable[[Node, str], bool]] = {
    "AlterTableStmt": _detach,
    "ClusterStmt": _cluster,
    "DiscardStmt": _discard,
    "DoStmt": _do,
    "DropStmt": _concurrent,
    "IndexStmt": _concurrent,
    "ReindexStmt": _reindex,
    "VacuumStmt": _vacuum,
}
