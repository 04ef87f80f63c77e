"""From evidence and findings to a verdict per migration, and to the report of a whole run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from harness.checks.finding import Finding, Severity
from harness.checks.rehearsal.evidence import MigrationEvidence
from harness.checks.suppression import Suppressed
from harness.plan import Migration


class Verdict(Enum):
    """How a migration fared: blocked means that an earlier failure explains this one."""

    PASSED = "passed"
    FAILED = "failed"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationReport:
    """A migration, what was seen of it (None where nothing ran), and how it fared."""

    migration: Migration
    verdict: Verdict
    evidence: MigrationEvidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that a run of `verify` has to say; ``seconds`` is wall-clock time.

    ``suppressed`` are the findings that a file's directive allows, with its reason.
    """

    postgres: str
    server: str
    migrations: tuple[MigrationReport, ...]
    findings: tuple[Finding, ...]
    seconds: float
    suppressed: tuple[Suppressed, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that fail the run."""
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that are only said."""
        return tuple(each for each in self.findings if each.severity is Severity.WARNING)

    @property
    def causes(self) -> tuple[Finding, ...]:
        """The errors that no other failure explains."""
        return tuple(each for each in self.findings if each.is_cause)


def verdict_of(migration: Migration, findings: Iterable[Finding]) -> Verdict:
    """Judge a migration by the findings that name it."""
    own = [
        each
        for each in findings
        if each.migration == migration.version and each.severity is Severity.ERROR
    ]
    if not own:
        return Verdict.PASSED
    return Verdict.FAILED if any(each.is_cause for each in own) else Verdict.BLOCKED
