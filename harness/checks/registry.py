"""Every check there is: a named group of rules that one test item, or one report line, proves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from harness.checks import expand_contract, gaps, locks, symmetry
from harness.checks.finding import Finding, Rule


class Needs(Enum):
    """What a check must have before it can speak."""

    TEXT = "text"
    MIGRATION = "the rehearsal of a migration"
    PHASE = "the walk through a phase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Rules that share their evidence and speak as one.

    ``name`` is what follows `::` in a test's id; ``proves`` completes "23 …" once it passed.
    ``gap`` says why the evidence does not allow a verdict; it is asked where no rule finds a
    cause.
    """

    name: str
    proves: str
    needs: Needs
    rules: tuple[Rule[Any], ...]
    gap: Callable[[Any], gaps.Gap | None]

    def findings(self, evidence: object) -> tuple[Finding, ...]:
        """Apply every rule of the check to the evidence that they share."""
        return tuple(found for rule in self.rules for found in rule.findings(evidence))

    def unproven(self, gap: gaps.Gap) -> Finding:
        """Say that the check could not be made, where nothing else in the run tells the cause."""
        rule = self.rules[0]
        found = rule.finding(f"not proven: {gap.reason}", file=gap.file, line=gap.line)
        return found.because_of(gap.because)


APPLIES = Check(
    name=gaps.APPLIES,
    proves="migrations applied forward",
    needs=Needs.MIGRATION,
    rules=symmetry.APPLY_RULES,
    gap=gaps.not_applied(gaps.APPLIES),
)

MIGRATION_CHECKS: tuple[Check, ...] = (
    APPLIES,
    Check(
        name=gaps.ROLLBACK,
        proves="migrations rolled back to exactly the catalog before",
        needs=Needs.MIGRATION,
        rules=symmetry.ROLLBACK_RULES,
        gap=gaps.not_rolled_back,
    ),
    Check(
        name=gaps.REAPPLIES,
        proves="migrations applied again after their rollback, with the same result",
        needs=Needs.MIGRATION,
        rules=symmetry.REAPPLY_RULES,
        gap=gaps.not_reapplied,
    ),
    Check(
        name=gaps.LOCKS,
        proves="migrations applied without a long lock, a scan or a rewrite under one",
        needs=Needs.MIGRATION,
        rules=locks.RULES,
        gap=gaps.not_applied(gaps.LOCKS),
    ),
    Check(
        name=gaps.EXPAND_CONTRACT,
        proves="migrations that only add (expand) or only remove (contract)",
        needs=Needs.MIGRATION,
        rules=expand_contract.RULES,
        gap=gaps.not_applied(gaps.EXPAND_CONTRACT),
    ),
)

PHASE_CHECKS: tuple[Check, ...] = (
    Check(
        name=gaps.REVERSIBLE,
        proves="phases walked backward and forward again, seeds in place",
        needs=Needs.PHASE,
        rules=symmetry.PHASE_RULES,
        gap=gaps.not_walked,
    ),
)
