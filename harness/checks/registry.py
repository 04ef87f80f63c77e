"""Every check there is: a named group of rules that one test item, or one report line, proves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from harness.checks import gaps, operations, suppression
from harness.checks.downtime import interruption, live, lock_timeout, locks
from harness.checks.finding import Finding, Rule
from harness.checks.isolation import rules as isolation
from harness.checks.rehearsal import symmetry
from harness.checks.rehearsal.evidence import Unreached
from harness.checks.rehearsal.rehearsal import Rehearsal
from harness.checks.rehearsal.trials import Tried
from harness.checks.release import backfill, compatibility, data, domains, expand_contract
from harness.checks.release.domains import Placed
from harness.checks.schema import matviews, partitions
from harness.checks.schema import rules as schema
from harness.checks.seeds import rules as seeds
from harness.checks.subjects import FileRole
from harness.checks.text import statements, structure


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Rules that share their evidence and speak as one.

    ``name`` is what follows `::` in a test's id; ``proves`` completes "23 …" once it passed.
    ``gather`` asks a rehearsal for the evidence of a migration (by version) or of a phase;
    ``part`` takes what its rules judge out of that, None where there was nothing to try. ``gap``
    says why the evidence does not allow a verdict, and is asked where no rule finds a cause.
    """

    name: str
    proves: str
    rules: tuple[Rule[Any], ...]
    gather: Callable[[Rehearsal, Any], object]
    gap: Callable[[Any], gaps.Gap | None]
    part: Callable[[Any], object | None] = lambda evidence: evidence

    @property
    def is_costly(self) -> bool:
        """Whether it needs more than the rehearsal itself: trials, probes, or several runs."""
        return self.gather in (Rehearsal.trials, Rehearsal.schema, Rehearsal.seeds)

    def findings(self, evidence: object) -> tuple[Finding, ...]:
        """Apply every rule of the check to the evidence that they share."""
        judged = None if isinstance(evidence, Unreached) else self.part(evidence)
        if judged is None:
            return ()
        return tuple(found for rule in self.rules for found in rule.findings(judged))

    def unproven(self, gap: gaps.Gap) -> Finding:
        """Say that the check could not be made, where nothing else in the run tells the cause."""
        rule = self.rules[0]
        found = rule.finding(
            f"{self.name} is not proven: {gap.reason}", file=gap.file, line=gap.line
        )
        return found.because_of(gap.because)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of its rules."""
        return frozenset(each.id for each in self.rules)


def _placed(tried: Tried) -> Placed:
    return Placed(
        seen=tried.seen,
        plan=tried.plan,
        provenance=tried.provenance,
        as_superuser=tried.trials.as_superuser,
    )


APPLIES = Check(
    name=gaps.APPLIES,
    proves="migrations applied forward",
    gather=Rehearsal.migration,
    rules=symmetry.APPLY_RULES,
    gap=gaps.not_applied(gaps.APPLIES),
)

LOCKS = Check(
    name=gaps.LOCKS,
    proves="migrations applied without a long lock, a scan or a rewrite under one",
    rules=locks.RULES,
    gather=Rehearsal.migration,
    gap=gaps.not_applied(gaps.LOCKS),
)

MIGRATION_CHECKS: tuple[Check, ...] = (
    APPLIES,
    Check(
        name=gaps.ROLLBACK,
        proves="migrations rolled back to exactly the catalog before",
        gather=Rehearsal.migration,
        rules=symmetry.ROLLBACK_RULES,
        gap=gaps.not_rolled_back,
    ),
    Check(
        name=gaps.REAPPLIES,
        proves="migrations applied again after their rollback, with the same result",
        gather=Rehearsal.migration,
        rules=symmetry.REAPPLY_RULES,
        gap=gaps.not_reapplied,
    ),
    Check(
        name=gaps.LOCKS,
        proves="migrations applied without a long lock, a scan or a rewrite under one",
        gather=Rehearsal.migration,
        rules=locks.RULES,
        gap=gaps.not_applied(gaps.LOCKS),
    ),
    Check(
        name=gaps.EXPAND_CONTRACT,
        proves="migrations that only add (expand) or only remove (contract)",
        gather=Rehearsal.migration,
        rules=expand_contract.RULES,
        gap=gaps.not_applied(gaps.EXPAND_CONTRACT),
    ),
    Check(
        name=gaps.PLACEMENT,
        proves="migrations within their domain, their release and their owner's rights",
        rules=domains.RULES,
        gather=Rehearsal.trials,
        gap=gaps.not_tried(gaps.PLACEMENT),
        part=_placed,
    ),
    Check(
        name=gaps.COMPATIBILITY,
        proves="migrations under which the application of the release before goes on working",
        rules=compatibility.RULES,
        gather=Rehearsal.trials,
        gap=gaps.not_tried(gaps.COMPATIBILITY),
        part=lambda tried: tried.trials.compatibility,
    ),
    Check(
        name=gaps.ROWS,
        proves="migrations that lose no row, or exactly what they declare",
        rules=data.RULES,
        gather=Rehearsal.trials,
        gap=gaps.not_tried(gaps.ROWS, needs_rollback=True),
        part=lambda tried: tried.trials.data,
    ),
    Check(
        name=gaps.LOCK_TIMEOUT,
        proves="migrations that give up in time where a table is in use, and succeed later",
        rules=lock_timeout.RULES,
        gather=Rehearsal.trials,
        gap=gaps.not_tried(gaps.LOCK_TIMEOUT),
        part=lambda tried: tried.trials.lock_timeout,
    ),
    Check(
        name=gaps.INTERRUPTION,
        proves="migrations that may be killed and run again",
        rules=interruption.RULES,
        gather=Rehearsal.trials,
        gap=gaps.not_tried(gaps.INTERRUPTION),
        part=lambda tried: tried.trials.interruption,
    ),
    Check(
        name=gaps.BACKFILL,
        proves="migrations that refuse to run before their backfill is complete",
        rules=backfill.RULES,
        gather=Rehearsal.trials,
        gap=gaps.not_tried(gaps.BACKFILL),
        part=lambda tried: tried.trials.backfill,
    ),
)

PHASE_CHECKS: tuple[Check, ...] = (
    Check(
        name=gaps.REVERSIBLE,
        proves="phases walked backward and forward again, seeds in place",
        gather=Rehearsal.phase,
        rules=symmetry.PHASE_RULES,
        gap=gaps.not_walked,
    ),
    Check(
        name=gaps.SCHEMA,
        proves="phases whose schema at the end is sound",
        rules=(*schema.RULES, *partitions.RULES, *matviews.RULES),
        gather=Rehearsal.schema,
        gap=gaps.not_reached,
    ),
    Check(
        name=gaps.ISOLATION,
        proves="phases in which nobody sees or changes another's rows",
        rules=isolation.RULES,
        gather=Rehearsal.schema,
        gap=gaps.not_probed,
    ),
)

LIVE = Check(
    name=gaps.LIVE,
    proves="phases applied under the traffic of the release before",
    rules=live.PHASE_RULES,
    gather=Rehearsal.live,
    gap=gaps.not_reached,
)
"""Only of a thorough run: it takes as long as the phase, and tells how long clients waited."""

SEEDS = Check(
    name=gaps.SEEDS,
    proves="seeds that run twice as once, in their order, and change rows alone",
    rules=seeds.RULES,
    gather=Rehearsal.seeds,
    gap=gaps.not_reached,
)

RULES: tuple[Rule[Any], ...] = (
    *structure.RULES,
    *statements.RULES,
    *suppression.RULES,
    *(rule for check in (*MIGRATION_CHECKS, *PHASE_CHECKS, SEEDS) for rule in check.rules),
    *operations.RULES,
)
"""Every rule of our own, in the order of the documentation."""

RULE_IDS = frozenset(each.id for each in RULES)


def judges(rule: str, role: FileRole) -> bool:
    """Whether a rule ever tells something of a forward file, a rollback or a seed."""
    if rule in _OPERATIONS_IDS:
        return False
    if role is FileRole.SEED:
        return rule in _TEXT_IDS or rule in SEEDS.ids
    return rule not in SEEDS.ids


_OPERATIONS_IDS = frozenset(each.id for each in operations.RULES)
_TEXT_RULES: tuple[Rule[Any], ...] = (*structure.RULES, *statements.RULES, *suppression.RULES)
_TEXT_IDS = frozenset(each.id for each in _TEXT_RULES)
