"""Every way out of a run takes the server's processes and its folder away."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from harness.server import Server, ServerChoice, place, running

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks into /proc"),
]
_WITHIN_S = 10.0
_CONTROLLER = """
import os, sys, time
from harness.server import ServerChoice, running, stop_on_signals
with stop_on_signals(), running(ServerChoice(pg="embedded")) as server:
    print(server.dsn, flush=True)
    {then}
"""


@contextmanager
def _controller(then: str) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Run a controller of its own; provide it and its server's folder."""
    with subprocess.Popen(
        [sys.executable, "-c", _CONTROLLER.format(then=then)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        start_new_session=True,
    ) as controller:
        assert controller.stdout is not None
        dsn = controller.stdout.readline().strip()
        try:
            yield controller, Path(str(conninfo_to_dict(dsn)["host"])).parent
        finally:
            controller.kill()


def _processes_of(folder: Path) -> list[str]:
    """List the processes that name `folder` or work in it, watchdog and backends included."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        command = home = ""
        with contextlib.suppress(OSError):  # it has ended, or is closed to us
            command = (process / "cmdline").read_text(errors="replace")
            home = str((process / "cwd").readlink())
        if str(folder) in command or home.startswith(str(folder)):
            found.append(f"{process.name}: {command!r} in {home!r}")
    return found


def _eventually(happened: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + _WITHIN_S
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _is_clean(folder: Path) -> bool:
    return not folder.exists() and not _processes_of(folder)


def test_processes_are_seen_while_the_server_runs() -> None:
    """The oracle of this file would also be content with seeing nothing at all."""
    with _controller("time.sleep(60)") as (_, folder):
        assert folder.is_dir()
        assert _processes_of(folder)


def test_shared_memory_is_part_of_the_folder() -> None:
    """Segments of their own in /dev/shm would stay behind after a kill -9 of the server."""
    with _controller("time.sleep(60)") as (_, folder):
        pid = (folder / "data" / "postmaster.pid").read_text().split()[0]
        mapped = Path(f"/proc/{pid}/maps").read_text()
        assert "/dev/shm/PostgreSQL." not in mapped
        assert f"{folder}/data/pg_dynshmem/" in mapped


def test_kill_9_of_the_controller() -> None:
    with _controller("time.sleep(60)") as (controller, folder):
        controller.send_signal(signal.SIGKILL)
        assert _eventually(lambda: _is_clean(folder))


def test_kill_9_of_the_whole_process_group() -> None:
    with _controller("time.sleep(60)") as (controller, folder):
        os.killpg(controller.pid, signal.SIGKILL)
        assert _eventually(lambda: _is_clean(folder))


def test_kill_9_in_mid_query_with_open_sessions() -> None:
    then = (
        "import psycopg; c = [psycopg.connect(server.dsn, autocommit=True) for _ in range(3)];"
        " print('ready', flush=True); c[0].execute('SELECT pg_sleep(60)')"
    )
    with _controller(then) as (controller, folder):
        assert controller.stdout is not None
        controller.stdout.readline()
        controller.send_signal(signal.SIGKILL)
        assert _eventually(lambda: _is_clean(folder))


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, 128 + signal.SIGTERM), (signal.SIGHUP, 128 + signal.SIGHUP)],
)
def test_asked_to_end_the_controller_cleans_up_before_it_ends(number: int, code: int) -> None:
    with _controller("time.sleep(60)") as (controller, folder):
        controller.send_signal(number)
        assert controller.wait(_WITHIN_S) == code
        assert _is_clean(folder)


def test_ctrl_c_cleans_up_before_the_controller_ends() -> None:
    with _controller("sys.excepthook = lambda *_: None; time.sleep(60)") as (controller, folder):
        time.sleep(0.2)
        controller.send_signal(signal.SIGINT)
        assert controller.wait(_WITHIN_S) != 0
        assert _is_clean(folder)


def test_os_exit_of_the_controller() -> None:
    with _controller("os._exit(3)") as (controller, folder):
        assert controller.wait(_WITHIN_S) == 3
        assert _eventually(lambda: _is_clean(folder))


def test_server_that_ends_by_itself_leaves_no_folder() -> None:
    with _controller("time.sleep(60)") as (_, folder):
        pid = (folder / "data" / "postmaster.pid").read_text().split()[0]
        os.kill(int(pid), signal.SIGKILL)
        assert _eventually(lambda: _is_clean(folder))


def _watchdog_of(server: Server) -> tuple[int, Path]:
    folder = Path(str(conninfo_to_dict(server.dsn)["host"])).parent
    pid = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("PPid:")[1].split()[0]), folder


def test_sigterm_to_the_watchdog_stops_the_server() -> None:
    with running(ServerChoice(pg="embedded")) as server:
        watchdog, folder = _watchdog_of(server)
        os.kill(watchdog, signal.SIGTERM)
        assert _eventually(lambda: _is_clean(folder))


def test_what_a_killed_watchdog_left_is_swept() -> None:
    with running(ServerChoice(pg="embedded")) as server:
        watchdog, folder = _watchdog_of(server)
        os.kill(watchdog, signal.SIGKILL)
        with psycopg.connect(server.dsn) as connection:  # nobody watches it, yet it runs
            connection.execute("SELECT 1")
        place.sweep()
        assert _eventually(lambda: _is_clean(folder))


def test_sweep_leaves_a_living_server_alone(server: Server) -> None:
    place.sweep()
    with psycopg.connect(server.dsn) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_sweep_leaves_foreign_and_fresh_folders_alone(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "_candidates", lambda: iter([open_folder]))
    fresh, old, other = (open_folder / name for name in ("kvh-pg-new", "kvh-pg-old", "other-old"))
    for folder in (fresh, old, other):
        folder.mkdir()
    for folder in (old, other):
        os.utime(folder, (0, 0))
    place.sweep()
    assert [folder.exists() for folder in (fresh, old, other)] == [True, False, True]
