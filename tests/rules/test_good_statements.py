"""More than two hundred statements that hurt nobody: one after another, none gives a finding."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.checks.downtime import locks
from harness.checks.rehearsal.evidence import MigrationEvidence
from harness.checks.release import expand_contract
from harness.database import Cluster, Database
from harness.execute import ServerObserver, run_script
from harness.render.findings import findings_text
from harness.sql import Script, parse_script
from tests.rules.observed import OWNER, catalog_of, filled, migration_of

_GUARD = "SET LOCAL lock_timeout = '5s'; "


def good_statements() -> Iterator[Script]:
    """Yield each of them as a file of its own."""
    text = Path(__file__).with_name("good_statements.sql").read_text(encoding="utf-8")
    free, _, guarded = text.partition("\n-- guarded\n")
    for part, guard in ((free, ""), (guarded, _GUARD)):
        for each in part.split(";\n--"):
            statement = "\n".join(line for line in each.splitlines() if not line.startswith("--"))
            if statement.strip():
                yield parse_script(guard + statement.strip())


def test_there_are_two_hundred() -> None:
    assert len(list(good_statements())) >= 200


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Database]:
    clone = cluster.clone(filled(cluster))
    yield clone
    cluster.drop(clone)


def test_no_good_statement_gives_a_finding(database: Database) -> None:
    before = catalog_of(database)
    blamed = []
    for script in good_statements():
        with database.connect(OWNER) as connection:
            trace = run_script(connection, script, observer=ServerObserver(database.connect))
        assert trace.failure is None, f"{script.text}: {trace.failure}"
        after = catalog_of(database)
        seen = MigrationEvidence(
            migration=migration_of(script), before=before, forward=trace, after=after
        )
        rules = (*locks.RULES, *expand_contract.RULES)
        found = [each for rule in rules for each in rule.findings(seen)]
        if found:
            blamed.append(f"{script.text}\n{findings_text(found)}")
        before = after
    assert not blamed, "\n\n".join(blamed)
