"""What cannot be proven is said: as a warning here, as an error in continuous integration."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.checks.finding import Severity
from harness.checks.operations import Kind, Operations, Stage, judge, operation_findings
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
    found = tuple(operation_findings(Operations(root, root), Stage(plan, cluster)))
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
    (found,) = operation_findings(Operations(root, tmp_path), Stage(plan, cluster))
    assert (found.rule, found.file) == ("query-fails", "db/observability/queries/a.sql")
    assert found.consequence_of == "V100002"
    assert 'V100002__core__expand__step.sql:2 does not apply (column "nothing"' in found.message


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
