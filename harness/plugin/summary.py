"""What a run says of itself: a header before, what was proven and what is wrong after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from harness.checks.finding import Finding
from harness.plugin.items import FINDINGS, PROOF
from harness.render.contract import finding_from
from harness.render.findings import finding_line


class Summary:
    """Gathers what the items found and proved, wherever they ran."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._proven: dict[str, set[str]] = {}
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

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say what was proven, and list causes, consequences and warnings."""
        if not self._proven and not self._findings:
            return
        terminalreporter.section("KoreVitta DB")
        for line in self._lines():
            terminalreporter.write_line(line)

    def _lines(self) -> Iterator[str]:
        if self._server_said:
            yield f"on {self._server_said}:"
        for what, members in self._proven.items():
            yield f"  {len(members):>4}  {what}"
        causes = [each for each in self._findings if each.is_cause]
        consequences = [each for each in self._findings if each.consequence_of]
        warnings = [each for each in self._findings if each.severity.value == "warning"]
        yield from _section("cause", causes)
        yield from _section("consequence", consequences)
        yield from _section("warning", warnings)


def _section(word: str, findings: list[Finding]) -> Iterator[str]:
    if not findings:
        return
    yield f"{len(findings)} {word}{'s' if len(findings) > 1 else ''}:"
    for each in findings:
        because = f" (because of {each.consequence_of})" if each.consequence_of else ""
        yield f"  {finding_line(each)}{because}"
