"""Suppressions: a rule switched off above a statement, or at the top of a file, with a reason.

-- harness: allow lock-blocks-writes -- a tabela tem 30 linhas
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from harness.checks.finding import Finding, Proof, Rule, Severity
from harness.checks.subjects import ScriptOf
from harness.sql import Directive, Statement

_FORM = "-- harness: allow <rule> -- <reason>"
_FOREIGN = re.compile(r"squawk:[a-z][a-z-]*|sqlfluff:[A-Z]{2}\d\d|sqlfluff:PRS")
_NEVER = frozenset({"suppression-invalid"})


@dataclass(frozen=True, slots=True)
class _Suppression:
    """A well-formed directive: which rule it switches off, on which lines of which file."""

    subject: ScriptOf
    directive: Directive
    first: int
    last: int
    used: list[Finding] = field(default_factory=list)

    def covers(self, finding: Finding) -> bool:
        return (
            finding.rule == self.directive.rule
            and finding.file == self.subject.file
            and self.first <= finding.line <= self.last
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed:
    """A finding that a directive switched off, and the reason that it gives."""

    finding: Finding
    reason: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What is left after the suppressions, and what they took away."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]


def apply_suppressions(
    findings: Iterable[Finding],
    scripts: Iterable[ScriptOf],
    known_ids: Collection[str],
    judged_ids: Collection[str] | None = None,
) -> tuple[Finding, ...]:
    """Leave out what the files' directives allow, and report the directives that are wrong.

    ``judged_ids`` are the rules that this run has applied (by default every known one): of a rule
    that was not applied nobody can say that its suppression suppresses nothing.
    """
    return settle(findings, scripts, known_ids, judged_ids).findings


def settle(
    findings: Iterable[Finding],
    scripts: Iterable[ScriptOf],
    known_ids: Collection[str],
    judged_ids: Collection[str] | None = None,
    *,
    complain: bool = True,
) -> Settled:
    """Do as `apply_suppressions`, and also return what was left out, each with its reason.

    Without ``complain`` a directive that cannot be understood is passed over: where several checks
    judge one file, one of them says it.
    """
    judged = known_ids if judged_ids is None else judged_ids
    active: dict[str, list[_Suppression]] = {}
    wrong: list[Finding] = []
    for subject in scripts:
        for directive in subject.script.directives:
            complaint = _complaint(directive, known_ids)
            if complaint is None:
                active.setdefault(subject.file, []).append(_suppression(subject, directive))
            elif complain:
                message, fix = complaint
                wrong.append(_invalid(subject, directive, message, fix))
    kept = tuple(each for each in findings if not _takes(active.get(each.file, []), each))
    every = [each for found in active.values() for each in found]
    return Settled(
        findings=(*kept, *wrong, *_unused(every, judged)),
        suppressed=tuple(
            Suppressed(finding=finding, reason=each.directive.reason, line=each.directive.line)
            for each in every
            for finding in each.used
        ),
    )


def _complaint(directive: Directive, known: Collection[str]) -> tuple[str, str] | None:
    if not directive.rule:
        return "a comment for the harness that it does not understand", f"write {_FORM}"
    rule = directive.rule
    if rule in _NEVER or (rule not in known and not _FOREIGN.fullmatch(rule)):
        near = get_close_matches(rule, sorted(set(known) - _NEVER), n=1)
        fix = f"write {near[0]}" if near else "remove the comment, or name a rule of docs/rules.md"
        return f'there is no rule "{rule}" that can be suppressed', fix
    if not directive.reason:
        return f"the suppression of {rule} gives no reason", f"write {_FORM}"
    return None


def _suppression(subject: ScriptOf, directive: Directive) -> _Suppression:
    if directive.statement is None:
        return _Suppression(subject, directive, 0, len(subject.script.line_starts) + 1)
    statement = _statement(subject, directive.statement)
    last = statement.end_line if statement else directive.line
    return _Suppression(subject, directive, directive.line, last)


def _statement(subject: ScriptOf, index: int) -> Statement | None:
    statements = subject.script.statements
    return statements[index] if index < len(statements) else None


def _takes(active: list[_Suppression], finding: Finding) -> bool:
    for each in active:
        if each.covers(finding):
            each.used.append(finding)
            return True
    return False


def _unused(active: list[_Suppression], judged: Collection[str]) -> Iterator[Finding]:
    for each in active:
        rule = each.directive.rule
        if not each.used and (rule in judged or rule.partition(":")[0] in judged):
            message = f"the suppression of {rule} suppresses nothing"
            yield _invalid(each.subject, each.directive, message, "remove the comment")


def _invalid(subject: ScriptOf, directive: Directive, message: str, fix: str) -> Finding:
    return SUPPRESSION_INVALID.finding(
        message,
        file=subject.file,
        line=directive.line,
        migration=subject.version,
        fix=fix,
    )


def _never(_rule: Rule[ScriptOf], _subject: ScriptOf) -> Iterable[Finding]:
    """Find nothing: what a suppression suppresses is known after all other rules have spoken."""
    return ()


SUPPRESSION_INVALID: Rule[ScriptOf] = Rule(
    id="suppression-invalid",
    title="a suppression of an unknown rule, without a reason, or of nothing",
    effect="it looks like a decision, and protects nothing or hides more than somebody decided",
    fix=_FORM,
    proof=Proof.TEXT,
    check=_never,
    severity=Severity.ERROR,
)

RULES: tuple[Rule[ScriptOf], ...] = (SUPPRESSION_INVALID,)
