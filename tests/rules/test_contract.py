"""The ids are a contract: each is a rule, and each rule has cases that some test judges."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from harness.checks.registry import RULE_IDS
from tests.rules import (
    test_observed_rules,
    test_old_app,
    test_operation_rules,
    test_placed_rules,
    test_rehearsal_rules,
    test_rehearsed_rules,
    test_schema_rules,
    test_seed_rules,
    test_text_rules,
)
from tests.rules.cases import RULES as FOLDER
from tests.rules.cases import Case, cases_of

STRUCTURE = """
file-name folder-differs-from-name domain-unknown manifest-missing-file manifest-unlisted-file
manifest-order version-duplicate rollback-missing rollback-orphan rollback-name-differs seed-name
released-file-changed contract-undeclared contract-same-release encoding empty-file
"""
STATEMENTS = """
syntax-error psql-meta-command transaction-control mixed-transaction expand-not-additive
contract-not-removal schema-of-domain data-change-unbatched needs-superuser environment-dependent
"""
OBSERVED = """
apply-fails rollback-fails rollback-asymmetric column-order-differs reapply-differs reapply-fails
not-deterministic phase-not-reversible rows-changed undeclared-loss declared-loss-absent
lock-blocks-reads lock-blocks-writes table-rewrite full-scan-under-lock
statements-after-exclusive-lock lock-timeout-ignored old-app-breaks interruption-unsafe
contract-before-backfill second-runner
"""
SCHEMA = """
rls-missing rls-leak rls-policy-scan foreign-key-unindexed index-duplicate index-invalid
constraint-not-valid partition-gap partition-key-missing matview-not-concurrent function-broken
security-definer-path public-privilege owner-differs sequence-exhaustible identifier-too-long
"""
OPERATIONS = """
seed-not-idempotent seed-ddl seed-order query-fails alert-invalid dashboard-invalid runbook-broken
"""
OURS = "manifest-invalid suppression-invalid"
CONTRACT = " ".join((STRUCTURE, STATEMENTS, OBSERVED, SCHEMA, OPERATIONS, OURS)).split()
LINTERS = {"squawk", "sqlfluff"}
EVERY = sorted({*CONTRACT, *RULE_IDS, *LINTERS})
JUDGED = {
    *test_text_rules.TEXT_RULES,
    *(each.id for each in test_observed_rules.RULES),
    *(each.rule for each in test_old_app.CASES),
    *(each.rule for each in test_operation_rules.CASES),
    *test_placed_rules.RULES,
    *test_rehearsal_rules.RULES,
    *test_rehearsed_rules.GATHERED,
    *(each.id for each in test_schema_rules.RULES),
    *(each.id for each in test_seed_rules.RULES),
    *LINTERS,
}
"""The rules whose cases the tests of this folder judge: bad is caught at its lines, good is not."""


def test_every_id_of_the_contract_is_a_rule() -> None:
    assert len(CONTRACT) == len(set(CONTRACT))
    assert set(CONTRACT) <= set(RULE_IDS)


def test_every_rule_is_judged_by_its_cases() -> None:
    assert set(EVERY) - JUDGED == set()


def test_every_folder_is_a_rules() -> None:
    folders = {each.name for each in FOLDER.iterdir() if each.is_dir()}
    assert {each for each in folders if not each.startswith("_")} == set(EVERY)


@pytest.mark.parametrize("rule", EVERY)
def test_a_rule_has_a_bad_and_a_good_case(rule: str) -> None:
    assert {each.is_bad for each in cases_of(rule)} == {True, False}


def places(case: Case) -> Iterator[tuple[str, int]]:
    for each in case.expected:
        file, _, line = each.rpartition(":")
        assert re.fullmatch(r"[1-9]\d*", line), f"{case.path}: {each} names no line"
        yield file, int(line)


SNAPSHOT = (FOLDER / "__snapshots__/test_rehearsed_rules.ambr").read_text(encoding="utf-8")
STORED = set(re.findall(r"\[(\S+)\]\n  '''\n  \S+:[1-9]\d*: (?:error|warning)\[", SNAPSHOT))
"""The cases of which a snapshot holds the places: what rows do is not of one line alone."""
BAD = [case for rule in EVERY for case in cases_of(rule) if case.is_bad and rule not in LINTERS]


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_a_bad_case_names_lines_that_exist(case: Case) -> None:
    assert case.expected or case.name in STORED, f"{case.path} expects nothing"
    for file, line in places(case):
        found = case.path / file if case.is_tree else case.path
        assert found.is_file(), f"{case.path} expects a finding in {file}, which it has not"
        assert line <= max(1, found.read_bytes().count(b"\n") + 1)
