"""Accounts, programs, cached folders and the place to work in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from harness.errors import ServerUnavailableError
from harness.server import binaries, cache, place
from harness.server.account import Account, unprivileged
from harness.server.binaries import find, runnable_by
from harness.server.pristine import step_down

needs_root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root steps down to another account"
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="permission bits")


@posix
def test_account_is_none_unless_root() -> None:
    assert (unprivileged() is not None) == (os.geteuid() == 0)


@needs_root
def test_account_is_nobody_or_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody_is_absent(name: str) -> None:
        raise KeyError(name)

    monkeypatch.setattr("pwd.getpwnam", nobody_is_absent)
    assert unprivileged() == Account(uid=65534, gid=65534)


@posix
def test_closed_folder_above_closes_the_file(open_folder: Path) -> None:
    stranger = Account(uid=4_000_000, gid=4_000_000)
    file = open_folder / "a" / "b" / "file"
    file.parent.mkdir(parents=True)
    file.touch(0o644)
    assert stranger.can_read(file)
    (open_folder / "a").chmod(0o700)
    assert not stranger.can_read(file)
    assert not stranger.can_enter(file.parent)


@posix
def test_group_and_owner_have_their_own_bits(open_folder: Path) -> None:
    file = open_folder / "file"
    file.touch()
    file.chmod(0o040)
    status = file.stat()
    assert Account(uid=4_000_000, gid=status.st_gid).can_read(file)
    assert not Account(uid=status.st_uid, gid=4_000_000).can_read(file)


@posix
def test_first_folder_wins_under_concurrent_builds(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(open_folder))
    barrier = threading.Barrier(2)
    built: list[Path] = []

    def build(folder: Path) -> None:
        barrier.wait(10)
        (folder / "file").write_text(threading.current_thread().name)

    def run() -> None:
        built.append(cache.build_once("thing", build, account=None))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert built[0] == built[1]
    assert [path.name for path in built[0].parent.iterdir()] == ["thing"]


@posix
def test_failed_build_leaves_nothing(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(open_folder))

    def fail(folder: Path) -> None:
        raise ServerUnavailableError("no")

    with pytest.raises(ServerUnavailableError):
        cache.build_once("thing", fail, account=None)
    assert list((open_folder / "korevitta-db").iterdir()) == []


@posix
def test_abandoned_and_long_unused_folders_are_swept(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(open_folder))
    folders = {name: open_folder / "korevitta-db" / name for name in (".building-x", "old", "new")}
    for folder in folders.values():
        folder.mkdir(parents=True)
    two_hours_ago = time.time() - 7200
    os.utime(folders[".building-x"], (two_hours_ago, two_hours_ago))
    os.utime(folders["new"], (two_hours_ago, two_hours_ago))
    os.utime(folders["old"], (0, 0))
    cache.build_once("thing", lambda folder: None, account=None)
    assert {name for name, folder in folders.items() if folder.exists()} == {"new"}


@posix
def test_use_keeps_a_folder(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(open_folder))
    thing = cache.build_once("thing", lambda folder: None, account=None)
    os.utime(thing, (0, 0))
    cache.build_once("thing", lambda folder: None, account=None)
    assert time.time() - thing.stat().st_mtime < 60


@pytest.mark.server
def test_same_build_at_another_path_shares_the_cache(tmp_path: Path) -> None:
    original = find(None)
    copy = tmp_path / "pginstall"
    for part in ("bin", "lib"):
        shutil.copytree(original.bin_dir.parent / part, copy / part, symlinks=True)
    assert find(copy / "bin").key == original.key


@posix
def test_cache_that_others_can_write_is_not_trusted(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(open_folder))
    shared = open_folder / "korevitta-db"
    shared.mkdir()
    shared.chmod(0o777)
    monkeypatch.setattr(cache, "_candidates", lambda account: iter([shared]))
    with pytest.raises(ServerUnavailableError, match="XDG_CACHE_HOME"):
        cache.build_once("thing", lambda folder: None, account=None)


@needs_root
@pytest.mark.server
@pytest.mark.parametrize("linkable", [True, False])
def test_programs_in_a_closed_folder_run_from_a_copy(
    linkable: bool, tmp_path: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(open_folder))
    account = unprivileged()
    assert account is not None
    closed = tmp_path / "closed"
    home = find(None).bin_dir.parent
    for part in ("bin", "lib"):
        shutil.copytree(home / part, closed / "wheel" / "pginstall" / part, symlinks=True)
    closed.chmod(0o700)
    original = closed / "wheel" / "pginstall" / "bin"
    if not linkable:

        def refuse(source: str, target: str) -> None:
            raise OSError("cross-device link")

        monkeypatch.setattr(os, "link", refuse)
    found = find(original)
    copy = runnable_by(account, found)
    said = subprocess.run(
        [copy.program("postgres"), "--version"],
        env=copy.environment(),
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
        **step_down(account),
    ).stdout
    assert found.version in said
    assert closed.stat().st_mode & 0o777 == 0o700
    same = copy.program("postgres").samefile(original / "postgres")
    assert same == (linkable and closed.stat().st_dev == open_folder.stat().st_dev)


@needs_root
def test_unreadable_file_is_copied_and_the_original_left_alone(open_folder: Path) -> None:
    source, target = open_folder / "source", open_folder / "target"
    source.touch()
    source.chmod(0o700)
    binaries._link_file(str(source), str(target))
    assert source.stat().st_mode & 0o777 == 0o700
    assert target.stat().st_mode & 0o777 == 0o755


@posix
def test_place_is_short_enough_for_a_socket(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = open_folder / ("x" * 90)
    deep.mkdir()
    monkeypatch.setattr(place, "_candidates", lambda: iter([deep, open_folder]))
    assert place.choose(None) == open_folder


@posix
def test_place_without_any_folder_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "_candidates", lambda: iter([]))
    with pytest.raises(ServerUnavailableError, match="TMPDIR"):
        place.choose(None)
