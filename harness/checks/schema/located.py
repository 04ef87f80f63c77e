"""Findings about objects, at the line of the file that made them."""

from __future__ import annotations

from harness.checks.finding import Finding, Rule, Severity
from harness.checks.schema.origins import Origin
from harness.checks.schema.phase_schema import PhaseSchema

SchemaRule = Rule[PhaseSchema]


def located(
    rule: SchemaRule,
    seen: PhaseSchema,
    message: str,
    names: tuple[str, ...],
    *,
    said: str,
    fix: str | None = None,
    severity: Severity | None = None,
    origin: Origin | None = None,
) -> Finding:
    """Make a finding at ``origin``, or at the line that first names the object or its owner."""
    origin = origin or seen.origins.of(*names)
    return rule.finding(
        message,
        file=origin.file,
        line=origin.line,
        migration=origin.version,
        object=said,
        fix=fix,
        severity=severity,
    )
