"""Every rule of the way forward, backward and forward again, against its own trees."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from harness.checks.finding import Finding
from harness.checks.rehearsal import symmetry
from harness.checks.subjects import PlanRead
from harness.checks.verify import select, verify
from harness.database import Cluster
from harness.plan import read_plan
from harness.render.findings import findings_text
from harness.server import Server
from tests.rules.cases import Case, cases_of

RULES = tuple(rule.id for rule in symmetry.RULES)
CASES = tuple(case for rule in RULES for case in cases_of(rule))

OBJECTS = {
    "apply-fails-bad": None,
    "column-order-differs-bad": "column public.notes.written_at",
    "not-deterministic-bad": "column public.tags.made_at",
    "phase-not-reversible-bad-left-over": "table public.tags",
    "phase-not-reversible-bad-rows-refuse": None,
    "reapply-differs-bad": "column public.tags.number",
    "reapply-fails-bad": None,
    "rollback-asymmetric-bad-comment": "table public.notes",
    "rollback-asymmetric-bad-grant": "table public.notes",
    "rollback-asymmetric-bad-left-over": "function public.shorten(text)",
    "rollback-asymmetric-bad-policy": "policy public.notes.notes_own",
    "rollback-fails-bad": None,
}
"""What each bad tree's finding is about; None where the server names no object."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d\s+\d\d:\d\d:\d\d[.\d]*\+00")


def judged(root: Path, server: Server, cluster: Cluster) -> tuple[Finding, ...]:
    """Apply every check there is to a tree, less what linters advise in their own names."""
    plan, faults = read_plan(root, repository=root)
    read = PlanRead(plan=plan, faults=faults)
    report = verify(read, select(plan), cluster, postgres=server.version, server=server.kind.value)
    return tuple(each for each in report.findings if ":" not in each.rule)


@pytest.mark.parametrize("rule", RULES)
def test_rule_has_a_bad_and_a_good_tree(rule: str) -> None:
    kinds = {case.is_bad for case in cases_of(rule) if case.is_tree}
    assert kinds == {True, False}, f"tests/rules/{rule} needs a bad and a good tree"


@pytest.mark.parametrize("case", [each for each in CASES if each.is_bad], ids=lambda c: c.name)
def test_bad_tree_is_caught_by_its_rule_alone_once(
    case: Case, postgres_server: Server, cluster: Cluster, snapshot: SnapshotAssertion
) -> None:
    found = judged(case.path, postgres_server, cluster)
    assert [each.rule for each in found] == [case.rule]
    assert tuple(f"{each.file}:{each.line}" for each in found) == case.expected
    assert found[0].object == OBJECTS[case.name]
    assert found[0].consequence_of is None
    assert _MOMENT.sub("<moment>", findings_text(found)) == snapshot


@pytest.mark.parametrize("case", [each for each in CASES if not each.is_bad], ids=lambda c: c.name)
def test_good_tree_is_not_caught(case: Case, postgres_server: Server, cluster: Cluster) -> None:
    assert judged(case.path, postgres_server, cluster) == ()
