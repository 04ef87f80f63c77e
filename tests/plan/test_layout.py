"""The layout: what a plan is made of, and bytes that were never SQL."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.plan import MANIFEST, ChangeType, read_plan

V = "migrations/phase-100-mvp/core/V100001__core__expand__a.sql"
R = "rollback/phase-100-mvp/core/R100001__core__expand__a.sql"
V2 = "migrations/phase-100-mvp/core/V100002__core__expand__b.sql"
R2 = "rollback/phase-100-mvp/core/R100002__core__expand__b.sql"
HEAD = "version: 1\nphases:\n- id: phase-100-mvp\n  order: 100\n  migrations:\n"


def tree(root: Path, *paths: str, listed: tuple[str, ...] = (V,)) -> Path:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("SELECT 1;\n")
    root.mkdir(exist_ok=True)
    (root / MANIFEST).write_text(HEAD + "".join(f"  - {each}\n" for each in listed))
    return root


def rules(root: Path) -> list[tuple[str, str, int]]:
    _, faults = read_plan(root, repository=root)
    return [(each.rule, each.file, each.line) for each in faults]


def test_a_root_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no directory"):
        read_plan(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="has no migration-manifest"):
        read_plan(tmp_path)


def test_a_migration_knows_its_files(tmp_path: Path) -> None:
    plan, faults = read_plan(tree(tmp_path, V, R), repository=tmp_path)
    migration = plan.migration("V100001")
    assert faults == ()
    assert (migration.file, migration.rollback_file) == (V, R)
    assert migration.expected_rollback_file == R
    assert (migration.domain, migration.change_type) == ("core", ChangeType.EXPAND)
    assert (migration.slug, migration.phase, migration.line) == ("a", "phase-100-mvp", 6)
    assert plan.phase("phase-100-mvp").migrations == (migration,)
    with pytest.raises(KeyError):
        plan.migration("V100009")
    with pytest.raises(KeyError):
        plan.phase("phase-900")


def test_versions_decide_the_order_where_the_manifest_is_wrong(tmp_path: Path) -> None:
    plan, faults = read_plan(tree(tmp_path, V, R, V2, R2, listed=(V2, V)), repository=tmp_path)
    assert [each.version for each in plan.migrations] == ["V100001", "V100002"]
    assert [(each.rule, each.line) for each in faults] == [("manifest-order", 7)]


def test_a_missing_file_leaves_its_rollback_in_peace(tmp_path: Path) -> None:
    root = tree(tmp_path, R)
    assert rules(root) == [("manifest-missing-file", MANIFEST, 6)]
    assert read_plan(root)[0].migrations == ()


def test_a_missing_rollback_leaves_the_migration_in_the_plan(tmp_path: Path) -> None:
    root = tree(tmp_path, V)
    assert rules(root) == [("rollback-missing", V, 1)]
    (migration,) = read_plan(root, repository=root)[0].migrations
    assert (migration.rollback_file, migration.backward) == (None, None)
    assert migration.expected_rollback_file == R


def test_the_rollback_of_an_unlisted_migration_is_no_orphan(tmp_path: Path) -> None:
    root = tree(tmp_path, V, R, V2, R2)
    assert rules(root) == [("manifest-unlisted-file", V2, 1)]


def test_two_rollbacks_of_one_migration_are_one_too_many(tmp_path: Path) -> None:
    twin = "rollback/phase-100-mvp/core/R100001__core__expand__z.sql"
    assert rules(tree(tmp_path, V, R, twin)) == [("rollback-orphan", twin, 1)]


def put_directory(path: Path) -> None:
    path.mkdir()


def put_loop(path: Path) -> None:
    path.symlink_to(path.name)


def put_broken_link(path: Path) -> None:
    path.symlink_to("nowhere.sql")


def put_pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("put", [put_directory, put_loop, put_broken_link, put_pipe])
def test_what_only_has_a_name_is_a_missing_file(
    tmp_path: Path, put: Callable[[Path], None]
) -> None:
    root = tree(tmp_path, R)
    (root / V).parent.mkdir(parents=True)
    put(root / V)
    assert rules(root) == [("manifest-missing-file", MANIFEST, 6)]


@pytest.mark.parametrize("put", [put_directory, put_loop])
def test_a_rollback_that_only_has_a_name_is_missing(
    tmp_path: Path, put: Callable[[Path], None]
) -> None:
    root = tree(tmp_path, V)
    (root / R).parent.mkdir(parents=True)
    put(root / R)
    assert rules(root) == [("rollback-missing", V, 1)]


def test_an_unreadable_file_is_a_missing_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tree(tmp_path, V, R)
    real = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name.startswith("V"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    _, (fault,) = read_plan(root, repository=root)
    assert (fault.rule, fault.line) == ("manifest-missing-file", 6)
    assert "permission denied" in fault.message


@pytest.mark.parametrize("put", [put_directory, put_loop])
def test_a_manifest_that_only_has_a_name_is_a_finding(
    tmp_path: Path, put: Callable[[Path], None]
) -> None:
    put(tmp_path / MANIFEST)
    assert rules(tmp_path) == [("manifest-invalid", MANIFEST, 1)]


def test_a_loop_of_folders_is_walked_once(tmp_path: Path) -> None:
    root = tree(tmp_path, V, R)
    (root / "migrations/phase-100-mvp/again").symlink_to(root / "migrations")
    assert rules(root) == []


BYTES = {
    "empty": (b"", [("empty-file", 1)]),
    "comment": (b"-- nothing\n", [("empty-file", 1)]),
    "bom": (b"\xef\xbb\xbfSELECT 1;\n", [("encoding", 1)]),
    "crlf": (b"-- x\nSELECT 1;\r\n", [("encoding", 2)]),
    "cr": (b"SELECT 1;\rSELECT 2;\n", [("encoding", 1)]),
    "latin-1": (b"SELECT 1;\nSELECT '\xe7';\n", [("encoding", 2)]),
    "utf-16": ("SELECT 1;\n".encode("utf-16"), [("encoding", 1)]),
    "utf-16 without mark": ("SELECT 1;\n".encode("utf-16-le"), [("encoding", 1)]),
    "utf-32": ("SELECT 1;\n".encode("utf-32"), [("encoding", 1)]),
    "nul": (b"SELECT 1;\nSELECT '\0';\n", [("encoding", 2)]),
    "gzip": (b"\x1f\x8b\x08\x00" + bytes(range(256)) * 8, [("encoding", 1)]),
    "10 MB": (b"\xff\xfe\x00\x7f" * 2_500_000, [("encoding", 1)]),
}


@pytest.mark.parametrize("case", BYTES)
def test_bytes_that_are_no_sql_are_one_finding(tmp_path: Path, case: str) -> None:
    data, wanted = BYTES[case]
    root = tree(tmp_path, V, R)
    (root / V).write_bytes(data)
    assert rules(root) == [(rule, V, line) for rule, line in wanted]


def test_ten_megabytes_of_text_are_read(tmp_path: Path) -> None:
    root = tree(tmp_path, V, R)
    (root / V).write_text("\\ ' ; $a$ /* -- \n" * 600_000)
    plan, faults = read_plan(root)
    assert faults == ()
    assert plan.migrations[0].forward.fault is not None


def test_file_names_are_relative_to_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tree(tmp_path / "repo/backend/db", V, R)
    monkeypatch.chdir(tmp_path)
    assert read_plan(root)[0].migrations[0].file == f"repo/backend/db/{V}"
    (tmp_path / "repo/.git").mkdir()
    assert read_plan(root)[0].migrations[0].file == f"backend/db/{V}"
    monkeypatch.chdir("/")
    elsewhere = tree(tmp_path / "other/db", V, R)
    assert read_plan(elsewhere)[0].migrations[0].file == f"{str(tmp_path)[1:]}/other/db/{V}"


def test_a_phase_without_a_readable_order_keeps_its_files(tmp_path: Path) -> None:
    root = tree(tmp_path, V, R)
    manifest = root / MANIFEST
    manifest.write_text(manifest.read_text().replace("order: 100", "order: first"))
    assert rules(root) == [("manifest-invalid", MANIFEST, 4)]
    assert [each.version for each in read_plan(root)[0].migrations] == ["V100001"]
