"""Suppressions: a rule switched off above a statement, or at the top of a file, with a reason.

-- harness: allow lock-blocks-writes -- a tabela tem 30 linhas
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from harness.checks.finding import Finding, Proof, Rule, Severity
from harness.checks.subjects import ScriptOf
from harness.sql import Directive, Statement

_FORM = "-- harness: allow <rule> -- <reason>"
_ALONE = f"write it on a line of its own above the statement: {_FORM}"
_FOREIGN = re.compile(r"squawk:[a-z][a-z-]*|sqlfluff:[A-Z]{2}\d\d|sqlfluff:PRS")
_MEANT = re.compile(r"(?:--|/\*)[ \t]*harness\b[ \t]*(?::|allow\b)")
# What was released must not change, and a comment that allows it would be such a change.
_NEVER = frozenset({"suppression-invalid", "released-file-changed"})

Fits = Callable[[str, ScriptOf], bool]
"""Tells whether a rule judges files such as this one at all."""


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
    fits: Fits = lambda _rule, _subject: True,
) -> Settled:
    """Do as `apply_suppressions`, and also return what was left out, each with its reason.

    Without ``complain`` a directive that cannot be understood is passed over: where several checks
    judge one file, one of them says it. ``fits`` knows which rules judge which files.
    """
    judged = known_ids if judged_ids is None else judged_ids
    active: dict[str, list[_Suppression]] = {}
    wrong: list[Finding] = []
    for subject in scripts:
        for directive in subject.script.directives:
            complaint = _complaint(directive, subject, known_ids, fits)
            if complaint is None:
                active.setdefault(subject.file, []).append(_suppression(subject, directive))
            elif complain:
                wrong.append(_invalid(subject, directive.line, *complaint))
        if complain:
            wrong += _unread(subject)
    kept = tuple(each for each in findings if not _takes(active.get(each.file, []), each))
    every = [each for found in active.values() for each in found]
    return Settled(
        findings=(*kept, *wrong, *_unused(every, judged, kept)),
        suppressed=tuple(
            Suppressed(finding=finding, reason=each.directive.reason, line=each.directive.line)
            for each in every
            for finding in each.used
        ),
    )


def _complaint(
    directive: Directive, subject: ScriptOf, known: Collection[str], fits: Fits
) -> tuple[str, str] | None:
    if not directive.rule:
        return "a comment for the harness that it does not understand", f"write {_FORM}"
    rule = directive.rule
    is_foreign = _FOREIGN.fullmatch(rule) is not None
    if rule in _NEVER or (rule not in known and not is_foreign):
        near = get_close_matches(rule, sorted(set(known) - _NEVER), n=1)
        fix = f"write {near[0]}" if near else "remove the comment, or name a rule of docs/rules.md"
        return f'there is no rule "{rule}" that can be suppressed', fix
    if not directive.reason:
        return f"the suppression of {rule} gives no reason", f"write {_FORM}"
    if not is_foreign and not fits(rule, subject):
        return f"{rule} never judges a file such as this one", "remove the comment"
    if _is_behind(directive, subject):
        return f"the suppression of {rule} stands behind a statement, not above one", _ALONE
    return None


def _is_behind(directive: Directive, subject: ScriptOf) -> bool:
    """Whether a statement that it does not speak of ends on its line, before it."""
    before = subject.script.statements[: directive.statement or 0]
    return any(each.end_line == directive.line for each in before)


def _unread(subject: ScriptOf) -> Iterator[Finding]:
    """Tell what was meant for the harness and is read by nobody: inside of bodies, misspelt."""
    read = {each.line for each in subject.script.directives}
    for match in _MEANT.finditer(subject.script.text):
        line = subject.script.line_at(match.start())
        if line not in read:
            message = "a comment for the harness that is not read here, or not in this form"
            yield _invalid(subject, line, message, _ALONE)


def _suppression(subject: ScriptOf, directive: Directive) -> _Suppression:
    if directive.statement is None:
        return _Suppression(subject, directive, 0, len(subject.script.line_starts) + 1)
    statement = _statement(subject, directive.statement)
    if statement is None:
        return _Suppression(subject, directive, directive.line, directive.line)
    first = min(directive.line, statement.line)
    return _Suppression(subject, directive, first, statement.end_line)


def _statement(subject: ScriptOf, index: int) -> Statement | None:
    statements = subject.script.statements
    return statements[index] if index < len(statements) else None


def _takes(active: list[_Suppression], finding: Finding) -> bool:
    for each in active:
        if each.covers(finding):
            each.used.append(finding)
            return True
    return False


def _unused(
    active: list[_Suppression], judged: Collection[str], kept: tuple[Finding, ...]
) -> Iterator[Finding]:
    for each in active:
        rule = each.directive.rule
        if each.used or not (rule in judged or rule.partition(":")[0] in judged):
            continue
        message, fix = f"the suppression of {rule} suppresses nothing", "remove the comment"
        missed = [at for at in kept if (at.rule, at.file) == (rule, each.subject.file)]
        if missed:
            message += f": what the rule says is of line {missed[0].line}"
            fix = "write it above that statement, or at the top of the file"
        yield _invalid(each.subject, each.directive.line, message, fix)


def _invalid(subject: ScriptOf, line: int, message: str, fix: str) -> Finding:
    return SUPPRESSION_INVALID.finding(
        message, file=subject.file, line=line, migration=subject.version, fix=fix
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
