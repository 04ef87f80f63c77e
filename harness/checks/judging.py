"""Judge what was gathered: findings, less what a file suppresses, or why there is no verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from harness.checks.finding import Finding, Severity
from harness.checks.gaps import REAPPLIES, ROLLBACK, STRUCTURE, Gap, of_manifest
from harness.checks.registry import APPLIES, RULE_IDS, Check, judges
from harness.checks.rehearsal.rehearsal import Rehearsal
from harness.checks.subjects import ScriptOf, scripts_of, scripts_of_migration
from harness.checks.suppression import SUPPRESSION_INVALID, Suppressed, settle
from harness.plan import Migration, Phase, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a check finds.

    ``gap`` says why it could not be made, where no cause is found; ``excuse`` why it need not be:
    the migration is declared irreversible. ``left_out`` warns of earlier migrations that were not
    in the database; a run that judges these as well has told it.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()
    gap: Gap | None = None
    excuse: str | None = None
    left_out: tuple[Finding, ...] = ()


def judge_migration(check: Check, rehearsal: Rehearsal, migration: Migration) -> Judgement:
    """Apply a check to the rehearsal of a migration."""
    if (unknown := of_manifest(rehearsal.plan)) is not None:
        return Judgement(findings=(), gap=unknown)
    evidence = check.gather(rehearsal, migration.version)
    scripts = scripts_of_migration(rehearsal.plan, migration)
    judged = settled(check.findings(evidence), scripts, _judged_ids(check, evidence))
    missing = rehearsal.migration(migration.version).left_out
    told = tuple(_left_out(rehearsal.plan.migration(each)) for each in missing)
    return replace(_judged(check, evidence, judged, rehearsal.plan), left_out=told)


def _left_out(missing: Migration) -> Finding:
    """Warn that a migration is proven on a database in which an earlier one is missing."""
    rule = next(each for each in APPLIES.rules if each.id == "apply-fails")
    return rule.finding(
        f"{missing.version} does not apply, and is not part of this run: what comes after it is"
        " proven on a database without it",
        file=missing.file,
        migration=missing.version,
        fix=f"korevitta-db verify --only {missing.version}, and mend it first",
        severity=Severity.WARNING,
    )


def left_out(judged: Iterable[Judgement], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the warnings of what was left out, where no finding of the run tells of it."""
    told: set[str | None] = set()
    for each in findings:
        told.add(each.consequence_of)
        if each.severity is Severity.ERROR:
            told.add(each.migration)
    missing = dict.fromkeys(found for each in judged for found in each.left_out)
    return tuple(each for each in missing if each.migration not in told)


def judge_phase(check: Check, rehearsal: Rehearsal, phase: Phase) -> Judgement:
    """Apply a check to a whole phase; what its predecessor shows already is told there."""
    if (unknown := of_manifest(rehearsal.plan)) is not None:
        return Judgement(findings=(), gap=unknown)
    evidence = check.gather(rehearsal, phase)
    found = check.findings(evidence)
    earlier = _predecessor(rehearsal, phase)
    own = {each.version for each in phase.migrations}
    if earlier is not None and any(each.migration not in own for each in found):
        known = set(check.findings(check.gather(rehearsal, earlier)))
        found = tuple(each for each in found if each not in known)
    judged = settled(found, scripts_of(rehearsal.plan), _judged_ids(check, evidence))
    files = {each.file for each in scripts_of(rehearsal.plan) if each.version in own}
    files |= {each.file for each in phase.seeds}
    kept = tuple(
        each
        for each in judged.findings
        if each.rule != SUPPRESSION_INVALID.id or each.file in files
    )
    kept_only = Judgement(findings=kept, suppressed=judged.suppressed)
    return _judged(check, evidence, kept_only, rehearsal.plan)


def _judged_ids(check: Check, evidence: object) -> frozenset[str]:
    """Return the rules that had what they need; of the others no suppression is unused."""
    return check.ids if check.gap(evidence) is None else frozenset()


def _fits(rule: str, subject: ScriptOf) -> bool:
    return judges(rule, subject.role)


def settled(
    findings: Iterable[Finding],
    scripts: Iterable[ScriptOf],
    judged_ids: Collection[str],
    *,
    complain: bool = False,
) -> Judgement:
    """Take away what the scripts suppress; of the rules that were applied, say what is unused."""
    left = settle(findings, scripts, RULE_IDS, judged_ids, complain=complain, fits=_fits)
    return Judgement(findings=left.findings, suppressed=left.suppressed)


def _judged(check: Check, evidence: object, judged: Judgement, plan: Plan) -> Judgement:
    has_cause = any(each.is_cause for each in judged.findings)
    gap = None if has_cause else check.gap(evidence)
    if gap is not None and _is_declared(gap, plan):
        return replace(judged, excuse=f"{gap.reason}, as its file declares")
    return replace(judged, gap=gap)


def _is_declared(gap: Gap, plan: Plan) -> bool:
    """Whether only rollbacks are missing, and each of their files says that there is none."""
    irreversible = {each.version for each in plan.migrations if _is_irreversible(each)}
    return all(
        told.check in {STRUCTURE, ROLLBACK, REAPPLIES} and told.of in irreversible
        for told in gap.told_by
    )


def _is_irreversible(migration: Migration) -> bool:
    return migration.backward is None and any(
        each.rule == "rollback-missing" and each.reason for each in migration.forward.directives
    )


def _predecessor(rehearsal: Rehearsal, phase: Phase) -> Phase | None:
    earlier = [each for each in rehearsal.plan.phases if each.order < phase.order]
    return earlier[-1] if earlier and earlier[-1].migrations else None
