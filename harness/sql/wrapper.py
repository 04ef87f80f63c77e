"""What a statement means among the others of its file."""

from __future__ import annotations

import re
from dataclasses import replace

from harness.sql.script import Statement

_BEGIN = re.compile(r"(begin|start\s+transaction)\b", re.IGNORECASE)
_COMMIT = re.compile(r"(commit|end)\b(?!\s+prepared)", re.IGNORECASE)
_AROUND_CALL = frozenset({"CallStmt", "VariableSetStmt"})


def alone(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Mark each CALL as non-transactional where the file holds nothing that needs a transaction.

    A procedure may commit only when its CALL is no part of a transaction block. In a file of
    CALLs that is the purpose; beside ordinary statements the file's transaction comes first.
    """
    if not all(_stands_alone(each) for each in statements):
        return statements
    return tuple(
        replace(each, transactional=False) if each.kind == "CallStmt" else each
        for each in statements
    )


def _stands_alone(statement: Statement) -> bool:
    return statement.kind in _AROUND_CALL or not statement.transactional


def unwrapped(
    statements: tuple[Statement, ...],
) -> tuple[tuple[Statement, ...], tuple[Statement, Statement] | None]:
    """Take a single BEGIN … COMMIT around the whole file away."""
    control = [each for each in statements if each.kind == "TransactionStmt"]
    if len(control) != 2 or control != [statements[0], statements[-1]]:
        return statements, None
    first, last = control
    if not (_BEGIN.match(first.text) and _COMMIT.match(last.text)):
        return statements, None
    return statements[1:-1], (first, last)
