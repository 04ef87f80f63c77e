"""Every rule of what operators use, against its own trees (see `tests.rules.cases`)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet
from syrupy.assertion import SnapshotAssertion

from harness.checks.finding import Finding
from harness.checks.operations import RULES, Operations, Stage
from harness.checks.operations.operating import operation_judgements
from harness.checks.operations.promtool import PROGRAM
from harness.database import Cluster
from harness.plan import read_plan
from harness.render.findings import findings_text
from tests.rules.cases import Case, cases_of

NEEDS_PROMTOOL = ("alert-invalid", "dashboard-invalid")
WITHOUT_PROMTOOL = shutil.which(PROGRAM) is None and "CI" not in os.environ
CASES = tuple(case for rule in RULES for case in cases_of(rule.id))


def cases(*, bad: bool) -> Iterator[ParameterSet]:
    for case in CASES:
        if case.is_bad is bad:
            skipped = pytest.mark.skipif(
                WITHOUT_PROMTOOL and case.rule in NEEDS_PROMTOOL,
                reason=f"{PROGRAM} is not installed (it comes with Prometheus)",
            )
            yield pytest.param(case, id=case.name, marks=skipped)


def judged(case: Case, cluster: Cluster) -> tuple[Finding, ...]:
    plan, faults = read_plan(case.path, repository=case.path)
    assert faults == ()
    judged = operation_judgements(Operations(case.path, case.path), Stage(plan, cluster))
    return tuple(each for judgement in judged for each in judgement.findings)


@pytest.mark.parametrize("rule", [each.id for each in RULES])
def test_rule_has_a_bad_and_a_good_tree(rule: str) -> None:
    kinds = {case.is_bad for case in cases_of(rule)}
    assert kinds == {True, False}, f"tests/rules/{rule} needs a bad and a good tree"


@pytest.mark.parametrize("case", [*cases(bad=True)])
def test_bad_tree_is_caught_at_its_lines(
    case: Case, cluster: Cluster, snapshot: SnapshotAssertion
) -> None:
    found = judged(case, cluster)
    assert {each.rule for each in found} == {case.rule}
    assert tuple(sorted(f"{each.file}:{each.line}" for each in found)) == case.expected
    assert findings_text(found) == snapshot


@pytest.mark.parametrize("case", [*cases(bad=False)])
def test_good_tree_is_not_caught(case: Case, cluster: Cluster) -> None:
    assert judged(case, cluster) == ()
