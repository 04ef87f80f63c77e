"""Every rule whose verdict is in the text, against its own cases (see `tests.rules.cases`)."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from harness.checks import suppression
from harness.checks.finding import Finding
from harness.checks.subjects import FileRole, PlanRead, ScriptOf, scripts_of
from harness.checks.text import statements, structure
from harness.plan import Plan, read_plan
from harness.render.findings import findings_text
from harness.sql import read_script
from tests.rules.cases import Case, cases_of

TEXT_RULES = (
    *(rule.id for rule in structure.RULES),
    *(rule.id for rule in statements.RULES),
    *(rule.id for rule in suppression.RULES),
)
CASES = tuple(case for rule in TEXT_RULES for case in cases_of(rule))

PLAN = Plan(
    root=Path("db"),
    repository=Path(),
    manifest_file="db/migration-manifest.yaml",
    project="sample",
    schema_per_domain=True,
    postgres=None,
    owner=None,
    roles=(),
    app_roles=(),
    phases=(),
)


def judged(case: Case) -> tuple[Finding, ...]:
    """Apply every text rule to a case, and the suppressions that stand in it."""
    read, subjects = subjects_of(case)
    found = [found for rule in structure.RULES for found in rule.findings(read)]
    for subject in subjects:
        found += (found for rule in statements.RULES for found in rule.findings(subject))
    return suppression.apply_suppressions(found, subjects, TEXT_RULES)


def subjects_of(case: Case) -> tuple[PlanRead, tuple[ScriptOf, ...]]:
    """Return what a case holds: a tree's own plan and files, or one file of the sample plan."""
    if case.is_tree:
        plan, faults = read_plan(case.path, repository=case.path)
        return PlanRead(plan=plan, faults=faults), scripts_of(plan)
    script = read_script(case.path)
    subject = ScriptOf(script=script, file=case.path.name, role=FileRole.FORWARD, plan=PLAN)
    return PlanRead(plan=PLAN, faults=()), (subject,)


@pytest.mark.parametrize("rule", TEXT_RULES)
def test_rule_has_a_bad_and_a_good_case(rule: str) -> None:
    kinds = {case.is_bad for case in cases_of(rule)}
    assert kinds == {True, False}, f"tests/rules/{rule} needs a bad and a good case"


@pytest.mark.parametrize("case", [each for each in CASES if each.is_bad], ids=lambda c: c.name)
def test_bad_case_is_caught_by_its_rule_alone_at_its_lines(
    case: Case, snapshot: SnapshotAssertion
) -> None:
    found = judged(case)
    assert {each.rule for each in found} == {case.rule}
    assert tuple(sorted(f"{each.file}:{each.line}" for each in found)) == case.expected
    assert findings_text(found) == snapshot


@pytest.mark.parametrize("case", [each for each in CASES if not each.is_bad], ids=lambda c: c.name)
def test_good_case_is_not_caught(case: Case) -> None:
    assert judged(case) == ()
