"""`--since REV`: what a branch has done to released files, whatever it has done to the lock."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.plan import MANIFEST, Fault, changed_since, read_plan, write_lock
from tests.plan.test_layout import R2, V2, R, V
from tests.plan.test_released import R3, TEXT, V3, S, edit

WHO = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always"]
RULE = "released-file-changed"


def git(where: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(where), *WHO, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def commit(root: Path, message: str) -> None:
    git(root, "add", "-A", ".")
    git(root, "commit", "-q", "-m", message)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    repository = tmp_path / "repo"
    root = repository / "backend/db"
    for number, path in enumerate((V, R, V2, R2, S, V3, R3)):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(f"SELECT {number};\n")
    (root / MANIFEST).write_text(TEXT)
    git(tmp_path, "init", "-q", "-b", "main", str(repository))
    lock(root)
    commit(root, "release 1.0")
    git(root, "switch", "-q", "-c", "branch")
    assert since(root, "main") == []
    return root


def lock(root: Path) -> None:
    write_lock(read_plan(root)[0])


def since(root: Path, revision: str) -> list[Fault]:
    return list(changed_since(read_plan(root)[0], revision))


def told(root: Path, revision: str = "main") -> list[tuple[str, int]]:
    """Return what is told although the lock was written anew."""
    lock(root)
    plan, faults = read_plan(root)
    assert faults == ()
    found = changed_since(plan, revision)
    assert {each.rule for each in found} <= {RULE}
    return [(each.file.removeprefix("backend/db/"), each.line) for each in found]


@pytest.mark.parametrize("path", [V, R, S])
def test_an_edited_file_is_told_where_it_stands(root: Path, path: str) -> None:
    (root / path).write_text("SELECT 9;\n")
    assert told(root) == [(path, 1)]
    commit(root, "rewrite history")
    assert told(root) == [(path, 1)]
    assert told(root, "HEAD~1") == [(path, 1)]
    assert told(root, "HEAD") == []


def test_a_renamed_migration_is_told_once_for_each_file(root: Path) -> None:
    for old in (V2, R2):
        (root / old).rename(root / old.replace("__b", "__z"))
    edit(root / MANIFEST, V2, V2.replace("__b", "__z"))
    lock(root)
    found = since(root, "main")
    assert [each.fix for each in found] == [
        f"git mv {each.replace('__b', '__z')} {each}" for each in (V2, R2)
    ]
    assert "was called" in found[0].message


def test_a_migration_that_is_gone_is_told(root: Path) -> None:
    for path in (V2, R2):
        (root / path).unlink()
    edit(root / MANIFEST, f"  - {V2}\n", "")
    lock(root)
    found = since(root, "main")
    assert [(each.file, each.fix) for each in found] == [
        (f"backend/db/{MANIFEST}", f"git checkout main -- backend/db/{each}") for each in (V2, R2)
    ]


def test_a_file_that_is_gone_is_told_at_its_entry(root: Path) -> None:
    (root / S).unlink()
    (found,) = since(root, "main")
    assert (found.file, found.line) == (f"backend/db/{MANIFEST}", 11)


def test_a_migration_that_came_to_a_released_phase_is_told_at_its_entry(root: Path) -> None:
    new = V2.replace("V100002", "V100003")
    (root / new).write_text("SELECT 7;\n")
    (root / new.replace("migrations", "rollback").replace("/V", "/R")).write_text("SELECT 8;\n")
    edit(root / MANIFEST, f"  - {V2}\n", f"  - {V2}\n  - {new}\n")
    assert set(told(root)) == {(MANIFEST, 10)}


def test_a_phase_that_is_opened_again_is_told(root: Path) -> None:
    edit(root / MANIFEST, "status: released", "status: open")
    assert told(root) == [(MANIFEST, 3)]


def test_another_release_is_told(root: Path) -> None:
    edit(root / MANIFEST, '"1.0"', '"1.1"')
    assert told(root) == [(MANIFEST, 3)]


def test_what_is_released_only_now_may_have_changed_before(root: Path) -> None:
    (root / V3).write_text("SELECT 9;\n")
    edit(root / MANIFEST, "- id: phase-200-next\n", "- id: phase-200-next\n  status: released\n")
    assert told(root) == []


def test_line_ends_of_this_machine_are_no_change(root: Path) -> None:
    for path in (V, R, S):
        (root / path).write_bytes((root / path).read_bytes().replace(b"\n", b"\r\n"))
    assert since(root, "main") == []


def test_a_branch_that_is_only_behind_has_changed_nothing(root: Path) -> None:
    git(root, "switch", "-q", "main")
    (root / V3).write_text("SELECT 33;\n")
    new = V3.replace("V200001", "V200002")
    (root / new).write_text("SELECT 7;\n")
    edit(root / MANIFEST, "- id: phase-200-next\n", "- id: phase-200-next\n  status: released\n")
    edit(root / MANIFEST, f"  - {V3}\n", f"  - {V3}\n  - {new}\n")
    lock(root)
    commit(root, "release 1.1")
    git(root, "switch", "-q", "branch")
    assert [each.file.rpartition("/")[2] for each in since(root, "main")] == []
    (root / V3).write_text("SELECT 44;\n")
    assert [each.file for each in since(root, "main")] == [f"backend/db/{V3}"]


def test_a_shallow_clone_says_how_to_get_the_revision(root: Path, tmp_path: Path) -> None:
    (root / "note").write_text("x")
    commit(root, "later")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path / 'repo'}", "shallow")
    with pytest.raises(UsageError, match="this clone is shallow: git fetch --unshallow"):
        since(tmp_path / "shallow/backend/db", "main~1")


def test_an_unknown_revision_is_one_sentence(root: Path) -> None:
    with pytest.raises(UsageError, match=r"'origin/main' in .*: no such revision; git fetch"):
        since(root, "origin/main")


def test_another_worktree_and_a_submodule_have_their_own_history(
    root: Path, tmp_path: Path
) -> None:
    git(root, "worktree", "add", "-q", str(tmp_path / "tree"), "-b", "other")
    tree = tmp_path / "tree/backend/db"
    (tree / V).write_text("SELECT 9;\n")
    assert [each.file for each in since(tree, "main")] == [f"backend/db/{V}"]
    git(tmp_path, "init", "-q", str(tmp_path / "super"))
    git(tmp_path / "super", "submodule", "add", "-q", str(tmp_path / "repo"), "sub")
    below = tmp_path / "super/sub/backend/db"
    (below / R).write_text("SELECT 9;\n")
    assert [each.file for each in since(below, "HEAD")] == [f"backend/db/{R}"]


def test_what_a_hook_says_of_its_repository_does_not_mislead(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", "nowhere")
    monkeypatch.setenv("GIT_WORK_TREE", os.sep)
    (root / V).write_text("SELECT 9;\n")
    assert [each.file for each in since(root, "main")] == [f"backend/db/{V}"]


def test_a_manifest_that_said_nothing_then_is_one_sentence(root: Path) -> None:
    git(root, "switch", "-q", "main")
    edit(root / MANIFEST, "phases:", "phases: [")
    commit(root, "break it")
    edit(root / MANIFEST, "phases: [", "phases:")
    with pytest.raises(
        UsageError, match=r"--since main: its migration-manifest\.yaml says nothing"
    ):
        since(root, "main")


def test_paths_of_any_characters_are_compared(root: Path) -> None:
    odd = "migrations/phase-100-mvp/core/V100004__core__expand__açaí.sql"
    (root / odd).write_text("SELECT 1;\n")
    edit(root / MANIFEST, f"  - {V2}\n", f"  - {V2}\n  - {odd}\n")
    commit(root, "odd")
    (root / odd).write_text("SELECT 2;\n")
    assert [each.file for each in since(root, "branch")] == [f"backend/db/{odd}"]


def test_what_the_lock_tells_is_not_told_again(root: Path) -> None:
    (root / V).write_text("SELECT 9;\n")
    edit(root / MANIFEST, "status: released", "status: open")
    plan, faults = read_plan(root)
    assert len(faults) == 2
    assert changed_since(plan, "main", faults) == ()
    assert len(changed_since(plan, "main")) == 2
