"""What a statement means among the others of its file."""

from __future__ import annotations

from dataclasses import replace

from harness.sql.script import Statement
from harness.sql.transactions import calls_procedure
from harness.sql.tree import Node, root

_BEGIN = frozenset({"TRANS_STMT_BEGIN", "TRANS_STMT_START"})
_OF_SAVEPOINTS = frozenset({"TRANS_STMT_SAVEPOINT", "TRANS_STMT_RELEASE", "TRANS_STMT_ROLLBACK_TO"})


def alone(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Mark each CALL as non-transactional where the file holds nothing that needs a transaction.

    A procedure may commit only when its CALL is no part of a transaction block. In a file of
    CALLs that is the purpose; beside ordinary statements the file's transaction comes first.
    """
    if not all(_stands_alone(each) for each in statements):
        return statements
    return tuple(
        replace(each, transactional=False) if _may_commit(each) else each for each in statements
    )


def _stands_alone(statement: Statement) -> bool:
    return not statement.transactional or sets_session(statement) or _may_commit(statement)


def _may_commit(statement: Statement) -> bool:
    return calls_procedure(statement.kind, statement.text)


def sets_session(statement: Statement) -> bool:
    """Tell whether a statement is a SET or RESET that outlives the transaction it stands in.

    SET LOCAL and SET TRANSACTION do nothing where there is none.
    """
    if statement.kind != "VariableSetStmt":
        return False
    node = _node(statement)
    is_local = node.get("is_local") or str(node.get("name", "")).startswith("TRANSACTION")
    return not is_local


def controls_transaction(statement: Statement) -> bool:
    """Tell whether a statement begins or ends a transaction; one of savepoints does not."""
    is_control = statement.kind == "TransactionStmt"
    return is_control and _node(statement).get("kind") not in _OF_SAVEPOINTS


def unwrapped(
    statements: tuple[Statement, ...],
) -> tuple[tuple[Statement, ...], tuple[Statement, Statement] | None]:
    """Take a single BEGIN … COMMIT around the whole file away.

    Only a plain one: another transaction could not take the place of one with an isolation level.
    """
    control = [each for each in statements if controls_transaction(each)]
    if len(control) != 2 or control != [statements[0], statements[-1]]:
        return statements, None
    first, last = control
    if not (_is_plain(first, _BEGIN) and _is_plain(last, {"TRANS_STMT_COMMIT"})):
        return statements, None
    return statements[1:-1], (first, last)


def _is_plain(statement: Statement, kinds: frozenset[str] | set[str]) -> bool:
    node = _node(statement)
    return node.get("kind") in kinds and "options" not in node and "chain" not in node


def _node(statement: Statement) -> Node:
    parsed = root(statement.text)
    return parsed.node if parsed else {}
