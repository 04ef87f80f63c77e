"""What cannot be proven is said: as a warning here, as an error in continuous integration."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.checks.finding import Severity
from harness.checks.operations import Kind, Operations, Stage, judge
from harness.checks.operations.operating import operation_judgements
from harness.database import Cluster
from harness.plan import read_plan
from tests.rules.cases import RULES
from tests.trees.builder import migration, write_tree


@pytest.mark.parametrize("rule", ["alert-invalid", "dashboard-invalid"])
@pytest.mark.parametrize(("ci", "severity"), [("", Severity.WARNING), ("true", Severity.ERROR)])
def test_without_promtool_the_proof_is_missing_and_said(
    rule: str, ci: str, severity: Severity, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr("harness.checks.operations.judging.find_promtool", lambda: None)
    root = RULES / rule / "good"
    plan, _ = read_plan(root, repository=root)
    judged = operation_judgements(Operations(root, root), Stage(plan, cluster))
    found = [each for judgement in judged for each in judgement.findings]
    assert {each.rule for each in found} == {rule}
    assert {each.severity for each in found} == {severity}
    assert all(each.message.startswith("not proven: promtool") for each in found)


def test_a_plan_that_does_not_apply_is_the_cause_of_what_is_unproven(
    tmp_path: Path, cluster: Cluster
) -> None:
    root = write_tree(
        tmp_path / "db",
        migration("V100001", "CREATE TABLE a (id int)", "DROP TABLE a"),
        migration("V100002", "SELECT 1;\nSELECT nothing", "SELECT 1"),
    ).path
    query = root / "observability" / "queries" / "a.sql"
    query.parent.mkdir(parents=True)
    query.write_text("-- question: a?\n-- when to use: b\n-- columns: id\nSELECT id FROM a;\n")
    plan, _ = read_plan(root, repository=tmp_path)
    (judged,) = operation_judgements(Operations(root, tmp_path), Stage(plan, cluster))
    (found,) = judged.findings
    assert found.rule == "query-fails"
    assert found.consequence_of == "V100002"
    assert found.file.endswith("V100002__core__expand__step.sql")
    assert found.line == 2
    assert 'does not apply: column "nothing" does not exist' in found.message


def test_what_a_runbook_does_is_gone_with_its_database(tmp_path: Path, cluster: Cluster) -> None:
    root = write_tree(
        tmp_path / "db", migration("V100001", "CREATE TABLE a (id int)", "DROP TABLE a")
    ).path
    (root / "runbooks").mkdir()
    for name in ("one", "two"):
        text = (
            "```sql\nALTER TABLE a ADD COLUMN b int;\nSELECT 1 / count(*) FROM a;\n```\n"
            "<!-- harness: role=administrator -->\n```sql\nCREATE ROLE kvh_stray;\n```\n"
        )
        (root / "runbooks" / f"{name}.md").write_text(text)
    plan, _ = read_plan(root, repository=tmp_path)
    stage, operations = Stage(plan, cluster), Operations(root, tmp_path)
    assert [each.kind for each in operations.files] == [Kind.RUNBOOK, Kind.RUNBOOK]
    assert [judge(each, operations, stage) for each in operations.files] == [(), ()]
