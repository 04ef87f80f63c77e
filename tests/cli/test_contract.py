"""`verify --format json`, key by key as the contract gives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.cli.conftest import Verify
from tests.trees import DbRoot
from tests.trees.samples import DEPENDENT, NOTES, POLICY

NUMBER = (int, float)
OPTIONAL_TEXT = (str, type(None))
OPTIONAL_NUMBER = (int, float, type(None))

LOCK = {"object": str, "mode": str}
STATEMENT = {"line": int, "ms": NUMBER, "locks": list, "rewrites": list, "scans": list}
MIGRATION = {
    "id": str,
    "file": str,
    "phase": str,
    "domain": str,
    "change_type": str,
    "verdict": str,
    "ms": {"apply": OPTIONAL_NUMBER, "rollback": OPTIONAL_NUMBER, "reapply": OPTIONAL_NUMBER},
    "statements": list,
}
FINDING = {
    "rule": str,
    "severity": str,
    "file": str,
    "line": int,
    "migration": OPTIONAL_TEXT,
    "object": OPTIONAL_TEXT,
    "message": str,
    "effect": str,
    "fix": str,
    "consequence_of": OPTIONAL_TEXT,
}
REPORT = {
    "schema": int,
    "postgres": str,
    "server": str,
    "migrations": list,
    "findings": list,
    "summary": {"migrations": int, "errors": int, "warnings": int, "seconds": NUMBER},
}


def assert_shape(value: Any, shape: dict[str, Any]) -> None:
    assert value.keys() == shape.keys()
    for key, wanted in shape.items():
        if isinstance(wanted, dict):
            assert_shape(value[key], wanted)
        else:
            assert isinstance(value[key], wanted), key


def test_every_part_has_the_keys_of_the_contract_and_no_others(
    tree: Callable[..., DbRoot], verify: Verify
) -> None:
    tree(NOTES, POLICY, *DEPENDENT[1:])
    report = verify("--format", "json").json
    assert_shape(report, REPORT)
    assert report["schema"] == 1
    assert report["server"] == "url"
    assert report["postgres"].split(".")[0].isdigit()
    for migration in report["migrations"]:
        assert_shape(migration, MIGRATION)
        assert migration["verdict"] in {"passed", "failed", "blocked"}
        assert migration["change_type"] in {"expand", "contract"}
        for statement in migration["statements"]:
            assert_shape(statement, STATEMENT)
            for lock in statement["locks"]:
                assert_shape(lock, LOCK)
    for finding in report["findings"]:
        assert_shape(finding, FINDING)
        assert finding["severity"] in {"error", "warning"}
        assert finding["line"] >= 1
    assert report["summary"]["migrations"] == len(report["migrations"])
    assert report["summary"]["errors"] == sum(
        each["severity"] == "error" for each in report["findings"]
    )


def test_stdout_is_one_json_document_and_stderr_is_silent(
    tree: Callable[..., DbRoot], verify: Verify
) -> None:
    tree(NOTES)
    said = verify("--format", "json")
    assert said.code == 0
    assert said.json["findings"] == []
    assert said.err == ""


def test_a_migration_tells_its_statements_with_lines_and_locks(
    tree: Callable[..., DbRoot], verify: Verify
) -> None:
    tree(NOTES, POLICY)
    policy = verify("--format", "json").json["migrations"][1]
    assert [each["line"] for each in policy["statements"]] == [1, 2, 4, 6]
    assert {"object": "public.notes", "mode": "AccessExclusiveLock"} in policy["statements"][2][
        "locks"
    ]
    assert all(isinstance(value, float) for value in policy["ms"].values())


def test_two_causes_and_three_consequences(tree: Callable[..., DbRoot], verify: Verify) -> None:
    tree(NOTES, *DEPENDENT)
    report = verify("--format", "json").json
    told = {(each["migration"], each["consequence_of"]) for each in report["findings"]}
    assert told == {
        ("V100002", None),
        ("V100003", "V100002"),
        ("V100004", "V100002"),
        ("V200001", None),
        ("V200002", "V200001"),
    }
    assert len(report["findings"]) == 5
    assert {each["id"]: each["verdict"] for each in report["migrations"]} == {
        "V100001": "passed",
        "V100002": "failed",
        "V100003": "blocked",
        "V100004": "blocked",
        "V200001": "failed",
        "V200002": "blocked",
        "V200003": "passed",
    }
