"""Verify a plan: every check on everything that was selected, as one report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from harness.checks.evidence import PhaseEvidence
from harness.checks.finding import Finding
from harness.checks.prepare import rehearse
from harness.checks.registry import MIGRATION_CHECKS, PHASE_CHECKS, Check
from harness.checks.rehearsal import Rehearsal
from harness.checks.subjects import PlanRead
from harness.checks.text import text_findings
from harness.checks.verdicts import MigrationReport, Report, verdict_of
from harness.database import Cluster
from harness.errors import UsageError
from harness.plan import Migration, Phase, Plan

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a run judges: these phases, these migrations. What comes before them only runs."""

    phases: tuple[Phase, ...]
    migrations: tuple[Migration, ...]


def select(plan: Plan, phases: Sequence[str] = (), only: Sequence[str] = ()) -> Selection:
    """Select by phase ids and by files or versions; nothing given selects everything.

    Raises `UsageError` for a phase or file that the plan does not have.
    """
    known = {phase.id: phase for phase in plan.phases}
    for wanted in phases:
        if wanted not in known:
            raise UsageError(f"no phase {wanted!r}: the manifest has {', '.join(known)}")
    chosen = tuple(each for each in plan.phases if not phases or each.id in phases)
    if not only:
        migrations = tuple(each for phase in chosen for each in phase.migrations)
        return Selection(phases=chosen, migrations=migrations)
    named = [_named(plan, wanted) for wanted in only]
    inside = {phase.id for phase in chosen}
    for each in named:
        if each.phase not in inside:
            raise UsageError(f"{each.version} belongs to {each.phase}, not to {', '.join(phases)}")
    return Selection(phases=(), migrations=tuple(each for each in plan.migrations if each in named))


def _named(plan: Plan, wanted: str) -> Migration:
    path = Path(wanted).absolute()
    for each in plan.migrations:
        rollback = each.rollback_path.absolute() if each.rollback_path else None
        if wanted in {each.version, each.path.name} or path in {each.path.absolute(), rollback}:
            return each
    raise UsageError(
        f"no migration {wanted!r}: give a version such as V000001, or a V or R file that the"
        " manifest lists"
    )


def verify(
    read: PlanRead,
    selection: Selection,
    cluster: Cluster,
    *,
    postgres: str,
    server: str,
    progress: Progress = lambda _: None,
) -> Report:
    """Run every check on the selection, on one server."""
    started = perf_counter()
    with rehearse(read.plan, cluster, server) as rehearsal:
        found = [
            *text_findings(read),
            *_migration_findings(rehearsal, selection, progress),
            *_phase_findings(rehearsal, selection, progress),
        ]
        reports = tuple(
            MigrationReport(
                migration=each,
                verdict=verdict_of(each, found),
                evidence=rehearsal.migration(each.version),
            )
            for each in selection.migrations
        )
    return Report(
        postgres=postgres,
        server=server,
        migrations=reports,
        findings=tuple(_sorted(found)),
        seconds=perf_counter() - started,
    )


def _migration_findings(
    rehearsal: Rehearsal, selection: Selection, progress: Progress
) -> Iterator[Finding]:
    for migration in selection.migrations:
        progress(migration.file)
        evidence = rehearsal.migration(migration.version)
        for check in MIGRATION_CHECKS:
            yield from check.findings(evidence)


def _phase_findings(
    rehearsal: Rehearsal, selection: Selection, progress: Progress
) -> Iterator[Finding]:
    for phase in selection.phases:
        if phase.migrations:
            progress(f"{phase.id}: backward and forward again")
            for check in PHASE_CHECKS:
                yield from _judged(check, rehearsal.phase(phase), selection)


def _judged(check: Check, evidence: PhaseEvidence, selection: Selection) -> Iterator[Finding]:
    """Apply a check; what it cannot prove is said here, unless the selection says it anyway."""
    yield from check.findings(evidence)
    gap = check.gap(evidence)
    judged = {each.version for each in selection.migrations}
    if gap is not None and not any(told.of in judged for told in gap.told_by):
        yield check.unproven(gap)


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    """Causes first, then by place."""
    return sorted(findings, key=lambda each: (not each.is_cause, each.file, each.line, each.rule))
