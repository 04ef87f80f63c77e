"""Where a throw-away server keeps its files, and what earlier ones left there."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from harness.errors import ServerUnavailableError
from harness.server.account import Account
from harness.server.watchdog import OWNER_FILE

PREFIX = "kvh-pg-"
_ROOM_BYTES = 1 << 30
# sun_path holds 108 bytes on Linux, 104 on macOS and the BSDs, a NUL included.
_SOCKET_PATH = 103
_BELOW = f"/{PREFIX}xxxxxxxx/s/.s.PGSQL.5432"
_UNOWNED_S = 60.0


def choose(account: Account | None) -> Path:
    """Return the folder to work in: memory where there is enough of it, else the temporary folder.

    Raises `ServerUnavailableError` where none can be used.
    """
    for parent in _candidates():
        writable = parent.is_dir() and os.access(parent, os.W_OK | os.X_OK)
        short = len(os.fsencode(f"{parent}{_BELOW}")) <= _SOCKET_PATH
        if writable and short and (account is None or account.can_enter(parent)):
            return parent
    raise ServerUnavailableError(
        "found no folder for the server's files: set TMPDIR to a short path that can be written"
    )


def _candidates() -> Iterator[Path]:
    memory = Path("/dev/shm")  # noqa: S108
    if memory.is_dir() and shutil.disk_usage(memory).free >= _ROOM_BYTES:
        yield memory
    yield Path(tempfile.gettempdir()).resolve()
    yield Path("/tmp")  # noqa: S108


def sweep() -> None:
    """Remove what a power cut or a killed watchdog left: our folders that nobody owns any more."""
    if sys.platform == "win32":
        return  # the temporary folder is swept by the system
    for parent in set(_candidates()):
        for folder in parent.glob(f"{PREFIX}*"):
            try:
                if folder.lstat().st_uid == os.geteuid() and _is_abandoned(folder):
                    _stop_leftover(folder)
                    shutil.rmtree(folder, ignore_errors=True)
            except OSError:
                continue  # its own watchdog was quicker


def _is_abandoned(folder: Path) -> bool:
    import fcntl  # noqa: PLC0415  # does not exist on Windows

    try:
        owner = (folder / OWNER_FILE).open("rb")
    except FileNotFoundError:
        return time.time() - folder.stat().st_mtime > _UNOWNED_S
    with owner:
        try:
            fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _stop_leftover(folder: Path) -> None:
    """Stop the server that still runs on an abandoned folder; a number alone proves nothing."""
    try:
        pid = int((folder / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError, IndexError):
        return
    if os.fsencode(str(folder)) in command:
        os.kill(pid, signal.SIGQUIT)
        for _ in range(50):
            if not Path(f"/proc/{pid}").exists():
                return
            time.sleep(0.1)
