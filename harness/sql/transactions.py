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
_REFRESHES = frozenset(
    {
        "ALTER_SUBSCRIPTION_ADD_PUBLICATION",
        "ALTER_SUBSCRIPTION_DROP_PUBLICATION",
        "ALTER_SUBSCRIPTION_SET_PUBLICATION",
    }
)
_OF_SLOT = frozenset({"failover", "two_phase"})  # since PostgreSQL 17 and 18
_COMMITS = re.compile(r"\b(commit|rollback)\b", re.IGNORECASE)
_ENDS = frozenset({"PLpgSQL_stmt_commit", "PLpgSQL_stmt_rollback"})
_CALLS = re.compile(r"\bcall\b", re.IGNORECASE)


def refuses_transaction(kind: str, node: Node, text: str) -> bool:
    """Tell whether a statement fails inside BEGIN … COMMIT.

    A CALL is not among them: whether its procedure commits is for the file's company to say.
    """
    decide = _BY_KIND.get(kind)
    return kind in _ALWAYS or (decide is not None and decide(node, text))


def calls_procedure(kind: str, text: str) -> bool:
    """Tell whether a statement calls a procedure, which may commit: a CALL, also in a DO block."""
    if kind == "DoStmt" and _CALLS.search(text):
        return "PLpgSQL_stmt_call" in _names(text)
    return kind == "CallStmt"


def _vacuum(node: Node, _text: str) -> bool:
    return bool(node.get("is_vacuumcmd"))


def _concurrent(node: Node, _text: str) -> bool:
    return bool(node.get("concurrent"))


def _reindex(node: Node, _text: str) -> bool:
    return node.get("kind") in _WHOLE_REINDEX or _is_on(node, "params", "concurrently")


def _alter_database(node: Node, _text: str) -> bool:
    return "tablespace" in _options(node, "options")


def _create_subscription(node: Node, _text: str) -> bool:
    connects = _is_on(node, "options", "connect", default=True)
    return connects and _is_on(node, "options", "create_slot", default=True)


def _alter_subscription(node: Node, _text: str) -> bool:
    kind = node.get("kind")
    if kind in _REFRESHES:
        return _is_on(node, "options", "refresh", default=True)
    changed = _options(node, "options") if kind == "ALTER_SUBSCRIPTION_OPTIONS" else {}
    return kind == "ALTER_SUBSCRIPTION_REFRESH" or not _OF_SLOT.isdisjoint(changed)


def _options(node: Node, key: str) -> dict[str, Node]:
    """Return a statement's options by name; the last one of a name counts."""
    given = (each["DefElem"] for each in node.get(key, ()))
    return {each["defname"]: each.get("arg", {}) for each in given}


def _is_on(node: Node, key: str, name: str, *, default: bool = False) -> bool:
    """Read an option as defGetBoolean does: a bare name means on."""
    options = _options(node, key)
    if name not in options:
        return default
    value = options[name]
    if "Integer" in value:
        return bool(value["Integer"].get("ival", 0))
    names = value.get("TypeName", {}).get("names", [value])
    return str(names[-1].get("String", {}).get("sval", "on")).lower() not in {"false", "off"}


def _detach(node: Node, _text: str) -> bool:
    commands = (each["AlterTableCmd"] for each in node.get("cmds", ()))
    definitions = (each.get("def", {}) for each in commands)
    return any(each.get("PartitionCmd", {}).get("concurrent") for each in definitions)


def _cluster(node: Node, _text: str) -> bool:
    return "relation" not in node


def _discard(node: Node, _text: str) -> bool:
    return node.get("target") == "DISCARD_ALL"


def _do(_node: Node, text: str) -> bool:
    return _COMMITS.search(text) is not None and not _ENDS.isdisjoint(_names(text))


def _names(text: str) -> frozenset[str]:
    try:
        tree = plpgsql(text)
    except (postgast.PgQueryError, ValueError):
        return frozenset()
    return frozenset(name for name, _ in walk(tree))


_BY_KIND: dict[str, Callable[[Node, str], bool]] = {
    "AlterDatabaseStmt": _alter_database,
    "AlterSubscriptionStmt": _alter_subscription,
    "AlterTableStmt": _detach,
    "ClusterStmt": _cluster,
    "CreateSubscriptionStmt": _create_subscription,
    "DiscardStmt": _discard,
    "DoStmt": _do,
    "DropStmt": _concurrent,
    "IndexStmt": _concurrent,
    "ReindexStmt": _reindex,
    "VacuumStmt": _vacuum,
}
