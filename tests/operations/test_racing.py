"""Two runners at once: what keeps the race from being held, and what is blamed for its end."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from harness.checks.finding import Finding, Severity
from harness.checks.operations import Kind, Operations, Stage, racing
from harness.checks.operations.operating import operation_judgements
from harness.database import Cluster
from harness.plan import read_plan
from tests.rules.cases import RULES

GOOD = RULES / "second-runner" / "good"
OURS = Path(__file__).parents[2] / "backend" / "db" / "scripts"
SCRIPT = "scripts/apply.psql"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Provide a tree of three migrations, the second without a transaction."""
    return shutil.copytree(GOOD, tmp_path / "db")


def judged(root: Path, cluster: Cluster) -> tuple[Finding, ...]:
    plan, _ = read_plan(root, repository=root)
    found = operation_judgements(Operations(root, root), Stage(plan, cluster))
    return tuple(each for judgement in found for each in judgement.findings)


def with_our_scripts(root: Path) -> Path:
    shutil.rmtree(root / "scripts")
    shutil.copytree(OURS, root / "scripts")
    return root


def test_the_shared_script_is_the_item() -> None:
    [file] = Operations(GOOD, GOOD).files
    assert (file.file, file.kind) == (SCRIPT, Kind.RUNNER)


def test_a_tree_without_scripts_has_no_race(root: Path) -> None:
    shutil.rmtree(root / "scripts")
    assert Operations(root, root).files == ()


@pytest.mark.parametrize(("ci", "severity"), [("", Severity.WARNING), ("true", Severity.ERROR)])
def test_without_psql_the_proof_is_missing_and_said(
    ci: str, severity: Severity, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("PSQL_PATH", "/nowhere/psql")
    [found] = judged(GOOD, cluster)
    assert (found.severity, found.file) == (severity, SCRIPT)
    assert found.message.startswith("not proven: PSQL_PATH names /nowhere/psql")


def test_our_own_scripts_are_good_in_any_tree(root: Path, cluster: Cluster) -> None:
    assert judged(with_our_scripts(root), cluster) == ()


def test_our_own_scripts_without_their_lock_are_caught(root: Path, cluster: Cluster) -> None:
    lock = with_our_scripts(root) / "scripts" / "lib" / "lock.psql"
    lock.write_text("-- nothing\n", encoding="utf-8")
    found = judged(root, cluster)
    assert {each.rule for each in found} == {"second-runner"}
    assert not any("by itself" in each.message for each in found)


def test_scripts_that_fail_by_themselves_lose_no_race(root: Path, cluster: Cluster) -> None:
    script = root / SCRIPT
    script.write_text("SELECT nothing;\n", encoding="utf-8")
    [found] = judged(root, cluster)
    assert found.message == (
        'a runner fails even by itself, with exit code 3: column "nothing" does not exist'
    )


def test_a_migration_that_fails_is_the_cause(root: Path, cluster: Cluster) -> None:
    [first] = root.rglob("V100001*.sql")
    first.write_text("SELECT nothing;\n", encoding="utf-8")
    [found] = judged(root, cluster)
    assert (found.rule, found.consequence_of) == ("second-runner", "V100001")
    assert found.file.endswith(first.name)


def test_a_race_that_never_ends_is_ended(
    root: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(racing, "LIMIT_S", 0.5)
    script = root / SCRIPT
    text = script.read_text(encoding="utf-8")
    script.write_text(text.replace("pg_catalog.pg_try_advisory_lock(7)", "FALSE"), encoding="utf-8")
    [found] = judged(root, cluster)
    assert found.message.startswith(
        "a runner fails even by itself, with exit code 2: the connection"
    )
