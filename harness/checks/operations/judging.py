"""Which rule judges which file, and what it has to know."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from harness.checks.downtime import runners
from harness.checks.finding import Finding, Rule
from harness.checks.gaps import Gap
from harness.checks.operations import alerts, dashboards, queries, runbooks
from harness.checks.operations.fault import Fault
from harness.checks.operations.files import Kind, OperationFile, operation_files
from harness.checks.operations.known import KnownMetrics, read_known
from harness.checks.operations.promtool import Promtool, find_promtool
from harness.checks.operations.racing import gather_race, psql_here
from harness.checks.operations.stage import Stage

_SAYS_NO = frozenset({"", "0", "false", "no"})


class Operations:
    """A db root's operational files, and what each is held against; no server is needed."""

    def __init__(self, root: Path, repository: Path) -> None:
        self.repository = repository
        self._root = root

    @cached_property
    def files(self) -> tuple[OperationFile, ...]:
        """The files, sorted by kind and name."""
        return operation_files(self._root, self.repository)

    @cached_property
    def known(self) -> KnownMetrics:
        """The metrics that expressions may name."""
        return read_known(self._root, self.files)

    @cached_property
    def tested(self) -> frozenset[str]:
        """The alerts that a unit test sees fire."""
        return alerts.tested_alerts(self.files)

    @cached_property
    def promtool(self) -> Promtool | None:
        """Prometheus's tool, where it is installed."""
        return find_promtool()

    @property
    def must_be_proven(self) -> bool:
        """Whether a check that cannot be made is an error: it is in continuous integration."""
        return os.environ.get("CI", "").lower() not in _SAYS_NO


Gather = Callable[[OperationFile, Operations, Stage], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationCheck:
    """The check of one kind of file; ``proves`` completes "23 …" once it passed.

    ``program`` names the installed program, with its version, that the proof depends on.
    """

    name: str
    proves: str
    rules: tuple[Rule[Any], ...]
    gather: Gather
    program: Callable[[], str] = str

    def unproven(self, gap: Gap) -> Finding:
        """Say that the check could not be made, where nothing else in the run tells the cause."""
        found = self.rules[0].finding(
            f"{self.name} is not proven: {gap.reason}", file=gap.file, line=gap.line
        )
        return found.because_of(gap.because)

    def findings(
        self, file: OperationFile, operations: Operations, stage: Stage
    ) -> tuple[Finding, ...]:
        """Gather the evidence of a file and apply every rule of the check to it."""
        evidence = self.gather(file, operations, stage)
        return tuple(found for rule in self.rules for found in rule.findings(evidence))


def _alerts(file: OperationFile, operations: Operations, _: Stage) -> object:
    faults = alerts.gather_alerts(
        file,
        repository=operations.repository,
        known=operations.known,
        tested=operations.tested,
        promtool=operations.promtool,
    )
    return _alert_evidence(file, operations, faults)


def _alert_tests(file: OperationFile, operations: Operations, _: Stage) -> object:
    faults = alerts.gather_alert_tests(file, operations.promtool)
    return _alert_evidence(file, operations, faults)


def _alert_evidence(
    file: OperationFile, operations: Operations, faults: tuple[Fault, ...]
) -> alerts.AlertEvidence:
    return alerts.AlertEvidence(
        file=file.file, faults=faults, must_be_proven=operations.must_be_proven
    )


def _dashboard(file: OperationFile, operations: Operations, stage: Stage) -> object:
    faults = dashboards.gather_dashboard(
        file,
        others=operations.files,
        known=operations.known,
        promtool=operations.promtool,
        stage=stage,
    )
    return dashboards.DashboardEvidence(
        file=file.file, faults=faults, must_be_proven=operations.must_be_proven
    )


_QUERIES = OperationCheck(
    name="runs",
    proves="files of queries that ran as a reader, on empty and on filled tables",
    rules=(queries.RULE,),
    gather=lambda file, _, stage: queries.gather_queries(file, stage),
)

CHECKS: Mapping[Kind, OperationCheck] = {
    Kind.QUERY: _QUERIES,
    Kind.COLLECTOR: _QUERIES,
    Kind.ALERTS: OperationCheck(
        name="alerts",
        proves="files of alerts that can fire and lead to a runbook",
        rules=(alerts.RULE,),
        gather=_alerts,
    ),
    Kind.ALERT_TESTS: OperationCheck(
        name="alert_tests",
        proves="files of unit tests of alerts that passed",
        rules=(alerts.RULE,),
        gather=_alert_tests,
    ),
    Kind.DASHBOARD: OperationCheck(
        name="dashboard",
        proves="dashboards whose panels read metrics that exist",
        rules=(dashboards.RULE,),
        gather=_dashboard,
    ),
    Kind.RUNBOOK: OperationCheck(
        name="runbook",
        proves="runbooks whose statements ran in the order they stand",
        rules=(runbooks.RULE,),
        gather=lambda file, _, stage: runbooks.gather_runbook(file, stage),
    ),
    Kind.RUNNER: OperationCheck(
        name="second-runner",
        proves="runners of which the second waited, and found the work done",
        rules=runners.RULES,
        gather=lambda file, operations, stage: gather_race(
            file.file, stage, must_be_proven=operations.must_be_proven
        ),
        program=psql_here,
    ),
}

RULES: tuple[Rule[Any], ...] = (
    queries.RULE,
    alerts.RULE,
    dashboards.RULE,
    runbooks.RULE,
    *runners.RULES,
)


def judge(file: OperationFile, operations: Operations, stage: Stage) -> tuple[Finding, ...]:
    """Apply to a file the check of its kind.

    Raises `NotBuiltError` where it needs the plan's database and the plan does not apply.
    """
    return CHECKS[file.kind].findings(file, operations, stage)
