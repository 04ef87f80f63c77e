"""One mistake in the manifest is one cause, whatever it keeps from being run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Verify
from tests.cli.test_contract import REPORT, assert_shape
from tests.cli.test_new import failed, run_pytest
from tests.trees import DbRoot, migration
from tests.trees.samples import CLEAN, DEPENDENT, NOTES, POLICY

WriteTree = Callable[..., DbRoot]
MANIFEST = "db/migration-manifest.yaml"
HIDING = {
    "not YAML": ("phases:\n", "phases: [\n"),
    "no phases": ("phases:\n", "phasen:\n"),
    "phases of another type": ("phases:\n", "phases: 5\nphasez:\n"),
    "a phase without its id": ("id: phase-100-mvp", "idd: phase-100-mvp"),
    "a list under another name": ("migrations:\n", "migratons:\n"),
    "the same list twice": ("  seeds: []\n", "  migrations: []\n"),
}


@pytest.mark.parametrize("case", HIDING)
def test_what_hides_migrations_is_the_only_cause(
    tree: WriteTree, verify: Verify, case: str
) -> None:
    root = tree(*CLEAN)
    old, new = HIDING[case]
    text = root.manifest.read_text(encoding="utf-8")
    assert old in text
    root.manifest.write_text(text.replace(old, new, 1), encoding="utf-8")
    said = verify("--format", "json")
    assert said.code == 1
    assert_shape(said.json, REPORT)
    causes = [each for each in said.json["findings"] if each["consequence_of"] is None]
    assert {(each["rule"], each["file"]) for each in causes} == {("manifest-invalid", MANIFEST)}
    assert len(causes) == 1 + (case == "phases of another type")
    assert {each["verdict"] for each in said.json["migrations"]} <= {"blocked"}
    told = {each["migration"] for each in said.json["findings"] if each["consequence_of"]}
    assert told == {each["id"] for each in said.json["migrations"]}


def test_an_owner_that_cannot_be_read_is_the_only_cause(tree: WriteTree, verify: Verify) -> None:
    tree(*CLEAN, prerequisites={"owner": ["korevitta_owner"], "roles": ["korevitta_app"]})
    found = verify("--format", "json").json["findings"]
    causes = [each["rule"] for each in found if each["consequence_of"] is None]
    assert causes == ["manifest-invalid"]


def test_a_wrong_entry_leaves_the_others_to_be_proven(tree: WriteTree, verify: Verify) -> None:
    root = tree(NOTES, *DEPENDENT[:1])
    entry = f"  - {root.files[0].path}\n"
    more = f"{entry}  - 5\n"
    root.rewrite(root.manifest, entry, more)
    found: list[dict[str, Any]] = verify("--format", "json").json["findings"]
    causes = sorted(each["rule"] for each in found if each["consequence_of"] is None)
    assert causes == ["apply-fails", "manifest-invalid"]


def test_pytest_fails_for_the_manifest_alone(tree: WriteTree, server_url: str) -> None:
    root = tree(*CLEAN)
    root.rewrite(root.manifest, "id: phase-100-mvp", "idd: phase-100-mvp")
    ended = run_pytest(server_url)
    assert failed(ended) == {f"{MANIFEST}::structure"}
    alone = run_pytest(server_url, "-k", "applies and V2")
    assert "not proven" in alone.stdout
    assert failed(alone)


def test_a_missing_file_explains_what_misses_its_objects_and_nothing_else(
    tree: WriteTree, verify: Verify
) -> None:
    root = tree(
        NOTES,
        POLICY,
        migration("V100003", "SELECT no_such_column FROM public.notes;", "SELECT 1;", slug="own"),
        migration("V100004", "SELECT 1 FROM public.elsewhere;", "SELECT 1;", slug="elsewhere"),
    )
    root.forward("V100001").unlink()
    found = verify("--format", "json").json["findings"]
    told = {each["migration"]: each["consequence_of"] for each in found if each["rule"] != "squawk"}
    assert told["V100001"] is None
    assert told["V100002"] == "V100001"
    assert told["V100003"] == "V100001"
    assert told["V100004"] is None
    causes = sorted(each["rule"] for each in found if each["consequence_of"] is None)
    assert causes == ["apply-fails", "manifest-missing-file"]


def test_a_missing_file_explains_no_earlier_failure(tree: WriteTree, verify: Verify) -> None:
    root = tree(
        migration("V100001", "SELECT 1 FROM public.notes;", "SELECT 1;", slug="too_early"),
        migration("V100002", "SELECT 1;", "DROP TABLE public.notes;", slug="create_notes"),
    )
    root.forward("V100002").unlink()
    found = verify("--format", "json").json["findings"]
    assert {(each["rule"], each["consequence_of"]) for each in found} == {
        ("apply-fails", None),
        ("manifest-missing-file", None),
    }


def test_pytest_fails_for_the_missing_file_alone(tree: WriteTree, server_url: str) -> None:
    root = tree(NOTES, POLICY)
    root.forward("V100001").unlink()
    assert failed(run_pytest(server_url)) == {f"{MANIFEST}::structure"}
