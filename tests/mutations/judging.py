"""Judge a mutated tree: what the mutation touches, by the checks that a run would make."""

from __future__ import annotations

from collections.abc import Iterator

from harness.checks.finding import Finding
from harness.checks.judging import judge_migration, judge_phase
from harness.checks.registry import MIGRATION_CHECKS, PHASE_CHECKS, SEEDS, Check
from harness.checks.rehearsal.rehearsal import Rehearsal
from harness.checks.subjects import PlanRead, ScriptOf, scripts_of
from harness.checks.text.files import judge_squawk, judge_statements, structure_findings
from harness.plan import Plan
from tests.mutations.mutation import MANIFEST, Mutation

_BY_RULE = {
    rule.id: check
    for checks in (MIGRATION_CHECKS, PHASE_CHECKS, (SEEDS,))
    for check in checks
    for rule in check.rules
}


def is_of_run(mutation: Mutation) -> bool:
    """Whether a server is needed to catch a mutation."""
    named = mutation.judge or mutation.file
    return mutation.rule in _BY_RULE and named != MANIFEST


def is_of_phase(mutation: Mutation) -> bool:
    """Whether it shows only at the end of a phase."""
    return _BY_RULE[mutation.rule] not in MIGRATION_CHECKS


def by_text(read: PlanRead, mutation: Mutation) -> tuple[Finding, ...]:
    """Judge the layout, and the text of the files of the mutated migration or seed."""
    scripts = tuple(each for each in scripts_of(read.plan) if _is_touched(each, mutation))
    judged = [*map(judge_statements, scripts), *judge_squawk(scripts, None).values()]
    found = [*structure_findings(read), *(each for one in judged for each in one.findings)]
    return tuple(found)


def _is_touched(script: ScriptOf, mutation: Mutation) -> bool:
    names = {mutation.file[1:], mutation.version[1:]}
    return any(script.file.rpartition("/")[2][1:].startswith(f"{name}__") for name in names)


def by_run(rehearsal: Rehearsal, mutation: Mutation) -> tuple[Finding, ...]:
    """Rehearse the mutated migration, and the end of its phase where the rule needs it."""
    return tuple(dict.fromkeys(_found(rehearsal, mutation)))


def _found(rehearsal: Rehearsal, mutation: Mutation) -> Iterator[Finding]:
    check = _BY_RULE[mutation.rule]
    plan = rehearsal.plan
    if not mutation.version.startswith("S"):
        migration = plan.migration(mutation.version)
        for each in _of_the_migration(mutation, check):
            yield from judge_migration(each, rehearsal, migration).findings
    if check not in MIGRATION_CHECKS:
        for each in _with_the_same_evidence(check):
            yield from judge_phase(each, rehearsal, plan.phase(_phase(plan, mutation))).findings


def _of_the_migration(mutation: Mutation, check: Check) -> Iterator[Check]:
    """Yield the checks that a mutation can concern.

    Trials run V once more, on copies: they cannot see an edit of R but in the rows that it leaves,
    and what shows only at the end of a phase breaks no client of the release before.
    """
    needs_trials = check.gather == Rehearsal.trials or (
        check in MIGRATION_CHECKS and mutation.file.startswith("V")
    )
    for each in MIGRATION_CHECKS:
        if needs_trials or each.gather != Rehearsal.trials:
            yield each


def _with_the_same_evidence(check: Check) -> Iterator[Check]:
    for each in (*PHASE_CHECKS, SEEDS):
        if each.gather == check.gather:
            yield each


def _phase(plan: Plan, mutation: Mutation) -> str:
    phases = {each.version: each.phase for each in plan.migrations}
    phases |= {each.version: each.phase for each in plan.seeds}
    return phases[mutation.version]
