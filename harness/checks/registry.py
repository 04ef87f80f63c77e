"""Every check there is: a named group of rules that one test item, or one report line, proves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from harness.checks import symmetry
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
    """

    name: str
    proves: str
    needs: Needs
    rules: tuple[Rule[Any], ...]

    def findings(self, evidence: object) -> tuple[Finding, ...]:
        """Apply every rule of the check to the evidence that they share."""
        return tuple(found for rule in self.rules for found in rule.findings(evidence))


APPLIES = Check(
    name="applies",
    proves="migrations applied forward",
    needs=Needs.MIGRATION,
    rules=symmetry.APPLY_RULES,
)

MIGRATION_CHECKS: tuple[Check, ...] = (
    APPLIES,
    Check(
        name="rollback_symmetry",
        proves="migrations rolled back to exactly the catalog before",
        needs=Needs.MIGRATION,
        rules=symmetry.ROLLBACK_RULES,
    ),
    Check(
        name="reapplies",
        proves="migrations applied again after their rollback, with the same result",
        needs=Needs.MIGRATION,
        rules=symmetry.REAPPLY_RULES,
    ),
)

PHASE_CHECKS: tuple[Check, ...] = (
    Check(
        name="reversible",
        proves="phases walked backward and forward again, seeds in place",
        needs=Needs.PHASE,
        rules=symmetry.PHASE_RULES,
    ),
)
