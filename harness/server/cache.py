"""Folders that outlive a run, each built once and never seen half-built."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from harness.errors import ServerUnavailableError
from harness.server.account import Account

_NAME = "korevitta-db"
_BUILDING = ".building-"
_ABANDONED_S = 3600.0
_UNUSED_S = 30 * 24 * 3600.0
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def build_once(name: str, build: Callable[[Path], None], *, account: Account | None) -> Path:
    """Return the cached folder `name`, calling `build` with an empty one where there is none.

    Safe under concurrent runs: each builds aside and the first rename wins. `account` is who must
    be able to enter it, where that is not us.
    """
    cache = _folder(account)
    finished = cache / name
    if finished.is_dir():
        os.utime(finished)  # a folder that is used is kept
        return finished
    _sweep(cache)
    aside = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=cache))
    try:
        build(aside)
        aside.rename(finished)
    except OSError:
        if not finished.is_dir():  # else another run was quicker, and its folder is as good
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return finished


def _folder(account: Account | None) -> Path:
    for folder in _candidates(account):
        try:
            folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        except OSError:
            continue
        if _is_ours(folder) and (account is None or account.can_enter(folder)):
            return folder
    raise ServerUnavailableError(
        "found no folder to keep PostgreSQL's initial files in: set XDG_CACHE_HOME to one that"
        " can be written"
    )


def _candidates(account: Account | None) -> Iterator[Path]:
    """List from the most lasting to the least; root's own home is closed to the account."""
    if home := os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA"):
        yield Path(home) / _NAME
    if account is not None:
        yield Path("/var/cache") / _NAME
    else:
        yield Path(os.path.expanduser("~")) / ".cache" / _NAME  # noqa: PTH111  # never raises
    user = "" if sys.platform == "win32" else f"-{os.geteuid()}"
    yield Path(tempfile.gettempdir()) / f"{_NAME}{user}"


def _is_ours(folder: Path) -> bool:
    """Refuse a folder in which somebody else could have put files for us to run."""
    if sys.platform == "win32":
        return os.access(folder, os.W_OK)
    status = folder.lstat()
    private = stat.S_ISDIR(status.st_mode) and not status.st_mode & _OTHERS_WRITE
    return private and status.st_uid == os.geteuid() and os.access(folder, os.W_OK)


def _sweep(cache: Path) -> None:
    """Remove what a killed run was building, and what nobody has used for long."""
    for folder in cache.iterdir():
        limit = _ABANDONED_S if folder.name.startswith(_BUILDING) else _UNUSED_S
        try:
            expired = time.time() - folder.stat().st_mtime > limit
        except OSError:
            continue  # somebody else is sweeping too
        if expired:
            shutil.rmtree(folder, ignore_errors=True)
