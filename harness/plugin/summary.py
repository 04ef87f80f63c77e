"""What a run says of itself: a header before, what was proven and what is wrong after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from harness.checks.causes import explained
from harness.checks.finding import Finding, Severity
from harness.checks.judging import Judgement, left_out
from harness.checks.words import SHOWN
from harness.plugin.verdict import ALLOWED, FINDINGS, LEFT_OUT, PROOF, REMEMBERED, STALL, UNPROVEN
from harness.render.contract import finding_from
from harness.render.findings import explained_text, finding_line


class Summary:
    """Gathers what the items found and proved, wherever they ran."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._proven: dict[str, set[str]] = {}
        self._unproven: dict[str, list[str]] = {}
        self._allowed: dict[str, None] = {}
        self._left_out: dict[Finding, None] = {}
        self._remembered = 0
        self._stalls: list[str] = []
        self._server_said: str | None = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take in the verdict of one item."""
        if report.when != "call":
            return
        for name, value in report.user_properties:
            if name == FINDINGS and isinstance(value, list):
                self._findings += [finding_from(each) for each in value]
            elif name == PROOF and report.passed and isinstance(value, dict):
                self._proven.setdefault(str(value["what"]), set()).add(str(value["of"]))
                self._server_said = str(value["on"])
            elif name == UNPROVEN and isinstance(value, dict):
                self._unproven.setdefault(str(value["because"]), []).append(str(value["of"]))
            elif name == LEFT_OUT and isinstance(value, list):
                self._left_out |= dict.fromkeys(map(finding_from, value))
            elif name == ALLOWED:
                self._allowed[str(value)] = None
            elif name == REMEMBERED:
                self._remembered += 1
            elif name == STALL:
                self._stalls.append(str(value))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Keep a run from being green where what should have told of a cause did not fail."""
        if self._unproven and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say what was proven, and list causes, consequences and warnings."""
        if not (self._proven or self._findings or self._unproven or self._allowed):
            return
        terminalreporter.section("KoreVitta DB")
        for line in self._lines():
            terminalreporter.write_line(line)

    def _lines(self) -> Iterator[str]:
        if self._server_said:
            yield f"on {self._server_said}:"
        for what, members in self._proven.items():
            yield f"  {len(members):>4}  {what}"
        if self._remembered:
            yield (
                f"{_counted(self._remembered, 'proof')} remembered: they passed before with the"
                " same files, harness and server (--again makes them anew)"
            )
        if self._stalls:
            yield "clients of the release before, while each migration ran:"
            yield from (f"  {each}" for each in self._stalls)
        findings = explained(sorted(dict.fromkeys(self._findings), key=_place))
        causes = [each for each in findings if each.is_cause]
        consequences = [each for each in findings if each.consequence_of]
        warnings = [each for each in findings if each.severity is Severity.WARNING]
        warnings += left_out([Judgement(findings=(), left_out=tuple(self._left_out))], findings)
        yield from _section("cause", causes)
        if causes:
            yield from explained_text(causes).splitlines()
        yield from _section("consequence", consequences)
        yield from _section("warning", warnings)
        if self._allowed:
            yield f"{_counted(len(self._allowed), 'finding')} allowed by a directive:"
            yield from (f"  {each}" for each in self._allowed)
        for cause, waiting in sorted(self._unproven.items()):
            checks = _counted(len(waiting), "check")
            yield f"not proven until {cause} is mended: {checks} of {_some(sorted(set(waiting)))}"


def _place(finding: Finding) -> tuple[str, int, str]:
    """Order findings as `verify` does: items end in any order where there are workers."""
    return finding.file, finding.line, finding.rule


def _some(names: list[str]) -> str:
    rest = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def _section(word: str, findings: list[Finding]) -> Iterator[str]:
    if not findings:
        return
    yield f"{_counted(len(findings), word)}:"
    for each in findings:
        because = f" (because of {each.consequence_of})" if each.consequence_of else ""
        yield f"  {finding_line(each)}{because}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
