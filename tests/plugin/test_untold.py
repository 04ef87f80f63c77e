"""What is wrong with a tree fails the run, also where pytest makes no item of the file."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.checks.subjects import PlanRead
from harness.checks.text.files import judge_structure
from harness.plan import LOCK, read_plan
from tests.trees import DbRoot
from tests.trees.builder import write_tree
from tests.trees.samples import NOTES

pytest_plugins = ["pytester"]

CORE = "migrations/phase-100-mvp/core"
TOLD = re.compile(r"^(db/.*):(\d+): (?:error|warning)\[(.*)\]$", re.MULTILINE)


@pytest.fixture
def root(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> DbRoot:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    pytester.makeini("[pytest]\naddopts = -p no:hypothesispytest\n")
    pytester.makeconftest('pytest_plugins = ["harness.plugin"]\n')
    return write_tree(pytester.path / "db", NOTES)


def structure(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_subprocess("db", "-k", "structure", *arguments)


def told(ended: pytest.RunResult) -> list[tuple[str, int, str]]:
    assert "INTERNALERROR" not in ended.stdout.str()
    found = {(file, int(line), rule) for file, line, rule in TOLD.findall(ended.stdout.str())}
    return sorted(found)


def wanted(root: DbRoot) -> list[tuple[str, int, str]]:
    plan, faults = read_plan(root.path, repository=root.path.parent)
    found = judge_structure(PlanRead(plan=plan, faults=faults)).findings
    return sorted((each.file, each.line, each.rule) for each in found)


NAMES = [
    b"V100002__core__expand__\xff.sql",
    b"V100003__core__expand__a\nb.sql",
    b"\x1b[31mred.sql",
    b"V100006__core__expand__a.SQL",
    b"V100007__core__expand__a.sql.bak",
    b".sql",
    b" .sql",
]


def test_every_odd_name_is_told(pytester: pytest.Pytester, root: DbRoot) -> None:
    for folder in (CORE, "rollback/phase-100-mvp/core", "seeds/phase-100-mvp"):
        (root.path / folder).mkdir(parents=True, exist_ok=True)
        for name in NAMES:
            path = os.fsencode(root.path / folder) + b"/" + name
            Path(os.fsdecode(path)).write_text("SELECT 1;\n")
    ended = structure(pytester)
    assert ended.ret == pytest.ExitCode.TESTS_FAILED
    assert len(told(ended)) == 3 * len(NAMES)
    assert told(ended) == wanted(root)


def put_lock(root: Path) -> None:
    (root / LOCK).write_text("nonsense\n")


def put_pipe(root: Path) -> None:
    os.mkfifo(root / CORE / "V100002__core__expand__a.sql")


def put_broken_link(root: Path) -> None:
    (root / CORE / "V100002__core__expand__a.sql").symlink_to("nowhere")


def put_folder(root: Path) -> None:
    (root / CORE / "V100002__core__expand__a.sql").mkdir()


@pytest.mark.parametrize("put", [put_lock, put_pipe, put_broken_link, put_folder])
def test_what_is_no_file_of_sql_is_told(
    pytester: pytest.Pytester, root: DbRoot, put: Callable[[Path], None]
) -> None:
    put(root.path)
    ended = structure(pytester)
    assert ended.ret == pytest.ExitCode.TESTS_FAILED
    assert len(told(ended)) == 1
    assert told(ended) == wanted(root)


@pytest.mark.parametrize("put", [Path.mkdir, os.mkfifo])
def test_a_manifest_that_is_no_file_fails_every_file(
    pytester: pytest.Pytester, root: DbRoot, put: Callable[[Path], None]
) -> None:
    root.manifest.unlink()
    put(root.manifest)
    ended = structure(pytester)
    assert told(ended) == [("db/migration-manifest.yaml", 1, "manifest-invalid")]
    ended.assert_outcomes(failed=2, deselected=0)


def test_links_to_folders_are_not_followed_for_ever(
    pytester: pytest.Pytester, root: DbRoot
) -> None:
    for name, target in (("a", root.path), ("b", root.path / "migrations"), ("c", Path("/"))):
        (root.path / CORE / name).symlink_to(target)
    ended = structure(pytester)
    ended.assert_outcomes(passed=3, deselected=ended.parseoutcomes()["deselected"])


def test_a_listed_file_behind_a_link_to_a_folder_is_judged(
    pytester: pytest.Pytester, root: DbRoot
) -> None:
    elsewhere = pytester.path / "shared"
    (root.path / CORE).rename(elsewhere)
    (root.path / CORE).symlink_to(elsewhere)
    assert wanted(root) == []
    ended = structure(pytester)
    ended.assert_outcomes(passed=3, deselected=ended.parseoutcomes()["deselected"])


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "workers"])
def test_a_revision_that_cannot_be_read_is_one_sentence(
    pytester: pytest.Pytester, root: DbRoot, workers: tuple[str, ...]
) -> None:
    assert root.manifest.is_file()
    ended = structure(pytester, "--since", "nowhere", *workers)
    assert ended.ret not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}
    said = ended.stdout.str() + ended.stderr.str()
    assert "korevitta-db: git cannot read" in said
    assert "Traceback" not in said
    assert "INTERNALERROR" not in said
    assert "changed_since" not in said
