"""Every rule of seeds, against seeds that break it.

A case's file is parted by lines: what stands above the first ``-- seed`` is the phase's schema;
each ``-- seed`` begins a seed, ``-- phase`` the schema of the phase after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from harness.checks.finding import Finding
from harness.checks.seeds import rules as seeds
from harness.checks.seeds.facts import SeedRun, gather_seeds
from harness.database import Cluster, Database
from harness.plan import Seed
from harness.render.findings import findings_text
from harness.sql import parse_script
from tests.rules.cases import Case, cases_of
from tests.rules.observed import APP, OWNER
from tests.rules.schemas import plan_of

RULES = seeds.RULES
CASES = tuple(case for rule in RULES for case in cases_of(rule.id))


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Database]:
    cluster.ensure_roles((OWNER, APP))
    created = cluster.create(OWNER)
    yield created
    cluster.drop(created)


def parts_of(case: Case) -> list[tuple[str, list[Seed]]]:
    """Part a file into phases: their schema, and their seeds with the lines of the file."""
    phases: list[tuple[str, list[Seed]]] = [("", [])]
    texts: list[str] = [""]
    for number, line in enumerate(case.path.read_text(encoding="utf-8").splitlines(True)):
        if line.startswith(("-- seed", "-- phase")):
            texts.append("\n" * number + line)
        else:
            texts[-1] += line
    for text in texts:
        mark = text.lstrip("\n")
        if mark.startswith("-- seed"):
            phases[-1][1].append(seed_of(text, case, len(phases[-1][1])))
        elif mark.startswith("-- phase"):
            phases.append((text, []))
        else:
            phases[-1] = (text, [])
    return phases


def seed_of(text: str, case: Case, place: int) -> Seed:
    return Seed(
        version=f"S10000{place + 1}",
        path=Path(case.path.name),
        file=case.path.name,
        domain="core",
        slug="case",
        phase="phase-100-mvp",
        line=1,
        script=parse_script(text, case.path),
    )


def judged(database: Database, case: Case) -> tuple[Finding, ...]:
    waiting: tuple[SeedRun, ...] = ()
    found: list[Finding] = []
    for place, (schema, listed) in enumerate(parts_of(case)):
        with database.connect(OWNER) as connection:
            connection.execute(schema.encode())
        phase = replace(plan_of((), tuple(listed)).phases[0], id=f"phase-{place + 1}00")
        seen = gather_seeds(database, phase, waiting)
        waiting = seen.waiting
        found += [each for rule in RULES for each in rule.findings(seen)]
    return tuple(found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_seed_is_judged_as_its_case_says(
    case: Case, database: Database, snapshot: SnapshotAssertion
) -> None:
    found = judged(database, case)
    assert {each.rule for each in found} == ({case.rule} if case.is_bad else set())
    assert sorted({f"{each.file}:{each.line}" for each in found}) == list(case.expected)
    if case.is_bad:
        assert findings_text(found) == snapshot


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_bad_and_a_good_case(rule: seeds.SeedRule) -> None:
    assert {case.is_bad for case in cases_of(rule.id)} == {True, False}
