"""One cause, several witnesses: what checks of their own find of one mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from harness.checks.finding import Finding

Explains = Callable[[Finding, Finding], bool]
"""Whether the second finding, the cause, explains the first one."""


def explained(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Mark what another finding explains; their order stays.

    Each mistake is one cause, told where it is told best. What only follows from it goes on being
    an error, as a consequence of the cause's migration or seed.
    """
    found = tuple(findings)
    told: dict[str, list[Finding]] = {}
    for each in found:
        told.setdefault(each.rule, []).append(each)
    return tuple(_explained(each, told) for each in found)


def _explained(finding: Finding, told: dict[str, list[Finding]]) -> Finding:
    for cause_rule, explains in _EXPLANATIONS.get(finding.rule, ()) if finding.is_cause else ():
        for cause in told.get(cause_rule, ()):
            if explains(finding, cause):
                return finding.because_of(cause.migration or _version(cause))
    return finding


def _version(seeded: Finding) -> str:
    return PurePosixPath(seeded.file).name.partition("__")[0]


def _is_refused_by(finding: Finding, cause: Finding) -> bool:
    """Whether clients fail in a function that cannot run."""
    return finding.migration == cause.migration and _speaks_of(finding, cause.object)


def _keeps_out(finding: Finding, cause: Finding) -> bool:
    """Whether a function that keeps sample rows out refuses clients, too, and on purpose."""
    return finding.migration == cause.migration and _speaks_of(cause, finding.object)


def _speaks_of(finding: Finding, function: str | None) -> bool:
    """Whether a client's failure was raised in a function, named as findings name objects."""
    kind, _, name = (function or "").partition(" ")
    return kind == "function" and f" in {name}: " in finding.message


def _is_open(finding: Finding, cause: Finding) -> bool:
    """Whether no index serves a policy because it lets everybody in."""
    return f" {finding.object} asks for no setting" in cause.message


def _is_unknown(finding: Finding, cause: Finding) -> bool:
    """Whether a name lacks its schema because there is no such name: it is misspelt."""
    names = finding.message.partition(" without a schema")[0].split(", ")
    return _same_file(finding, cause) and any(
        f'"{name}" does not exist' in cause.message for name in names
    )


def _is_by_chance(finding: Finding, cause: Finding) -> bool:
    """Whether two applications differ by what the text names by the clock or by chance."""
    return finding.migration == cause.migration and " without a schema" not in cause.message


def _same_file(finding: Finding, cause: Finding) -> bool:
    return finding.file == cause.file


def _same_line(finding: Finding, cause: Finding) -> bool:
    return (finding.file, finding.line) == (cause.file, cause.line)


def _is_of_seed(finding: Finding, cause: Finding) -> bool:
    """Whether a walk differs by an object that no migration has made, but a seed."""
    return cause.object is not None and cause.object in finding.message


_EXPLANATIONS: dict[str, tuple[tuple[str, Explains], ...]] = {
    "environment-dependent": (("apply-fails", _is_unknown),),
    "not-deterministic": (("environment-dependent", _is_by_chance),),
    "old-app-breaks": (("function-broken", _is_refused_by),),
    "phase-not-reversible": (("seed-ddl", _is_of_seed),),
    "rls-leak": (("old-app-breaks", _keeps_out),),
    "rls-policy-scan": (("rls-leak", _is_open),),
    "rollback-asymmetric": (("empty-file", _same_file),),
    "seed-not-idempotent": (("seed-ddl", _same_line),),
}
"""By the rule of what follows: the rules of what it may follow from, and when it does."""
