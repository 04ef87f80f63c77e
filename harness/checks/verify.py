"""Verify a plan: every check on everything that was selected, as one report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from harness.checks.causes import explained
from harness.checks.finding import Finding
from harness.checks.gaps import Gap, of_manifest
from harness.checks.judging import Judgement, judge_migration, judge_phase, left_out
from harness.checks.operations import Operations, Stage
from harness.checks.operations.operating import operation_judgements
from harness.checks.operations.scripts import scripts_of_queries
from harness.checks.registry import (
    APPLIES,
    LIVE,
    LOCKS,
    MIGRATION_CHECKS,
    PHASE_CHECKS,
    SEEDS,
    Check,
)
from harness.checks.rehearsal.evidence import MigrationEvidence
from harness.checks.rehearsal.prepare import rehearse
from harness.checks.rehearsal.rehearsal import Asked, Rehearsal
from harness.checks.static import Cache, Harmless, Linters, downgrade
from harness.checks.subjects import PlanRead, ScriptOf, scripts_of
from harness.checks.text.files import (
    judge_squawk,
    judge_statements,
    judge_structure,
    judge_style,
)
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
    thorough: bool = False,
    cache: Cache | None = None,
) -> Report:
    """Run every check on the selection, on one server.

    ``cache`` remembers what the linters said of a text.
    """
    started = perf_counter()
    judged = list(_text_judgements(read, selection, progress, cache))
    seen: dict[str, MigrationEvidence] = {}
    if (unknown := of_manifest(read.plan)) is not None:
        judged += _blocked(selection, unknown)
        found = explained(downgrade(_every(judged), ()))
    else:
        soon = tuple(_asked(selection))
        with rehearse(read.plan, cluster, server, thorough=thorough, soon=soon) as rehearsal:
            judged += _run_judgements(rehearsal, selection, progress, thorough=thorough)
            judged += _operation_judgements(read.plan, selection, cluster, progress)
            every = _every(judged)
            every |= dict.fromkeys(left_out(judged, every))
            found = explained(downgrade(every, _harmless(rehearsal, selection)))
            seen = {
                each.version: rehearsal.migration(each.version) for each in selection.migrations
            }
    return Report(
        postgres=postgres,
        server=server,
        migrations=tuple(
            MigrationReport(
                migration=each, verdict=verdict_of(each, found), evidence=seen.get(each.version)
            )
            for each in selection.migrations
        ),
        findings=tuple(_sorted(found)),
        suppressed=tuple(each for judgement in judged for each in judgement.suppressed),
        seconds=perf_counter() - started,
    )


def _every(judged: Iterable[Judgement]) -> dict[Finding, None]:
    return dict.fromkeys(each for judgement in judged for each in judgement.findings)


def _blocked(selection: Selection, unknown: Gap) -> Iterator[Judgement]:
    """Say of each migration that it was not run: what comes before it is not known."""
    for each in selection.migrations:
        found = replace(APPLIES.unproven(unknown), file=each.file, line=1, migration=each.version)
        yield Judgement(findings=(found,))


def _text_judgements(
    read: PlanRead, selection: Selection, progress: Progress, cache: Cache | None
) -> Iterator[Judgement]:
    progress("text")
    yield judge_structure(read)
    scripts = _scripts(read.plan, selection)
    yield from map(judge_statements, scripts)
    yield from judge_squawk(scripts, cache).values()
    styled = (*scripts, *_queries(read.plan, selection))
    with Linters() as linters:
        yield from judge_style(styled, cache, linters).values()


def _queries(plan: Plan, selection: Selection) -> tuple[ScriptOf, ...]:
    """Choose the operators' queries: they go with the whole plan."""
    if selection.phases != plan.phases:
        return ()
    return scripts_of_queries(plan, Operations(plan.root, plan.repository))


def _asked(selection: Selection) -> Iterator[Asked]:
    """Name the evidence that the checks will ask for, so that it is gathered ahead."""
    for migration in selection.migrations:
        yield from ((each, migration.version) for each in {c.gather for c in MIGRATION_CHECKS})
    for phase in selection.phases:
        checks = (*(PHASE_CHECKS if phase.migrations else ()), *((SEEDS,) if phase.seeds else ()))
        yield from ((each.gather, phase) for each in checks)


def _harmless(rehearsal: Rehearsal, selection: Selection) -> Iterator[Harmless]:
    """Name the statements that ran without a finding of the rules of locks."""
    for migration in selection.migrations:
        seen = rehearsal.migration(migration.version)
        if seen.forward.succeeded and not LOCKS.findings(seen):
            for statement in migration.forward.statements:
                yield Harmless(
                    file=migration.file,
                    first_line=statement.line,
                    last_line=statement.end_line,
                    reason="on filled tables it read and rewrote nothing under a lock that blocks",
                )


def _scripts(plan: Plan, selection: Selection) -> tuple[ScriptOf, ...]:
    own = {each.version for each in selection.migrations}
    seeds = {seed.file for phase in selection.phases for seed in phase.seeds}
    return tuple(each for each in scripts_of(plan) if each.version in own or each.file in seeds)


def _run_judgements(
    rehearsal: Rehearsal, selection: Selection, progress: Progress, *, thorough: bool
) -> Iterator[Judgement]:
    told = {each.version for each in selection.migrations}
    told |= {each.id for each in selection.phases}
    for migration in selection.migrations:
        progress(migration.file)
        for check in MIGRATION_CHECKS:
            yield judge_migration(check, rehearsal, migration)
    for phase in selection.phases:
        checks = (*PHASE_CHECKS, LIVE) if thorough else PHASE_CHECKS
        for check in checks if phase.migrations else ():
            progress(f"{phase.id}: {check.name}")
            yield _told(check, judge_phase(check, rehearsal, phase), told)
        if phase.seeds:
            yield _told(SEEDS, judge_phase(SEEDS, rehearsal, phase), told)


def _operation_judgements(
    plan: Plan, selection: Selection, cluster: Cluster, progress: Progress
) -> Iterator[Judgement]:
    """Judge what operators use, which needs the whole plan: only where all of it was selected."""
    if selection.phases == plan.phases:
        progress("operations")
        operations = Operations(plan.root, plan.repository)
        yield from operation_judgements(operations, Stage(plan, cluster))


def _told(check: Check, judged: Judgement, told: set[str]) -> Judgement:
    """Add what a check cannot prove, unless it says so, or what was selected does."""
    gap = judged.gap
    if gap is None or judged.findings or any(each.of in told for each in gap.told_by):
        return judged
    return replace(judged, findings=(*judged.findings, check.unproven(gap)))


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    """Causes first, then by place."""
    return sorted(findings, key=lambda each: (not each.is_cause, each.file, each.line, each.rule))
