"""What the run proves harmless is said more softly, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from harness.checks.finding import Finding, Severity
from harness.checks.static.squawk_rules import OBSERVED

_PREFIX = "squawk:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Harmless:
    """A statement that the rehearsal saw blocking nobody, and why.

    ``first_line`` and ``last_line`` are the statement's; ``reason`` completes "harmless here: …".
    """

    file: str
    first_line: int
    last_line: int
    reason: str


def downgrade(findings: Iterable[Finding], facts: Iterable[Harmless]) -> tuple[Finding, ...]:
    """Turn squawk's suspicions of locks, scans and rewrites into warnings where facts deny them.

    Findings of other rules, and of statements without a fact, come back as they are.
    """
    known = tuple(facts)
    return tuple(_softened(each, known) for each in findings)


def _softened(finding: Finding, facts: tuple[Harmless, ...]) -> Finding:
    suspected = finding.rule.removeprefix(_PREFIX) in OBSERVED
    if not finding.rule.startswith(_PREFIX) or not suspected:
        return finding
    for fact in facts:
        if fact.file == finding.file and fact.first_line <= finding.line <= fact.last_line:
            effect = f"harmless here: {fact.reason}"
            return replace(finding, severity=Severity.WARNING, effect=effect)
    return finding
