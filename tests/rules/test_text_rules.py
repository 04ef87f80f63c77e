"""Every rule whose verdict is in the text, against its own cases (see `tests.rules.cases`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from harness.checks import statements, structure
from harness.checks.finding import Finding
from harness.checks.subjects import FileRole, PlanRead, ScriptOf, scripts_of
from harness.plan import Plan, read_plan
from harness.render.findings import findings_text
from harness.sql import read_script
from tests.rules.cases import Case, cases_of

TEXT_RULES = (
    *(rule.id for rule in structure.RULES),
    *(rule.id for rule in statements.RULES),
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
    """Apply every text rule to a case."""
    if case.is_tree:
        return tuple(_of_tree(case.path))
    script = read_script(case.path)
    subject = ScriptOf(script=script, file=case.path.name, role=FileRole.FORWARD, plan=PLAN)
    return tuple(_of_file(subject))


def _of_tree(root: Path) -> Iterator[Finding]:
    plan, faults = read_plan(root, repository=root)
    for rule in structure.RULES:
        yield from rule.findings(PlanRead(plan=plan, faults=faults))
    for subject in scripts_of(plan):
        yield from _of_file(subject)


def _of_file(subject: ScriptOf) -> Iterator[Finding]:
    for rule in statements.RULES:
        yield from rule.findings(subject)


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
