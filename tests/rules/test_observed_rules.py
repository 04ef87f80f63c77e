"""Every rule whose verdict is what the server did, against its own cases and their twins.

The facts of `rules.md` are the cases' names. Each bad case that can be is judged three times: as
it stands, in DO blocks, and run by a function, where the text tells nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from harness.checks.downtime import locks
from harness.checks.finding import Finding
from harness.checks.rehearsal.evidence import MigrationEvidence
from harness.checks.release import expand_contract
from harness.database import Cluster, Database
from harness.render.findings import findings_text
from harness.sql import Script
from tests.rules.cases import Case, cases_of
from tests.rules.observed import (
    can_be_wrapped,
    filled,
    is_observed,
    observe,
    read_case,
    wrapped_in_do,
    wrapped_in_function,
)

RULES = (*locks.RULES, *expand_contract.RULES)
CASES = tuple(case for rule in RULES for case in cases_of(rule.id) if is_observed(case))
BAD = tuple(case for case in CASES if case.is_bad)
GOOD = tuple(case for case in CASES if not case.is_bad)
WRAPPINGS: dict[str, Callable[[Script], Script]] = {
    "do-block": wrapped_in_do,
    "function": wrapped_in_function,
}


@pytest.fixture(scope="module")
def template(cluster: Cluster) -> Database:
    return filled(cluster)


@pytest.fixture
def database(cluster: Cluster, template: Database) -> Iterator[Database]:
    clone = cluster.clone(template)
    yield clone
    cluster.drop(clone)


def judged(seen: MigrationEvidence) -> tuple[Finding, ...]:
    return tuple(found for rule in RULES for found in rule.findings(seen))


def places(case: Case, found: tuple[Finding, ...]) -> tuple[str, ...]:
    own = {f"{each.file}:{each.line}" for each in found if each.rule == case.rule}
    return tuple(sorted(own))


@pytest.mark.parametrize("rule", [each.id for each in RULES])
def test_rule_has_a_bad_and_a_good_case(rule: str) -> None:
    kinds = {case.is_bad for case in cases_of(rule)}
    assert kinds == {True, False}, f"tests/rules/{rule} needs a bad and a good case"


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_bad_case_is_caught_at_its_lines(
    case: Case, database: Database, snapshot: SnapshotAssertion
) -> None:
    parts = read_case(case)
    seen = observe(database, parts.setup, parts.migration)
    assert seen.forward.failure is None
    found = judged(seen)
    assert places(case, found) == case.expected
    assert {each.rule for each in found} == {case.rule} | parts.also
    assert findings_text(each for each in found if each.rule == case.rule) == snapshot


@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize(
    "case",
    [each for each in BAD if can_be_wrapped(read_case(each).migration.forward)],
    ids=lambda case: case.name,
)
def test_bad_case_is_caught_inside_blocks_too(
    case: Case, wrapping: str, database: Database
) -> None:
    parts = read_case(case)
    script = WRAPPINGS[wrapping](parts.migration.forward)
    seen = observe(database, parts.setup, replace(parts.migration, forward=script))
    assert seen.forward.failure is None
    found = judged(seen)
    assert places(case, found) == case.expected
    assert {each.rule for each in found} == {case.rule} | parts.also


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_good_case_is_not_caught(case: Case, database: Database) -> None:
    parts = read_case(case)
    seen = observe(database, parts.setup, parts.migration)
    assert seen.forward.failure is None
    assert judged(seen) == ()
