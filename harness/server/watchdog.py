"""Keep one throw-away server, and take it away when whoever asked for it is gone.

A program of its own, started as `python -I -S watchdog.py` in its own session, with nothing but
the standard library: it must survive Ctrl-C and a kill -9 of its parent. One JSON line comes in,
one goes out; then anything on standard input, its end included, means stop. Whichever way the
parent leaves, the operating system closes that pipe: there is one way out, not one per cause.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

OWNER_FILE = "owner"
_QUIT_S = 8.0
_TAIL_BYTES = 4000
_REMOVAL_ATTEMPTS = 50
_REMOVAL_PAUSE_S = 0.1


def main() -> None:
    """Read the order, carry it out, wait for the word to stop, leave nothing behind."""
    line = sys.stdin.readline()
    if not line:
        return  # whoever started us is gone already
    order = json.loads(line)
    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _leave)
    if "finally" in order:
        _stand_by(order["finally"])
    else:
        _keep_server(order)


def _stand_by(command: list[str]) -> None:
    """Run `command` at the end: what takes away a server that we have not started ourselves."""
    try:
        _say(ready=True)
        sys.stdin.readline()
    finally:
        _ignore_signals()
        subprocess.run(command, check=False, stdin=subprocess.DEVNULL)


def _keep_server(order: dict[str, Any]) -> None:
    folder: Path | None = None
    server: subprocess.Popen[bytes] | None = None
    try:
        folder = Path(tempfile.mkdtemp(prefix=order["prefix"], dir=order["parent"]))
        lock = _lock(folder)
        server = _start(order, folder)
        _say(folder=str(folder), pid=server.pid)
        threading.Thread(target=_stop_on_word, args=(server,), daemon=True).start()
        code = server.wait()
        _say(exited=code, log=_tail(folder / "log"))
        lock.close()
    except OSError as error:
        _say(error=str(error))
    finally:
        _ignore_signals()
        if server is not None:
            _stop(server)
        if folder is not None:
            _remove(folder)


def _lock(folder: Path) -> Any:
    """Hold a lock as long as we live: it tells a later run that the folder is not abandoned.

    A number of a process would not: numbers are used again, and a container has its own.
    """
    pending = folder / f"{OWNER_FILE}.pending"
    file = pending.open("w", encoding="ascii")
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415  # does not exist on Windows

        fcntl.flock(file, fcntl.LOCK_EX)
        pending.rename(folder / OWNER_FILE)  # never seen without its lock
    return file


def _start(order: dict[str, Any], folder: Path) -> subprocess.Popen[bytes]:
    data, socket = folder / "data", folder / "s"
    shutil.copytree(order["pristine"], data, symlinks=True)
    data.chmod(0o700)
    socket.mkdir(mode=0o700)
    who: dict[str, Any] = {}
    if order["account"] is not None:
        uid, gid = order["account"]
        who = {"user": uid, "group": gid, "extra_groups": []}
        folder.chmod(0o711)
        for path in (data, socket, *data.rglob("*")):
            os.chown(path, uid, gid)
    argv = [word.replace("{folder}", str(folder)) for word in order["argv"]]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            argv,
            env=order["environment"],
            cwd="/" if os.name == "posix" else None,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            **who,
        )


def _stop_on_word(server: subprocess.Popen[bytes]) -> None:
    sys.stdin.readline()
    _stop(server)


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Stop at once: nothing in the data folder is worth a checkpoint."""
    if server.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            server.send_signal(getattr(signal, "SIGQUIT", signal.SIGTERM))
        try:
            server.wait(_QUIT_S)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _remove(folder: Path) -> None:
    """Remove the folder; a last child of the server may still be writing into it."""
    for _ in range(_REMOVAL_ATTEMPTS):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(_REMOVAL_PAUSE_S)


def _tail(log: Path) -> str:
    return log.read_bytes()[-_TAIL_BYTES:].decode(errors="replace")


def _say(**words: Any) -> None:
    """Answer, unless nobody listens any more."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.write(json.dumps(words) + "\n")
        sys.stdout.flush()


def _leave(number: int, _frame: Any) -> None:
    raise SystemExit(128 + number)


def _ignore_signals() -> None:
    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


if __name__ == "__main__":
    main()
