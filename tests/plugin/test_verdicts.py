"""What an item says: the finding, no traceback; one failure per cause; nothing unproven green."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plugin.conftest import CORE, Project
from tests.plugin.test_items import verdicts
from tests.trees import DbRoot, migration
from tests.trees.samples import CLEAN, DEPENDENT, NOTES, POLICY, TAGS

pytest_plugins = ["pytester"]


def failed(result: pytest.RunResult) -> set[str]:
    """Return `version::check` (or the file's name) of each failed item."""
    return {
        f"{Path(nodeid.partition('::')[0]).name.partition('__')[0]}::{nodeid.partition('::')[2]}"
        for nodeid, verdict in verdicts(result).items()
        if verdict == "FAILED"
    }


def without_drop_policy(root: DbRoot) -> None:
    root.rewrite(root.backward("V100002"), "DROP POLICY notes_all ON public.notes;", "")


def test_a_clean_tree_passes_and_says_what_was_proven(
    pytester: pytest.Pytester, project: Project
) -> None:
    project(*CLEAN)
    result = pytester.runpytest("-v", "db", *CORE)
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        [
            "korevitta-db: db: 3 migrations in 2 phases",
            "korevitta-db: on PostgreSQL * (url)",
            "*= KoreVitta DB =*",
            "on PostgreSQL * (url):",
            "*3  migrations applied forward",
            "*3  migrations rolled back to exactly the catalog before",
        ]
    )
    result.stdout.fnmatch_lines(["*2  phases walked backward and forward again, seeds in place"])
    assert set(verdicts(result).values()) == {"PASSED"}


def test_a_failing_item_prints_the_finding_and_no_traceback(
    pytester: pytest.Pytester, project: Project
) -> None:
    without_drop_policy(project(NOTES, POLICY))
    result = pytester.runpytest("db", *CORE)
    result.stdout.fnmatch_lines(
        [
            "*V100002 rollback_symmetry*",
            "db/rollback/phase-100-mvp/core/R100002__core__expand__open_notes.sql:1:"
            " error[[]rollback-asymmetric[]]",
            "  after V and R policy notes_all on table public.notes is left over",
            "  why it hurts: *",
            "  write instead: *",
            "1 cause:",
            "explained, with a bad and a good case each:",
            "  docs/rules.md#rollback-asymmetric",
        ]
    )
    for word in ("Traceback", "NotProvenError", "harness/plugin", "def prove"):
        result.stdout.no_fnmatch_line(f"*{word}*")


def test_a_missing_drop_policy_fails_the_symmetry_of_its_migration_alone(
    pytester: pytest.Pytester, project: Project
) -> None:
    without_drop_policy(project(*CLEAN))
    assert failed(pytester.runpytest("-v", "db", *CORE)) == {"V100002::rollback_symmetry"}


def test_a_deleted_rollback_fails_the_structure_of_its_migration_alone(
    pytester: pytest.Pytester, project: Project
) -> None:
    project(*CLEAN).backward("V200001").unlink()
    result = pytester.runpytest("-v", "db", *CORE)
    assert failed(result) == {"V200001::structure"}
    result.stdout.fnmatch_lines(["db/migrations/*/V200001__*.sql:1: error[[]rollback-missing[]]"])
    result.stdout.fnmatch_lines(
        ["not proven until V200001 is mended: 3 checks of V200001, phase-200-v1_1"]
    )


def test_swapped_versions_fail_the_manifest_at_their_line(
    pytester: pytest.Pytester, project: Project
) -> None:
    project(POLICY, NOTES)
    result = pytester.runpytest("-v", "db", *CORE)
    assert failed(result) == {"migration-manifest.yaml::structure"}
    result.stdout.fnmatch_lines(["db/migration-manifest.yaml:18: error[[]manifest-order[]]"])


def test_a_broken_statement_fails_at_its_line(pytester: pytest.Pytester, project: Project) -> None:
    root = project(*CLEAN)
    root.rewrite(root.forward("V100002"), "CREATE POLICY", "CREATE POLICI")
    result = pytester.runpytest("-v", "db", *CORE)
    assert failed(result) == {"V100002::statements"}
    result.stdout.fnmatch_lines(["db/migrations/*/V100002__*.sql:4: error[[]syntax-error[]]"])


def test_a_broken_statement_of_a_rollback_fails_at_its_line(
    pytester: pytest.Pytester, project: Project
) -> None:
    root = project(*CLEAN)
    root.rewrite(root.backward("V100002"), "DROP POLICY", "DROP POLICI")
    result = pytester.runpytest("-v", "db", *CORE)
    assert failed(result) == {"R100002::statements"}
    result.stdout.fnmatch_lines(["db/rollback/*/R100002__*.sql:3: error[[]syntax-error[]]"])


@pytest.mark.parametrize("more", [(), ("-n2",)], ids=["alone", "workers"])
def test_two_broken_migrations_and_three_that_need_them_are_two_failures(
    pytester: pytest.Pytester, project: Project, more: tuple[str, ...]
) -> None:
    project(NOTES, *DEPENDENT)
    result = pytester.runpytest("-v", "db", *CORE, *more)
    assert result.ret == 1
    assert failed(result) == {"V100002::applies", "V200001::statements"}
    result.stdout.fnmatch_lines(["2 causes:", "3 consequences:", "*V200002*(because of V200001)"])
    result.stdout.fnmatch_lines(["not proven until V100002 is mended: * checks of *"])
    passed = {nodeid for nodeid, verdict in verdicts(result).items() if verdict == "PASSED"}
    assert {each.partition("::")[2] for each in passed if "V100004" in each} == {
        "structure",
        "statements",
    }
    assert sum("V200003" in each for each in passed) == sum(
        "V200003" in each for each in verdicts(result)
    )


def test_what_cannot_be_proven_fails_with_a_line_where_nothing_else_tells_why(
    pytester: pytest.Pytester, project: Project
) -> None:
    project(NOTES, *DEPENDENT)
    result = pytester.runpytest("-v", "db", "-k", "V100004 and (applies or symmetry)")
    assert failed(result) == {"V100004::applies"}
    result.stdout.fnmatch_lines(["*V100004__*:4: apply-fails: *(because of V100002)"])
    result = pytester.runpytest("-v", "db", "-k", "V100004 and symmetry")
    assert failed(result) == {"V100004::rollback_symmetry"}
    result.stdout.fnmatch_lines(["*V100004__*: * is not proven: V100004 does not apply*"])


def test_one_check_alone_fails_once_per_cause(pytester: pytest.Pytester, project: Project) -> None:
    project(NOTES, *DEPENDENT)
    result = pytester.runpytest("-v", "db", "-k", "symmetry")
    assert failed(result) == {"V100002::rollback_symmetry", "V200001::rollback_symmetry"}
    result = pytester.runpytest("-v", "db", "-k", "reversible")
    assert failed(result) == {
        "migration-manifest.yaml::reversible[phase-100-mvp]",
        "migration-manifest.yaml::reversible[phase-200-v1_1]",
    }


def test_a_second_try_is_not_proven_where_the_rollback_is_wrong(
    pytester: pytest.Pytester, project: Project
) -> None:
    without_drop_policy(project(NOTES, POLICY, TAGS))
    result = pytester.runpytest("-v", "db", "-k", "reapplies")
    assert failed(result) == {"V100002::reapplies"}
    result.stdout.fnmatch_lines(["*: * is not proven: the rollback of V100002 does not undo it*"])


def test_a_skipped_teller_does_not_make_the_run_green(
    pytester: pytest.Pytester, project: Project
) -> None:
    project(NOTES, DEPENDENT[0])
    pytester.path.joinpath("db", "conftest.py").write_text(
        "import pytest\n"
        "def pytest_collection_modifyitems(items):\n"
        "    for each in items:\n"
        "        if each.name == 'applies':\n"
        "            each.add_marker(pytest.mark.skip(reason='not today'))\n",
        encoding="utf-8",
    )
    result = pytester.runpytest("db", "-k", "V100002 and (applies or symmetry)")
    assert result.parseoutcomes().keys() == {"skipped", "deselected"}
    assert result.ret == 1
    result.stdout.fnmatch_lines(["not proven until V100002 is mended: * of V100002"])


def test_a_subset_says_what_was_left_out_of_its_database(
    pytester: pytest.Pytester, project: Project
) -> None:
    labels = migration(
        "V200001",
        "CREATE TABLE public.labels (id bigint PRIMARY KEY);",
        "DROP TABLE public.labels;",
    )
    root = project(NOTES, DEPENDENT[0], labels)
    result = pytester.runpytest(str(root.forward("V200001")), "-k", "applies")
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        [
            "1 warning:",
            "*V100002__core__expand__create_tags.sql:1: apply-fails: V100002 does not apply, and"
            " is not part of this run*",
        ]
    )
    whole = pytester.runpytest("db", "-k", "applies")
    whole.stdout.no_fnmatch_line("*is not part of this run*")
