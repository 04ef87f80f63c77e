"""A tree that nobody meant to write: any name, any kind of file, any right to read it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.checks.subjects import PlanRead
from harness.checks.text.files import judge_structure
from harness.errors import UsageError
from harness.plan import LOCK, MANIFEST, read_plan
from tests.plan.test_layout import R, V, put_loop, put_pipe, tree

CORE = "migrations/phase-100-mvp/core"
NOBODY = 65534


def told(root: Path) -> list[tuple[str, str]]:
    """Return rule and file of each finding; everything in it can be printed, on one line each."""
    plan, faults = read_plan(root, repository=root)
    found = judge_structure(PlanRead(plan=plan, faults=faults)).findings
    for each in found:
        assert each.line >= 1
        assert (each.file + each.message).isprintable()
        json.dumps([each.file, each.message, each.fix], ensure_ascii=False).encode()
    return [(each.rule, each.file) for each in found]


NAMES = {
    "bytes that are no UTF-8": (b"V100002__core__expand__\xff\xfe.sql", r"\xff\xfe"),
    "a line break": (b"V100003__core__expand__a\nb.sql", r"a\nb"),
    "a mark of direction": ("V100004__core__expand__\u202egnp.sql".encode(), r"\u202egnp"),
    "an escape sequence": (b"\x1b[31mred.sql", r"\x1b[31mred"),
    "an emoji": ("V100005__core__expand__😀.sql".encode(), "😀"),
    "a NUL's picture": ("V100005__core__expand__␀.sql".encode(), "␀"),
    "a lower-case letter": (b"v100001__core__expand__a.sql", "v100001"),
    "a capital": (b"V100001__core__expand__A.sql", "A.sql"),
    "a capital suffix": (b"V100006__core__expand__a.SQL", ".SQL"),
    "a suffix too many": (b"V100007__core__expand__a.sql.bak", ".bak"),
    "an editor's copy": (b"V100008__core__expand__a.sql~", ".sql~"),
    "only a suffix": (b".sql", ".sql"),
    "only a blank": (b" .sql", " .sql"),
    "an option": (b"-rf.sql", "-rf.sql"),
    "quotes": (b"a'\"`$(b).sql", "`$(b)"),
    "a colon": (b"a:b.sql", "a:b"),
    "digits of another script": (
        "V\u0661\u0660\u0660\u0660\u0660\u0662__core__expand__a.sql".encode(),
        "\u0660\u0662__core",
    ),
    "a letter that looks alike": ("V100002__c\u043ere__expand__a.sql".encode(), "__c\u043ere__"),
}


@pytest.mark.parametrize("folder", [CORE, "rollback/phase-100-mvp/core", "seeds/phase-100-mvp"])
@pytest.mark.parametrize("case", NAMES)
def test_any_name_is_one_finding_that_can_be_printed(
    tmp_path: Path, case: str, folder: str
) -> None:
    name, shown = NAMES[case]
    root = tree(tmp_path, V, R)
    (root / folder).mkdir(parents=True, exist_ok=True)
    Path(os.fsdecode(os.fsencode(root / folder) + b"/" + name)).write_text("SELECT 1;\n")
    ((rule, file),) = told(root)
    assert rule == ("seed-name" if folder.startswith("seeds") else "file-name")
    assert file.startswith(f"{folder}/")
    assert shown in file


def test_the_longest_name_is_read_and_one_longer_is_missing(tmp_path: Path) -> None:
    stem = f"{CORE}/V100001__core__expand__"
    longest = stem + "a" * (255 - len(stem.rpartition("/")[2]) - 4) + ".sql"
    mirror = longest.replace("migrations", "rollback").replace("/V", "/R")
    root = tree(tmp_path, longest, mirror, listed=(longest,))
    assert told(root) == []
    root = tree(
        tmp_path / "more", listed=(longest.replace("aa.sql", "aaaa.sql"), "a/" * 3000 + "b")
    )
    rules = [rule for rule, _ in told(root)]
    assert rules.count("manifest-missing-file") == 2


def put_socket(path: Path) -> None:
    os.chdir(path.parent)  # the address of a socket has 108 bytes
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(path.name)


def put_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def put_broken(path: Path) -> None:
    path.symlink_to("nowhere")


KINDS = [Path.mkdir, put_loop, put_pipe, put_socket, put_device, put_broken]
Put = Callable[[Path], None]


@pytest.fixture(autouse=True)
def stay(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("put", KINDS, ids=lambda put: put.__name__)
def test_whatever_has_the_manifests_name_is_one_finding_and_is_not_waited_for(
    tmp_path: Path, put: Put
) -> None:
    root = tree(tmp_path / "db", V, R)
    (root / MANIFEST).unlink()
    put(root / MANIFEST)
    assert told(root) == [("manifest-invalid", MANIFEST)]


@pytest.mark.parametrize("put", KINDS, ids=lambda put: put.__name__)
def test_whatever_has_the_locks_name_is_one_finding_and_is_not_waited_for(
    tmp_path: Path, put: Put
) -> None:
    root = tree(tmp_path / "db", V, R)
    put(root / LOCK)
    assert told(root) == [("released-file-changed", LOCK)]


@pytest.mark.parametrize("put", KINDS, ids=lambda put: put.__name__)
@pytest.mark.parametrize(
    ("path", "rule", "file"),
    [(V, "manifest-missing-file", MANIFEST), (R, "rollback-missing", V)],
)
def test_whatever_has_a_files_name_is_one_finding_and_is_not_waited_for(
    tmp_path: Path, put: Put, path: str, rule: str, file: str
) -> None:
    root = tree(tmp_path / "db", V, R)
    (root / path).unlink()
    put(root / path)
    assert told(root) == [(rule, file)]


@pytest.mark.parametrize("put", KINDS, ids=lambda put: put.__name__)
def test_whatever_is_listed_nowhere_is_one_finding(tmp_path: Path, put: Put) -> None:
    root = tree(tmp_path / "db", V, R)
    path = V.replace("V100001", "V100002")
    put(root / path)
    assert told(root) == [("manifest-unlisted-file", path)]


@pytest.mark.parametrize("folder", ["migrations", "rollback", "seeds"])
def test_a_file_in_place_of_a_folder_is_told(tmp_path: Path, folder: str) -> None:
    root = tree(tmp_path, listed=())
    (root / folder).touch()
    assert told(root) == [("manifest-missing-file", folder)]


def test_links_to_folders_are_not_followed_for_ever(tmp_path: Path) -> None:
    root = tree(tmp_path, V, R)
    for name, target in (("a", root), ("b", root / "migrations"), ("c", Path("/"))):
        (root / CORE / name).symlink_to(target)
    assert told(root) == []


@pytest.fixture
def readable() -> Iterator[Path]:
    """Return a folder that any user may enter: those of pytest are its user's alone."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def as_somebody() -> Iterator[Callable[[], None]]:
    """Return a function that gives up the right of root to read everything, if we have it."""
    own = os.geteuid()

    def give_up() -> None:
        if own == 0:
            os.seteuid(NOBODY)

    yield give_up
    if own == 0:
        os.seteuid(own)


CLOSED = {
    "forward": (V, [("manifest-missing-file", MANIFEST)]),
    "backward": (R, [("rollback-missing", V)]),
    "manifest": (MANIFEST, [("manifest-invalid", MANIFEST)]),
    "lock": (LOCK, [("released-file-changed", LOCK)]),
    "folder of nothing listed": (
        "migrations/phase-100-mvp/daily",
        [("manifest-missing-file", "migrations/phase-100-mvp/daily")],
    ),
    "folder of a seed": ("seeds", [("manifest-missing-file", "seeds")]),
}


@pytest.mark.parametrize("case", CLOSED)
def test_what_may_not_be_read_is_one_finding(
    readable: Path, as_somebody: Callable[[], None], case: str
) -> None:
    path, wanted = CLOSED[case]
    root = tree(readable / "db", V, R)
    if not (root / path).exists():
        (root / path).touch() if path == LOCK else (root / path).mkdir()
    (root / path).chmod(0)
    as_somebody()
    try:
        assert told(root) == wanted
    finally:
        if os.geteuid() != NOBODY:
            (root / path).chmod(0o755)


def test_a_root_that_may_not_be_entered_is_one_sentence(
    readable: Path, as_somebody: Callable[[], None]
) -> None:
    root = tree(readable / "closed/db", V, R)
    (readable / "closed").chmod(0)
    as_somebody()
    try:
        with pytest.raises(UsageError, match="is no directory"):
            read_plan(root)
    finally:
        if os.geteuid() != NOBODY:
            (readable / "closed").chmod(0o755)
