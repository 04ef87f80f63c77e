"""Released files: the lock, and the history that guards the lock."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.plan import LOCK, MANIFEST, Plan, changed_since, lock_text, read_plan, write_lock
from tests.plan.test_layout import R2, V2, R, V, tree

S = "seeds/phase-100-mvp/S100001__core__a.sql"


def released(root: Path) -> Path:
    root = tree(root, V, R, S)
    text = (root / MANIFEST).read_text().replace("order: 100", "order: 100\n  status: released")
    (root / MANIFEST).write_text(text + f"  seeds:\n  - {S}\n")
    return root


def plan_of(root: Path) -> Plan:
    return read_plan(root, repository=root)[0]


def found(root: Path) -> list[tuple[str, int]]:
    _, faults = read_plan(root, repository=root)
    assert {each.rule for each in faults} <= {"released-file-changed"}
    return [(each.file, each.line) for each in faults]


def test_a_released_phase_without_a_lock_is_reported_once(tmp_path: Path) -> None:
    assert found(released(tmp_path)) == [(MANIFEST, 3)]


def test_a_lock_covers_forward_backward_and_seeds(tmp_path: Path) -> None:
    root = released(tmp_path)
    path = write_lock(plan_of(root))
    assert path == root / LOCK
    assert found(root) == []
    for each in (V, R, S):
        (root / each).write_text("SELECT 2;\n")
        assert found(root) == [(each, 1)]
        (root / each).write_text("SELECT 1;\n")


def test_the_lock_is_the_same_every_time(tmp_path: Path) -> None:
    plan = plan_of(released(tmp_path))
    assert lock_text(plan) == lock_text(plan)
    assert [line.split("  ")[1:] for line in lock_text(plan).splitlines()[1:]] == [
        ["phase-100-mvp", V],
        ["phase-100-mvp", R],
        ["phase-100-mvp", S],
    ]


def test_a_phase_that_is_opened_again_is_reported(tmp_path: Path) -> None:
    root = released(tmp_path)
    write_lock(plan_of(root))
    manifest = root / MANIFEST
    manifest.write_text(manifest.read_text().replace("released", "open"))
    assert found(root) == [(MANIFEST, 3)]


@pytest.mark.parametrize("line", ["nonsense", "a" * 64 + "  1.0", "\x00\udcff"])
def test_a_line_that_is_none_is_reported(tmp_path: Path, line: str) -> None:
    root = released(tmp_path)
    write_lock(plan_of(root))
    with (root / LOCK).open("ab") as lock:
        lock.write(line.encode("utf-8", "surrogateescape") + b"\n")
    assert found(root) == [(LOCK, 5)]


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True)


def repository(tmp_path: Path) -> Path:
    root = released(tmp_path / "repo/backend/db")
    write_lock(plan_of(root))
    git(tmp_path / "repo", "init", "-q", "-b", "main")
    git(tmp_path / "repo", "add", ".")
    git(tmp_path / "repo", "commit", "-q", "-m", "release")
    return root


def test_history_tells_a_file_that_changed_together_with_its_lock(tmp_path: Path) -> None:
    root = repository(tmp_path)
    assert changed_since(read_plan(root)[0], "main") == ()
    (root / R).write_text("SELECT 2;\n")
    write_lock(read_plan(root)[0])
    plan, faults = read_plan(root)
    assert faults == ()
    (fault,) = changed_since(plan, "main")
    assert (fault.rule, fault.file, fault.line) == (
        "released-file-changed",
        f"backend/db/{R}",
        1,
    )
    assert fault.migration == "V100001"
    assert fault.fix == f"git checkout main -- backend/db/{R}"


def test_history_tells_a_file_that_is_gone(tmp_path: Path) -> None:
    root = repository(tmp_path)
    (root / S).unlink()
    (fault,) = changed_since(read_plan(root)[0], "HEAD")
    assert fault.file == f"backend/db/{MANIFEST}"
    assert "is gone" in fault.message


def test_history_lets_open_phases_change(tmp_path: Path) -> None:
    root = repository(tmp_path)
    tree(root / "../other", V2, R2, listed=(V2,))
    git(root / "..", "add", ".")
    git(root / "..", "commit", "-q", "-m", "open")
    (root / "../other" / V2).write_text("SELECT 3;\n")
    assert changed_since(read_plan(root / "../other")[0], "main") == ()


def test_history_before_the_manifest_is_silent(tmp_path: Path) -> None:
    root = repository(tmp_path)
    new = released(root / "../new")
    assert changed_since(read_plan(new)[0], "main") == ()


@pytest.mark.parametrize("revision", ["nowhere", "-n", "--output=x", "", "main:backend"])
def test_a_revision_that_is_none_is_one_sentence(tmp_path: Path, revision: str) -> None:
    plan = read_plan(repository(tmp_path))[0]
    with pytest.raises(UsageError, match=r"revision|cannot read"):
        changed_since(plan, revision)


def test_a_root_outside_of_any_repository_is_one_sentence(tmp_path: Path) -> None:
    plan = plan_of(released(tmp_path))
    with pytest.raises(UsageError, match="git cannot read"):
        changed_since(plan, "main")
