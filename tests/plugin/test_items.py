"""Every `.sql` file is a file of tests: its items, their ids, every way to choose among them."""

from __future__ import annotations

import pytest

from tests.plugin.conftest import CORE, Project
from tests.trees import migration
from tests.trees.samples import CLEAN, NOTES, POLICY

pytest_plugins = ["pytester"]

STYLE = """\
[sqlfluff]
dialect = postgres
[sqlfluff:rules:capitalisation.keywords]
capitalisation_policy = upper
"""
MIGRATION_CHECKS = ("structure", "applies", "rollback_symmetry", "reapplies")


def collected(pytester: pytest.Pytester, *arguments: str) -> list[str]:
    result = pytester.runpytest("--collect-only", "-q", *arguments)
    assert result.ret == 0
    return [line for line in result.outlines if "::" in line]


def verdicts(result: pytest.RunResult) -> dict[str, str]:
    """Read ids and verdicts from the lines of a verbose run, with workers or without."""
    found = {}
    for line in result.outlines:
        words = line.replace("[gw0]", "").replace("[gw1]", "").split()
        for verdict, nodeid in ((words[1:2], words[:1]), (words[-2:-1], words[-1:])):
            if nodeid and "::" in nodeid[0] and verdict and verdict[0].isupper():
                found[nodeid[0]] = verdict[0]
    return found


def test_each_file_has_one_item_per_check(pytester: pytest.Pytester, project: Project) -> None:
    project(NOTES)
    ids = collected(pytester)
    assert ids[:2] == [
        "db/migration-manifest.yaml::structure",
        "db/migration-manifest.yaml::reversible[phase-100-mvp]",
    ]
    forward = "db/migrations/phase-100-mvp/core/V100001__core__expand__create_notes.sql"
    assert set(ids) >= {f"{forward}::{check}" for check in MIGRATION_CHECKS}
    backward = "db/rollback/phase-100-mvp/core/R100001__core__expand__create_notes.sql"
    assert f"{backward}::structure" in ids


def test_collecting_reads_files_alone(
    pytester: pytest.Pytester, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(*CLEAN)
    monkeypatch.setenv("KOREVITTA_PG", "postgresql:///postgres?host=/nowhere")
    result = pytester.runpytest("--collect-only", "-q")
    assert result.ret == 0
    result.stdout.no_fnmatch_line("*korevitta-db: on*")


def test_a_file_below_no_manifest_is_left_alone(
    pytester: pytest.Pytester, project: Project
) -> None:
    project(NOTES)
    pytester.path.joinpath("stray.sql").write_text("SELECT 1;\n", encoding="utf-8")
    assert not any("stray" in nodeid for nodeid in collected(pytester))


@pytest.mark.parametrize(
    "chosen",
    [
        ("db/migrations/phase-200-v1_1", *CORE),
        ("db/migrations/phase-200-v1_1/core/V200001__core__expand__create_tags.sql", *CORE),
        ("db", "-k", "V200001 and symmetry"),
    ],
    ids=["folder", "file", "word"],
)
def test_a_subset_brings_the_database_to_its_state_by_itself(
    pytester: pytest.Pytester, project: Project, chosen: tuple[str, ...]
) -> None:
    project(*CLEAN)
    result = pytester.runpytest("-v", *chosen)
    seen = verdicts(result)
    assert result.ret == 0
    assert seen
    assert all("V200001" in nodeid for nodeid in seen)
    assert set(seen.values()) == {"PASSED"}


def test_one_check_of_one_file_can_be_named(pytester: pytest.Pytester, project: Project) -> None:
    root = project(*CLEAN)
    file = root.forward("V100002").relative_to(pytester.path)
    result = pytester.runpytest("-v", f"{file}::rollback_symmetry")
    assert verdicts(result) == {f"{file}::rollback_symmetry": "PASSED"}


def test_last_failed_runs_what_failed_and_it_alone(
    pytester: pytest.Pytester, project: Project
) -> None:
    root = project(*CLEAN)
    root.rewrite(root.backward("V100002"), "DROP POLICY notes_all ON public.notes;", "")
    failing = f"{root.forward('V100002').relative_to(pytester.path)}::rollback_symmetry"
    assert pytester.runpytest("db", *CORE).ret == 1
    assert verdicts(pytester.runpytest("-v", "--lf", "db")) == {failing: "FAILED"}


def test_ids_and_verdicts_are_the_same_with_workers_without_and_without_xdist(
    pytester: pytest.Pytester, project: Project
) -> None:
    root = project(NOTES, POLICY)
    root.rewrite(root.backward("V100002"), "DROP POLICY notes_all ON public.notes;", "")
    alone = verdicts(pytester.runpytest("-v", "db", *CORE))
    assert alone.keys() == set(collected(pytester, *CORE))
    assert verdicts(pytester.runpytest("-v", "db", *CORE, "-n2")) == alone
    assert verdicts(pytester.runpytest("-v", "db", *CORE, "-p", "no:xdist")) == alone


def test_migrations_are_judged_in_their_order_not_in_that_of_their_folders(
    pytester: pytest.Pytester, project: Project
) -> None:
    project(
        migration("V100001", "CREATE TABLE public.a (id bigint);", "", domain="zebra"),
        migration("V100002", "CREATE TABLE public.b (id bigint);", "", domain="ant"),
    )
    judged = [each for each in collected(pytester, "db") if each.endswith("::applies")]
    assert ["V100001" in each for each in judged] == [True, False]


def test_an_operators_query_is_held_against_the_style_without_a_server(
    pytester: pytest.Pytester, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOREVITTA_PG", "postgresql://nobody@127.0.0.1:1/nothing")
    db = project()
    db.path.joinpath(".sqlfluff").write_text(STYLE)
    query = db.path / "observability" / "queries" / "loud.sql"
    query.parent.mkdir(parents=True)
    query.write_text("-- columns: one\nselect 1 as One;\n")
    result = pytester.runpytest_subprocess("db", "-k", "sqlfluff")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*loud.sql:2: error[[]sqlfluff:*"])
