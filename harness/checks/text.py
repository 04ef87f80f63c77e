"""What can be said without any server: the layout, the manifest, and the text of every file."""

from __future__ import annotations

from collections.abc import Iterator

from harness.checks import statements, structure
from harness.checks.finding import Finding
from harness.checks.subjects import PlanRead, ScriptOf, scripts_of


def text_findings(read: PlanRead) -> Iterator[Finding]:
    """Apply every rule whose proof is text to a db root."""
    yield from structure_findings(read)
    for script in scripts_of(read.plan):
        yield from statement_findings(script)


def structure_findings(read: PlanRead, file: str | None = None) -> Iterator[Finding]:
    """Apply the rules of layout and manifest; keep what concerns one file, if one is given."""
    for rule in structure.RULES:
        for found in rule.findings(read):
            if file is None or found.file == file:
                yield found


def statement_findings(script: ScriptOf) -> Iterator[Finding]:
    """Apply the rules of statements to one file."""
    for rule in statements.RULES:
        yield from rule.findings(script)
