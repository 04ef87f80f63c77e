"""`korevitta-db verify`: exit codes, choices, and what a wrong call is told."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.cli import main
from harness.cli import verify as command
from tests.cli.conftest import Verify
from tests.trees import DbRoot, migration, seed
from tests.trees.samples import CLEAN, DEPENDENT, NOTES, POLICY, TAGS

WriteTree = Callable[..., DbRoot]

MIGRATIONS = "db/migrations/phase-100-mvp/core"
ROLLBACKS = "db/rollback/phase-100-mvp/core"


def test_nothing_wrong_is_exit_code_0(tree: WriteTree, verify: Verify) -> None:
    tree(*CLEAN)
    said = verify()
    assert said.code == 0
    assert said.out.splitlines()[0].endswith("(url)")
    assert said.out.splitlines()[-1].startswith("3 migrations forward, backward and forward again")
    assert said.out.splitlines()[-1].endswith("nothing wrong, 0 warnings")
    assert said.err == ""


def test_an_error_is_exit_code_1_and_is_told_in_full(tree: WriteTree, verify: Verify) -> None:
    tree(NOTES).backward("V100001").unlink()
    said = verify()
    assert said.code == 1
    assert f"{MIGRATIONS}/V100001__core__expand__create_notes.sql:1: error[rollback-missing]" in (
        said.out
    )


def test_a_warning_alone_is_exit_code_0(tree: WriteTree, verify: Verify) -> None:
    root = tree(NOTES, POLICY)
    root.rewrite(root.forward("V100002"), "SET LOCAL statement_timeout = '60s';", "")
    said = verify("--format", "json")
    assert said.code == 0
    assert said.json["summary"]["warnings"] == 1
    assert said.json["findings"][0]["rule"] == "squawk:require-statement-timeout"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--phase", "phase-900"), "no phase 'phase-900': the manifest has phase-100-mvp, phase-"),
        (("--only", "V900001"), "no migration 'V900001': give a version such as V000001, or a V"),
        (("--only", "V100001", "--phase", "phase-200-v1_1"), "V100001 belongs to phase-100-mvp"),
        (("--db-root", "nowhere"), "nowhere is no directory: --db-root needs one with"),
        (("--db-root", "db/migrations"), "has no migration-manifest.yaml"),
        (("--pg", "mysql"), "unknown server 'mysql': choose auto, container, embedded or"),
        (("--pg", "postgresql:///?host=/nowhere"), "the given server does not answer"),
        (("--pg", "embedded", "--pg-bin", "nowhere"), "nowhere"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_a_wrong_call_is_exit_code_2_and_one_sentence(
    tree: WriteTree, verify: Verify, arguments: tuple[str, ...], said: str
) -> None:
    tree(*CLEAN)
    told = verify(*arguments)
    assert told.code == 2
    assert told.out == ""
    assert told.err.startswith("korevitta-db: ")
    assert said in told.err
    assert told.err.count("\n") == 1


def test_an_unknown_format_is_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["verify", "--format", "morse"])
    assert ended.value.code == 2
    assert "invalid choice: 'morse'" in capsys.readouterr().err


def test_a_defect_of_the_harness_is_no_finding(
    tree: WriteTree, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr(command, "select", fail)
    tree(NOTES)
    said = verify()
    assert said.code == 2
    assert said.out == ""
    assert "RuntimeError: a defect" in said.err


@pytest.mark.parametrize(
    ("arguments", "judged"),
    [
        (("--phase", "phase-200-v1_1"), ["V200001"]),
        (("--only", "V100002"), ["V100002"]),
        (("--only", f"{MIGRATIONS}/V100002__core__expand__open_notes.sql"), ["V100002"]),
        (("--only", f"{ROLLBACKS}/R100002__core__expand__open_notes.sql"), ["V100002"]),
        (("--only", "V200001", "--only", "V100001"), ["V100001", "V200001"]),
        (("--only", "V200001", "--phase", "phase-200-v1_1"), ["V200001"]),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_what_is_chosen_is_judged_and_nothing_else(
    tree: WriteTree, verify: Verify, arguments: tuple[str, ...], judged: list[str]
) -> None:
    tree(*CLEAN)
    said = verify("--format", "json", *arguments)
    assert said.code == 0
    assert [each["id"] for each in said.json["migrations"]] == judged


def test_files_are_named_as_the_db_root_was_given(tree: WriteTree, verify: Verify) -> None:
    tree(NOTES)
    report = verify("--format", "json").json
    file = report["migrations"][0]["file"]
    assert file == f"{MIGRATIONS}/V100001__core__expand__create_notes.sql"
    assert Path(file).is_file()


def test_a_removed_drop_policy_is_named(tree: WriteTree, verify: Verify) -> None:
    root = tree(NOTES, POLICY)
    root.rewrite(root.backward("V100002"), "DROP POLICY notes_all ON public.notes;", "")
    said = verify("--format", "json")
    assert said.findings == [
        ("rollback-asymmetric", f"{ROLLBACKS}/R100002__core__expand__open_notes.sql", 1)
    ]
    assert said.json["findings"][0]["object"] == "policy public.notes.notes_all"
    assert said.json["findings"][0]["migration"] == "V100002"


def test_a_deleted_rollback_swapped_versions_and_a_broken_statement_are_told_apart(
    tree: WriteTree, verify: Verify
) -> None:
    root = tree(POLICY, NOTES, TAGS)
    root.backward("V200001").unlink()
    root.rewrite(root.forward("V100002"), "CREATE POLICY", "CREATE POLICI")
    said = verify("--format", "json")
    assert said.code == 1
    assert sorted(said.findings) == [
        ("manifest-order", "db/migration-manifest.yaml", 18),
        (
            "rollback-missing",
            "db/migrations/phase-200-v1_1/core/V200001__core__expand__create_tags.sql",
            1,
        ),
        ("syntax-error", f"{MIGRATIONS}/V100002__core__expand__open_notes.sql", 4),
    ]


def test_a_failure_before_the_chosen_phase_is_told_where_it_leaves_the_phase_unproven(
    tree: WriteTree, verify: Verify
) -> None:
    tree(NOTES, DEPENDENT[0], TAGS_ELSEWHERE)
    said = verify("--format", "json", "--phase", "phase-200-v1_1")
    assert said.code == 1
    found = said.json["findings"]
    assert {each["consequence_of"] for each in found} == {"V100002"}
    walk = next(each for each in found if each["rule"] == "phase-not-reversible")
    assert "V100002 does not apply" in walk["message"]


def test_what_did_not_apply_before_a_chosen_migration_is_told(
    tree: WriteTree, verify: Verify
) -> None:
    tree(NOTES, DEPENDENT[0], TAGS_ELSEWHERE)
    said = verify("--format", "json", "--only", "V200001")
    assert said.code == 0
    (found,) = said.json["findings"]
    assert (found["rule"], found["severity"]) == ("apply-fails", "warning")
    assert found["migration"] == "V100002"
    assert "V100002 does not apply, and is not part of this run" in found["message"]
    assert [each["verdict"] for each in said.json["migrations"]] == ["passed"]
    whole = verify("--format", "json")
    assert [each[0] for each in whole.findings].count("apply-fails") == 1


def test_what_a_seed_does_to_the_catalog_is_no_fault_of_the_migration_after_it(
    tree: WriteTree, verify: Verify
) -> None:
    index = "CREATE INDEX IF NOT EXISTS notes_body_idx ON public.notes (body);"
    tree(NOTES, seed("S100001", index), TAGS)
    found = verify("--format", "json").json["findings"]
    causes = [each for each in found if each["consequence_of"] is None]
    assert [each["rule"] for each in causes] == ["seed-ddl"]
    assert {each["consequence_of"] for each in found} == {None, "S100001"}


TAGS_ELSEWHERE = migration(
    "V200001",
    "CREATE TABLE public.labels (id bigint PRIMARY KEY);",
    "DROP TABLE public.labels;",
    slug="create_labels",
)


def test_as_a_program_it_prints_the_report_and_returns_its_code(
    tree: WriteTree, server_url: str, tmp_path: Path
) -> None:
    tree(NOTES).backward("V100001").unlink()
    repository = str(Path(__file__).parents[2])
    ended = subprocess.run(
        [sys.executable, "-m", "harness", "verify", "--db-root", "db", "--pg", server_url],
        env={**os.environ, "PYTHONPATH": repository},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "error[rollback-missing]" in ended.stdout
    assert ended.stderr == ""
