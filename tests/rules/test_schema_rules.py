"""Every rule of a phase's end, against files that leave such a schema behind.

A case is run whole by the owner on an empty database, or by the superuser where its first line is
``-- as superuser``; its findings name the lines that end with ``-- expect``. It is caught by its
own rule alone; ``-- also: <rule id>, …`` on the first line names those that rightly join in.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from syrupy.assertion import SnapshotAssertion

from harness.checks.finding import Finding
from harness.checks.isolation import rules as isolation
from harness.checks.schema import matviews, partitions
from harness.checks.schema import rules as schema
from harness.checks.schema.located import SchemaRule
from harness.database import Cluster, Database
from harness.render.findings import findings_text
from tests.rules.cases import Case, cases_of
from tests.rules.observed import APP, OWNER
from tests.rules.schemas import also, schema_of

RULES = (*schema.RULES, *isolation.RULES, *partitions.RULES, *matviews.RULES)
CASES = tuple(case for rule in RULES for case in cases_of(rule.id))
BAD = tuple(case for case in CASES if case.is_bad)
GOOD = tuple(case for case in CASES if not case.is_bad)


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Database]:
    cluster.ensure_roles((OWNER, APP))
    created = cluster.create(OWNER)
    yield created
    cluster.drop(created)


def judged(database: Database, case: Case) -> tuple[Finding, ...]:
    seen = schema_of(database, case)
    return tuple(found for rule in RULES for found in rule.findings(seen))


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_bad_schema_is_caught_by_its_rule_at_the_line(
    case: Case, database: Database, snapshot: SnapshotAssertion
) -> None:
    found = judged(database, case)
    own = tuple(each for each in found if each.rule == case.rule)
    assert {each.rule for each in found} - also(case) == {case.rule}, findings_text(found)
    assert sorted({f"{each.file}:{each.line}" for each in own}) == list(case.expected)
    assert findings_text(own) == snapshot


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_good_schema_is_not_caught_by_any_rule(case: Case, database: Database) -> None:
    found = judged(database, case)
    assert not found, findings_text(found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_bad_and_a_good_case(rule: SchemaRule) -> None:
    assert {case.is_bad for case in cases_of(rule.id)} == {True, False}
