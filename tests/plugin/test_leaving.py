"""However a run ends, no process and no folder of its server is left."""

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
from typing import TypeVar

import psycopg
import pytest

from tests.plugin.conftest import CORE
from tests.trees import migration, write_tree

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks into /proc"),
]

WITHIN_S = 60.0
"""Generous: the machine may be busy. What is waited for is there after a second or two."""

GO = "korevitta-test-go"

SLOW = migration(
    "V100001",
    f"""
    -- Espera até que alguém se apresente no servidor com o nome combinado.
    DO $$
    BEGIN
        WHILE NOT EXISTS (
            SELECT FROM pg_catalog.pg_stat_activity AS a WHERE a.application_name = '{GO}'
        ) LOOP
            PERFORM pg_catalog.pg_sleep(0.05);
            PERFORM pg_catalog.pg_stat_clear_snapshot();
        END LOOP;
    END
    $$;

    CREATE TABLE public.notes (id bigint PRIMARY KEY);
    """,
    "DROP TABLE public.notes;",
)

Seen = TypeVar("Seen")


class Run:
    """A run of pytest whose migration waits, and the server that it has started."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.folder = eventually(lambda: _server_folder(process.pid))
        self.dsn = f"host={self.folder}/s port=5432 user=postgres dbname=postgres"

    def waiting_database(self) -> str | None:
        """Name a database in which a migration waits; the name tells the process's number."""
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.dsn) as session:
            row = session.execute(
                "SELECT datname FROM pg_catalog.pg_stat_activity"
                " WHERE state = 'active' AND query LIKE '%%pg_sleep(0.05)%%'"
                " AND pid <> pg_catalog.pg_backend_pid()"
            ).fetchone()
            return row[0] if row is not None else None
        return None

    def is_gone(self) -> bool:
        return not self.folder.exists() and not _processes_of(self.folder)


@contextmanager
def started(tmp_path: Path, *arguments: str) -> Iterator[Run]:
    """Start a run and provide it once its migration waits."""
    write_tree(tmp_path / "db", SLOW)
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["harness.plugin"]\n')
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p no:hypothesispytest\n")
    repository = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", "db", "--pg", "embedded", *CORE, *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(repository)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            run = Run(process)
            eventually(run.waiting_database)
            yield run
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def eventually(look: Callable[[], Seen | None]) -> Seen:
    """Look until something is seen."""
    deadline = time.monotonic() + WITHIN_S
    while not (seen := look()):
        assert time.monotonic() < deadline, f"waited {WITHIN_S:.0f} s in vain"
        time.sleep(0.05)
    return seen


def _server_folder(run: int) -> Path | None:
    """Find the folder of the server that a run's watchdog has started."""
    for pid in _children(run):
        for server in _children(pid):
            words = _read(server, "cmdline").split("\0")
            if "-D" in words:
                return Path(words[words.index("-D") + 1]).parent
    return None


def _children(parent: int) -> Iterator[int]:
    for process in Path("/proc").glob("[0-9]*"):
        if f"\nPPid:\t{parent}\n" in _read(int(process.name), "status"):
            yield int(process.name)


def _processes_of(folder: Path) -> list[int]:
    numbers = (int(process.name) for process in Path("/proc").glob("[0-9]*"))
    return [each for each in numbers if str(folder) in _read(each, "cmdline")]


def _read(pid: int, name: str) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/{name}").read_text(errors="replace")
    return ""


def test_a_killed_worker_fails_its_item_and_leaves_nothing(tmp_path: Path) -> None:
    with started(tmp_path, "-n2", "--max-worker-restart=0") as run:
        database = eventually(run.waiting_database)
        os.kill(int(database.split("_")[1], 16), signal.SIGKILL)
        with psycopg.connect(run.dsn, application_name=GO):
            output, _ = run.process.communicate(timeout=WITHIN_S)
    assert run.process.returncode == 1, output
    assert "crashed" in output
    assert run.is_gone()


@pytest.mark.parametrize("workers", [(), ("-n2",)], ids=["alone", "workers"])
def test_ctrl_c_leaves_nothing(tmp_path: Path, workers: tuple[str, ...]) -> None:
    with started(tmp_path, *workers) as run:
        os.killpg(run.process.pid, signal.SIGINT)
        output, _ = run.process.communicate(timeout=WITHIN_S)
    assert run.process.returncode == pytest.ExitCode.INTERRUPTED, output
    assert run.is_gone()


@pytest.mark.parametrize("workers", [(), ("-n2",)], ids=["alone", "workers"])
def test_sigterm_leaves_nothing(tmp_path: Path, workers: tuple[str, ...]) -> None:
    with started(tmp_path, *workers) as run:
        run.process.terminate()
        output, _ = run.process.communicate(timeout=WITHIN_S)
    assert run.process.returncode == 128 + signal.SIGTERM, output
    assert run.is_gone()


def test_kill_9_of_the_run_leaves_nothing(tmp_path: Path) -> None:
    with started(tmp_path) as run:
        run.process.kill()
        eventually(run.is_gone)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_linter_outlives_its_run_nor_complains(tmp_path: Path, sent: signal.Signals) -> None:
    chosen = ["backend/db", "-k", "sqlfluff", "-o", f"cache_dir={tmp_path}"]
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", *chosen],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as run:
        linters = eventually(lambda: [each for each in _children(run.pid) if _lints(each)])
        time.sleep(0.5)  # sqlfluff is imported; with few cores there is much left to do
        run.send_signal(sent)
        said, _ = run.communicate(timeout=WITHIN_S)
    eventually(lambda: not any(map(_lints, linters)))
    assert run.returncode != 0
    assert "Traceback" not in said


def _lints(pid: int) -> bool:
    return "static/lint.py" in _read(pid, "cmdline")
