"""Rules of the way forward, backward and forward again: one migration, and whole phases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from harness.checks import words
from harness.checks.finding import Finding, Proof, Rule, Severity
from harness.checks.rehearsal.evidence import MigrationEvidence, PhaseEvidence, Step
from harness.checks.rehearsal.restoring import restoration
from harness.diff import Delta, compare

MigrationRule = Rule[MigrationEvidence]
PhaseRule = Rule[PhaseEvidence]


def _apply_fails(rule: MigrationRule, seen: MigrationEvidence) -> Iterator[Finding]:
    failure = seen.forward.failure
    if failure is None or seen.is_no_sql:
        return
    finding = rule.finding(
        words.refusal(failure),
        file=seen.migration.file,
        line=failure.line,
        migration=seen.migration.version,
        fix=failure.hint,
    )
    yield finding.because_of(seen.blocked_by) if seen.blocked_by else finding


def _rollback_fails(rule: MigrationRule, seen: MigrationEvidence) -> Iterator[Finding]:
    failure = seen.backward.failure if seen.backward is not None else None
    if failure is None or seen.is_rollback_no_sql:
        return
    yield rule.finding(
        words.refusal(failure),
        file=_rollback_file(seen),
        line=failure.line,
        migration=seen.migration.version,
    )


def _rollback_asymmetric(rule: MigrationRule, seen: MigrationEvidence) -> Iterator[Finding]:
    delta = seen.backward_delta
    if delta is None or not delta.without_column_order:
        return
    real = delta.without_column_order
    differing = words.differences(real)
    yield rule.finding(
        "after V and R " + words.listed(sentence for _, sentence in differing),
        file=_rollback_file(seen),
        migration=seen.migration.version,
        object=differing[0][0],
        fix=restoration(real, seen.before),
    )


def _column_order_differs(rule: MigrationRule, seen: MigrationEvidence) -> Iterator[Finding]:
    delta = seen.backward_delta
    if delta is None or not delta.column_order or delta.without_column_order:
        return
    moved = delta.column_order
    yield rule.finding(
        "after V and R the order of columns differs: "
        + words.listed(f"{each.identity} was {each.before}, is {each.after}" for each in moved),
        file=_rollback_file(seen),
        migration=seen.migration.version,
        object=str(moved[-1].identity),
    )


def _reapply_fails(rule: MigrationRule, seen: MigrationEvidence) -> Iterator[Finding]:
    if seen.again is None or seen.again.failure is None or not seen.is_symmetric:
        return
    failure = seen.again.failure
    yield rule.finding(
        "V applied once, R undid it, and a second V does not run: " + words.refusal(failure),
        file=seen.migration.file,
        line=failure.line,
        migration=seen.migration.version,
    )


def _reapply_differs(rule: MigrationRule, seen: MigrationEvidence) -> Iterator[Finding]:
    delta = _difference_again(seen)
    if not delta or not seen.is_symmetric or _differs_by_chance(seen):
        return
    differing = words.differences(
        delta, gone="came only the first time", left="came only the second time"
    )
    yield rule.finding(
        "V after V and R does not give what V gave: "
        + words.listed(sentence for _, sentence in differing),
        file=seen.migration.file,
        migration=seen.migration.version,
        object=differing[0][0],
    )


def _not_deterministic(rule: MigrationRule, seen: MigrationEvidence) -> Iterator[Finding]:
    if not _differs_by_chance(seen) or seen.elsewhere is None:
        return
    differing = words.differences(
        compare(seen.after, seen.elsewhere).without_column_order,
        gone="is on the first alone",
        left="is on the second alone",
    )
    yield rule.finding(
        "two applications on two fresh databases differ: "
        + words.listed(sentence for _, sentence in differing),
        file=seen.migration.file,
        migration=seen.migration.version,
        object=differing[0][0],
    )


def _phase_not_reversible(rule: PhaseRule, seen: PhaseEvidence) -> Iterator[Finding]:
    """Speak only of what no migration by itself explains: its own finding says it better."""
    if seen.culprits:
        return
    stopped = next((each for each in seen.backward if not each.trace.succeeded), None)
    if stopped is None and seen.missed:
        yield _missed(rule, seen, *seen.missed[0])
    elif seen.refused is not None:
        yield _refused_finding(rule, seen, seen.refused)


def _refused_finding(rule: PhaseRule, seen: PhaseEvidence, step: Step) -> Finding:
    failure = step.trace.failure
    assert failure is not None
    forward = step in seen.forward
    way = "forward again" if forward else "backward"
    return rule.finding(
        f"walking {seen.phase.id} {way}, {step.migration.version} stops the walk: "
        + words.refusal(failure),
        file=step.migration.file if forward else step.migration.expected_rollback_file,
        line=failure.line,
        migration=step.migration.version,
    )


def _missed(rule: PhaseRule, seen: PhaseEvidence, goal: str, delta: Delta) -> Finding:
    differing = words.differences(delta)
    return rule.finding(
        f"{seen.phase.id} {goal}: " + words.listed(sentence for _, sentence in differing),
        file=seen.manifest_file,
        line=seen.phase.line,
        object=differing[0][0],
    )


def _difference_again(seen: MigrationEvidence) -> Delta:
    return (seen.again_delta or Delta()).without_column_order


def _differs_by_chance(seen: MigrationEvidence) -> bool:
    """Whether V gives something else on a second fresh database too."""
    return seen.elsewhere is not None and bool(
        compare(seen.after, seen.elsewhere).without_column_order
    )


def _rollback_file(seen: MigrationEvidence) -> str:
    return seen.migration.rollback_file or seen.migration.expected_rollback_file


APPLY_RULES: tuple[MigrationRule, ...] = (
    Rule(
        id="apply-fails",
        title="a forward file that the server refuses",
        effect="the release stops here; every later migration that builds on it is blocked",
        fix="correct the statement; it runs alone, as the owner, after all earlier migrations",
        proof=Proof.RUN,
        check=_apply_fails,
    ),
)

ROLLBACK_RULES: tuple[MigrationRule, ...] = (
    Rule(
        id="rollback-fails",
        title="a backward file that the server refuses, with sample rows in place",
        effect="a release that goes wrong cannot be taken back; the operator is left in between",
        fix="write the exact reverse of the forward file, last statement first",
        proof=Proof.RUN,
        check=_rollback_fails,
    ),
    Rule(
        id="rollback-asymmetric",
        title="a rollback after which the catalog is not what it was before",
        effect="after a rollback the database is one that no release ever had and no test ever saw",
        fix="bring back exactly what the forward file changed",
        proof=Proof.RUN,
        check=_rollback_asymmetric,
    ),
    Rule(
        id="column-order-differs",
        title="a rollback after which only the order of columns differs",
        effect="a dropped column comes back last: `SELECT *` and COPY without a list of columns "
        "see another order",
        fix="name the columns wherever order matters, or accept the order with a suppression",
        proof=Proof.RUN,
        check=_column_order_differs,
        severity=Severity.WARNING,
    ),
)

REAPPLY_RULES: tuple[MigrationRule, ...] = (
    Rule(
        id="reapply-fails",
        title="a forward file that does not run again after its rollback",
        effect="a release that was taken back cannot be tried again",
        fix="let the rollback undo everything that the forward file relies on not being there",
        proof=Proof.RUN,
        check=_reapply_fails,
    ),
    Rule(
        id="reapply-differs",
        title="a forward file that gives something else after its rollback",
        effect="the second try of a release makes another database than the first",
        fix="make the forward file depend on the catalog alone, or undo what it depends on",
        proof=Proof.RUN,
        check=_reapply_differs,
    ),
    Rule(
        id="not-deterministic",
        title="a forward file that gives another catalog on another fresh database",
        effect="each environment gets a schema of its own: a time or a chance was folded into it",
        fix="write the value out instead of computing it while the file runs",
        proof=Proof.RUN,
        check=_not_deterministic,
    ),
)

PHASE_RULES: tuple[PhaseRule, ...] = (
    Rule(
        id="phase-not-reversible",
        title="a phase whose rollbacks, in reverse order, do not give its start",
        effect="a whole release cannot be taken back, although each rollback alone looks right",
        fix="walk the phase backward in reverse order and mend the rollback that stops or leaves",
        proof=Proof.RUN,
        check=_phase_not_reversible,
    ),
)

RULES: tuple[Rule[Any], ...] = (
    *APPLY_RULES,
    *ROLLBACK_RULES,
    *REAPPLY_RULES,
    *PHASE_RULES,
)
