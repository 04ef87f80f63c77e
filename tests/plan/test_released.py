"""Released files against the lock: each way to change history is said once, where it is mended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.cli import main
from harness.plan import LOCK, MANIFEST, Fault, read_plan, write_lock
from tests.plan.test_layout import R2, V2, R, V

S = "seeds/phase-100-mvp/S100001__core__a.sql"
V3 = "migrations/phase-200-next/core/V200001__core__expand__c.sql"
R3 = "rollback/phase-200-next/core/R200001__core__expand__c.sql"
RULE = "released-file-changed"
TEXT = f"""\
version: 1
phases:
- id: phase-100-mvp
  order: 100
  status: released
  release: "1.0"
  migrations:
  - {V}
  - {V2}
  seeds:
  - {S}
- id: phase-200-next
  order: 200
  migrations:
  - {V3}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for number, path in enumerate((V, R, V2, R2, S, V3, R3)):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(f"SELECT {number};\n")
    (tmp_path / MANIFEST).write_text(TEXT)
    write_lock(read_plan(tmp_path, repository=tmp_path)[0])
    assert faults(tmp_path) == []
    return tmp_path


def faults(root: Path) -> list[Fault]:
    return list(read_plan(root, repository=root)[1])


def told(root: Path, *, rule: str = RULE) -> list[tuple[str, int]]:
    found = faults(root)
    assert {each.rule for each in found} <= {rule, RULE}, found
    return [(each.file, each.line) for each in found if each.rule == RULE]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize("path", [V, R, S])
def test_an_edited_file_is_told_where_it_stands(root: Path, path: str) -> None:
    (root / path).write_text("SELECT 9;\n")
    (found,) = faults(root)
    assert (found.rule, found.file, found.line) == (RULE, path, 1)
    assert found.message == f"{path} differs from what was released with 1.0"


@pytest.mark.parametrize("path", [V, R, S])
def test_other_line_ends_are_no_other_text(root: Path, path: str) -> None:
    (root / path).write_bytes((root / path).read_bytes().replace(b"\n", b"\r\n"))
    assert [(each.rule, each.file) for each in faults(root)] == [("encoding", path)]


def test_a_file_of_an_open_phase_may_change(root: Path) -> None:
    (root / V3).write_text("SELECT 9;\n")
    assert faults(root) == []


def test_a_renamed_migration_is_told_once_for_each_file(root: Path) -> None:
    for old in (V2, R2):
        (root / old).rename(root / old.replace("__b", "__z"))
    edit(root / MANIFEST, V2, V2.replace("__b", "__z"))
    found = faults(root)
    assert [(each.rule, each.file) for each in found] == [
        (RULE, V2.replace("__b", "__z")),
        (RULE, R2.replace("__b", "__z")),
    ]
    assert found[0].fix == f"git mv {V2.replace('__b', '__z')} {V2}"


def test_a_deleted_file_is_told_at_its_entry(root: Path) -> None:
    (root / V2).unlink()
    assert told(root, rule="manifest-missing-file") == [(MANIFEST, 9)]
    (root / V2).write_text("SELECT 2;\n")
    assert faults(root) == []
    (root / S).unlink()
    assert told(root, rule="manifest-missing-file") == [(MANIFEST, 11)]


def test_a_deleted_migration_is_told_in_the_lock_for_each_file(root: Path) -> None:
    (root / V2).unlink()
    (root / R2).unlink()
    edit(root / MANIFEST, f"  - {V2}\n", "")
    lines = (root / LOCK).read_text().splitlines()
    wanted = [n for n, each in enumerate(lines, 1) if V2 in each or R2 in each]
    assert told(root) == [(LOCK, line) for line in sorted(wanted)]
    assert all("is gone" in each.message for each in faults(root))


def test_an_entry_that_is_gone_alone_is_an_unlisted_file(root: Path) -> None:
    edit(root / MANIFEST, f"  - {V2}\n", "")
    assert [(each.rule, each.file) for each in faults(root)] == [("manifest-unlisted-file", V2)]


def test_a_file_that_came_after_the_release_is_told_at_its_entry(root: Path) -> None:
    new = V2.replace("V100002", "V100003")
    for path in (new, new.replace("migrations", "rollback").replace("/V", "/R")):
        (root / path).write_text("SELECT 7;\n")
    edit(root / MANIFEST, f"  - {V2}\n", f"  - {V2}\n  - {new}\n")
    found = faults(root)
    assert {(each.rule, each.file, each.line) for each in found} == {(RULE, MANIFEST, 10)}
    assert "move it to a phase of a later release" in (found[0].fix or "")
    assert all("korevitta-db lock" not in (each.fix or "") for each in found)


@pytest.mark.parametrize("status", ["  status: open\n", ""])
def test_a_phase_that_is_opened_again_is_told_once(root: Path, status: str) -> None:
    edit(root / MANIFEST, "  status: released\n", status)
    assert told(root) == [(MANIFEST, 3)]
    (root / V).write_text("SELECT 9;\n")
    assert sorted(told(root)) == [(MANIFEST, 3), (V, 1)]


def test_another_release_is_told_where_it_is_written(root: Path) -> None:
    edit(root / MANIFEST, '"1.0"', '"1.1"')
    (found,) = faults(root)
    assert (found.file, found.line, found.fix) == (MANIFEST, 6, 'write release: "1.0"')


def test_a_missing_lock_is_told_once_and_how_to_write_it(root: Path) -> None:
    (root / LOCK).unlink()
    (found,) = faults(root)
    assert (found.file, found.line) == (MANIFEST, 3)
    assert found.message.endswith("and 4 more")
    assert "korevitta-db lock" in (found.fix or "")


def test_a_line_that_was_taken_from_the_lock_is_told_at_its_entry(root: Path) -> None:
    lines = (root / LOCK).read_text().splitlines(keepends=True)
    (root / LOCK).write_text("".join(each for each in lines if V2 not in each))
    assert told(root) == [(MANIFEST, 9)]


def test_an_edited_checksum_is_told_at_the_file(root: Path) -> None:
    line = next(each for each in (root / LOCK).read_text().splitlines() if V2 in each)
    edit(root / LOCK, line, "0" * 64 + line[64:])
    assert told(root) == [(V2, 1)]


def test_a_path_that_stands_twice_is_told_on_the_second_line(root: Path) -> None:
    text = (root / LOCK).read_text()
    line = next(each for each in text.splitlines() if V2 in each)
    (root / LOCK).write_text(f"{text}{'0' * 64}{line[64:]}\n")
    assert told(root) == [(LOCK, 7)]


def test_a_merge_conflict_is_told_once(root: Path) -> None:
    text = (root / LOCK).read_text()
    line = next(each for each in text.splitlines() if V2 in each)
    other = "0" * 64 + line[64:]
    conflict = f"<<<<<<< HEAD\n{line}\n||||||| base\n=======\n{other}\n>>>>>>> theirs\n"
    (root / LOCK).write_text(text.replace(f"{line}\n", conflict))
    number = next(n for n, each in enumerate(text.splitlines(), 1) if V2 in each)
    assert told(root) == [(LOCK, number)]


@pytest.mark.parametrize("change", [
    lambda data: data.replace(b"\n", b"\r\n"),
    lambda data: b"\xef\xbb\xbf" + data,
    lambda data: data + b"\n\n# a comment\n",
    lambda data: data.rstrip(b"\n"),
])  # fmt: skip
def test_the_form_of_the_lock_itself_does_not_matter(
    root: Path, change: Callable[[bytes], bytes]
) -> None:
    (root / LOCK).write_bytes(change((root / LOCK).read_bytes()))
    assert faults(root) == []


@pytest.mark.parametrize("odd", ["nonsense", "a" * 64 + "  1.0", "A" * 64 + "  1.0  x.sql"])
def test_a_line_that_is_none_is_told(root: Path, odd: str) -> None:
    with (root / LOCK).open("a") as lock:
        lock.write(f"{odd}\n")
    assert told(root) == [(LOCK, 7)]


def test_a_manifest_that_cannot_be_read_says_nothing_of_the_lock(root: Path) -> None:
    (root / MANIFEST).write_text(TEXT.replace("phases:", "phases: ["))
    assert [each.rule for each in faults(root)] == ["manifest-invalid"]


def test_the_command_says_what_it_overwrites(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / V2).write_text("SELECT 9;\n")
    edit(root / MANIFEST, f"  seeds:\n  - {S}\n", "")
    assert main(["lock", "--db-root", str(root)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{LOCK}: 1 released of 2 phases",
        f"changed: {V2}, which was released",
        f"left out: {S}, which was released",
    ]
    assert main(["lock", "--db-root", str(root)]) == 0
    assert capsys.readouterr().out == f"{LOCK}: 1 released of 2 phases\n"


@pytest.mark.parametrize("broken", ["phases: [", "version: 1\nphasen: []\n", f"{TEXT}  - {V}\n"])
def test_the_command_refuses_a_manifest_that_it_cannot_read_as_a_whole(
    root: Path, broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (root / LOCK).read_bytes()
    (root / MANIFEST).write_text(broken)
    assert main(["lock", "--db-root", str(root)]) == 2
    assert capsys.readouterr().err.endswith("mend this first\n")
    assert (root / LOCK).read_bytes() == before


def test_the_command_refuses_to_leave_out_a_file_that_is_missing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / V2).unlink()
    assert main(["lock", "--db-root", str(root)]) == 2
    assert f"{V2} is listed, but does not exist" in capsys.readouterr().err


def test_a_lock_that_is_a_folder_is_one_sentence(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / LOCK).unlink()
    (root / LOCK).mkdir()
    assert told(root) == [(LOCK, 1)]
    assert main(["lock", "--db-root", str(root)]) == 2
    assert "cannot be written: Is a directory" in capsys.readouterr().err
