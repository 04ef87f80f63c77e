"""A finding: what is wrong, where, why it hurts and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Generic, TypeVar


class Severity(Enum):
    """How much a finding weighs: an error fails the run, a warning is only said."""

    ERROR = "error"
    WARNING = "warning"


class Proof(Enum):
    """Where a rule's verdict comes from."""

    TEXT = "text"
    RUN = "run"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, as `rules.md`'s contract names its parts.

    ``file`` is relative to the db root's repository, with forward slashes; ``line`` counts from
    1; ``consequence_of`` names the migration whose failure explains this one.
    """

    rule: str
    severity: Severity
    file: str
    line: int
    message: str
    effect: str
    fix: str
    migration: str | None = None
    object: str | None = None
    consequence_of: str | None = None

    @property
    def is_cause(self) -> bool:
        """Whether it is an error of its own, not the consequence of another."""
        return self.severity is Severity.ERROR and self.consequence_of is None

    def because_of(self, migration: str) -> Finding:
        """Mark it as the consequence of an earlier migration's failure."""
        return replace(self, consequence_of=migration)


Subject = TypeVar("Subject")
Other = TypeVar("Other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[Subject]):
    """A rule: what it is called, why it exists, what to write instead, and its pure function.

    ``check`` takes the evidence of its family and yields findings made by `Rule.finding`.
    ``title`` completes "this rule reports…"; ``effect`` says who is hurt and how; ``fix`` says
    what to write instead, as SQL where there is some. Both are defaults that a finding may
    make more exact.
    """

    id: str
    title: str
    effect: str
    fix: str
    proof: Proof
    check: Callable[[Rule[Subject], Subject], Iterable[Finding]]
    severity: Severity = Severity.ERROR

    def findings(self, subject: Subject) -> tuple[Finding, ...]:
        """Apply the rule to its evidence."""
        return tuple(self.check(self, subject))

    def over(self, check: Callable[[Rule[Other], Other], Iterable[Finding]]) -> Rule[Other]:
        """Apply the same rule to other evidence: what is proven twice is declared once."""
        return Rule(
            id=self.id,
            title=self.title,
            effect=self.effect,
            fix=self.fix,
            proof=self.proof,
            check=check,
            severity=self.severity,
        )

    def finding(
        self,
        message: str,
        *,
        file: str,
        line: int = 1,
        migration: str | None = None,
        object: str | None = None,  # noqa: A002 - the contract's own word
        effect: str | None = None,
        fix: str | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """Make a finding of this rule, with the rule's words where none more exact are given."""
        return Finding(
            rule=self.id,
            severity=severity or self.severity,
            file=file,
            line=line,
            migration=migration,
            object=object,
            message=message,
            effect=effect or self.effect,
            fix=fix or self.fix,
        )
