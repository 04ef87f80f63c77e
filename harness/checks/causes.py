"""One cause, several witnesses: what checks of their own find of one mistake."""

from __future__ import annotations

from collections.abc import Iterable

from harness.checks.finding import Finding

_BY_SAME_FILE = {"rollback-asymmetric": "empty-file"}
"""What is not undone by a file, where the file holds nothing."""

_BY_ITSELF = "function-broken"
_BY_CLIENTS = "old-app-breaks"
_TELLING = frozenset({"apply-fails", "environment-dependent", "empty-file"})


def explained(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Mark what another finding of the same migration explains.

    A function that cannot run breaks the statements of the release before as well; one that
    refuses these on purpose keeps sample rows out, too. A name that is misspelt has no schema
    either. Each is one mistake, told where it is told best: the order of the findings stays.
    """
    found = tuple(findings)
    clients = [each for each in found if each.rule == _BY_CLIENTS]
    broken: set[tuple[str | None, str | None]] = {
        (each.migration, each.object)
        for each in found
        if each.rule == _BY_ITSELF and each.migration is not None
    }
    told = [each for each in found if each.rule in _TELLING]
    return tuple(_explained(each, broken, clients, told) for each in found)


def _explained(
    finding: Finding,
    broken: set[tuple[str | None, str | None]],
    clients: list[Finding],
    told: list[Finding],
) -> Finding:
    if finding.migration is None or not finding.is_cause:
        return finding
    if any(
        _is_unknown(finding, each) or _is_by_chance(finding, each) or _is_of_file(finding, each)
        for each in told
    ):
        return finding.because_of(finding.migration)
    if finding.rule == _BY_CLIENTS:
        is_told = any(
            version == finding.migration and _speaks_of(finding, function)
            for version, function in broken
        )
    else:
        is_told = finding.rule != _BY_ITSELF and any(
            each.migration == finding.migration and _speaks_of(each, finding.object)
            for each in clients
        )
    return finding.because_of(finding.migration) if is_told else finding


def _is_unknown(finding: Finding, refused: Finding) -> bool:
    """Whether a name lacks its schema because there is no such name: it is misspelt."""
    if (finding.rule, refused.rule) != ("environment-dependent", "apply-fails"):
        return False
    names = finding.message.partition(" without a schema")[0].split(", ")
    place = (refused.file, refused.line)
    return (finding.file, finding.line) == place and any(
        f'"{name}" does not exist' in refused.message for name in names
    )


def _is_of_file(finding: Finding, told: Finding) -> bool:
    return _BY_SAME_FILE.get(finding.rule) == told.rule and finding.file == told.file


def _is_by_chance(finding: Finding, named: Finding) -> bool:
    """Whether two applications differ by what the text names by the clock or by chance."""
    return (
        (finding.rule, named.rule) == ("not-deterministic", "environment-dependent")
        and finding.migration == named.migration
        and " without a schema" not in named.message
    )


def _speaks_of(finding: Finding, function: str | None) -> bool:
    """Whether a client's failure was raised in a function, named as findings name objects."""
    kind, _, name = (function or "").partition(" ")
    return kind == "function" and f" in {name}: " in finding.message
