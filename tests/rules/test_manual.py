"""Good SQL in the forms that the manual shows: a server runs it, and no rule of text stirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.checks.finding import Finding
from harness.checks.text.statements import RULES
from harness.database import Cluster
from harness.execute import run_script
from harness.sql import Script, read_script
from tests.rules.test_good_statements import good_statements
from tests.rules.test_linters import subject

MANUAL = read_script(Path(__file__).with_name("manual.sql"))


def findings(script: Script) -> list[Finding]:
    return [found for rule in RULES for found in rule.findings(subject(script.text))]


def test_a_server_runs_all_of_it(cluster: Cluster) -> None:
    database = cluster.create()
    try:
        with database.connect() as connection:
            trace = run_script(connection, MANUAL)
    finally:
        cluster.drop(database)
    assert trace.failure is None
    assert len(trace.statements) == len(MANUAL.statements) > 130


def test_no_rule_of_statements_finds_anything_in_it() -> None:
    assert findings(MANUAL) == []


@pytest.mark.parametrize("statement", list(good_statements()), ids=lambda script: script.text[:50])
def test_no_rule_of_statements_finds_anything_in_good_statements(statement: Script) -> None:
    assert findings(statement) == []
