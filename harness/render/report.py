"""A whole report as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from harness.checks.verdicts import MigrationReport, Report, Verdict
from harness.render.findings import explained_text, finding_line, findings_text

_MARKS = {Verdict.PASSED: "ok", Verdict.FAILED: "FAILED", Verdict.BLOCKED: "blocked"}


def report_text(report: Report) -> str:
    """Write a report out: a line per migration, every finding, and what it comes to."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield f"PostgreSQL {report.postgres} ({report.server})"
    for each in report.migrations:
        yield _migration_line(each)
    if report.findings:
        yield ""
        yield findings_text(report.findings)
    if report.causes:
        yield ""
        yield explained_text(report.causes)
    for allowed in report.suppressed:
        yield ""
        yield f"allowed: {finding_line(allowed.finding)}"
        yield f"  reason: {allowed.reason}"
    yield ""
    yield _total(report)


def _migration_line(report: MigrationReport) -> str:
    migration, seen = report.migration, report.evidence
    mark = _MARKS[report.verdict]
    if seen is None or seen.again is None or seen.backward is None:
        return f"  {mark:<8}{migration.version}  {migration.slug}"
    times = f"{seen.forward.ms:.0f}/{seen.backward.ms:.0f}/{seen.again.ms:.0f} ms"
    return f"  {mark:<8}{migration.version}  {migration.slug}  ({times})"


def _total(report: Report) -> str:
    causes = len(report.causes)
    consequences = len(report.errors) - causes
    verdict = "nothing wrong" if not report.errors else f"{_counted(causes, 'cause')}"
    tail = f", {_counted(consequences, 'consequence')}" if consequences else ""
    return (
        f"{_counted(len(report.migrations), 'migration')} forward, backward and forward again in"
        f" {report.seconds:.1f} s: {verdict}{tail}, {_counted(len(report.warnings), 'warning')}"
    )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
