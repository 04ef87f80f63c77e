"""What the operators of a database use: queries, metrics, alerts, dashboards and runbooks.

`Operations` reads a db root's files once; `judge` applies to one of them the rule of its kind.
"""

from harness.checks.operations.files import Kind, OperationFile, kind_of, operation_files
from harness.checks.operations.judging import (
    CHECKS,
    RULES,
    OperationCheck,
    Operations,
    judge,
)
from harness.checks.operations.stage import NotBuiltError, Stage

__all__ = [
    "CHECKS",
    "RULES",
    "Kind",
    "NotBuiltError",
    "OperationCheck",
    "OperationFile",
    "Operations",
    "Stage",
    "judge",
    "kind_of",
    "operation_files",
]
