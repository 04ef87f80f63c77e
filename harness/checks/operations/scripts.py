"""What operators run as SQL, for the linter of style: it reads as every other file does."""

from __future__ import annotations

from harness.checks.operations.files import Kind, OperationFile
from harness.checks.operations.judging import Operations
from harness.checks.subjects import FileRole, ScriptOf
from harness.plan import Plan
from harness.sql import read_script


def scripts_of_queries(plan: Plan, operations: Operations) -> tuple[ScriptOf, ...]:
    """Return the files of queries; those of a collector stand in YAML, and have no style."""
    return tuple(_script(plan, each) for each in operations.files if each.kind is Kind.QUERY)


def _script(plan: Plan, query: OperationFile) -> ScriptOf:
    script = read_script(query.path)
    return ScriptOf(script=script, file=query.file, role=FileRole.QUERY, plan=plan)
