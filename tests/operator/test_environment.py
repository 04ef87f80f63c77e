"""No database, no psql, no right to act: one sentence for each, and no secret in any of them."""

from __future__ import annotations

import os
import secrets
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from harness.database import Cluster
from harness.errors import ServerUnavailableError, UsageError
from harness.operator import Psql, Verb, applying, find_psql, read_connection
from tests.operator.conftest import MakeSite
from tests.operator.site import GATE, OWNER, SCRIPTS, Site, until
from tests.trees.builder import migration

SECRET = "s3cr3t-pa55"
A = migration("V100001", "CREATE TABLE a (id int)", "DROP TABLE a", slug="a")
AT_GATE = migration(
    "V100001",
    f"SET LOCAL lock_timeout = '60s';\nSELECT pg_advisory_xact_lock({GATE})",
    "SELECT 1",
    slug="gate",
)


def said_of(here: Site, url: str) -> str:
    """Run against a URL and return the one sentence that comes of it."""
    operator = replace(here.operator(), connection=read_connection(url))
    heard: list[str] = []
    with pytest.raises(ServerUnavailableError) as caught:
        operator.run(Verb.APPLY, applying(here.plan), lambda _, line: heard.append(line))
    assert heard == []
    said = str(caught.value)
    assert "\n" not in said
    assert SECRET not in said
    return said


def test_a_refused_connection_is_one_sentence(site: MakeSite) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        said = said_of(site(A), f"postgresql://me:{SECRET}@127.0.0.1:{port}/clinic")
    assert said.startswith("psql cannot reach clinic on 127.0.0.1: connection to server at")
    assert "Connection refused" in said
    assert said.endswith("check DATABASE_URL")


def test_an_unknown_database_is_one_sentence(site: MakeSite) -> None:
    here = site(A)
    dsn = make_conninfo(here.database.dsn, dbname="nowhere_at_all")
    assert 'database "nowhere_at_all" does not exist' in said_of(here, dsn)


@contextmanager
def refusing_server() -> Iterator[tuple[int, threading.Event]]:
    """Speak PostgreSQL's protocol so far as to ask for a password, wait, and refuse it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        told = threading.Event()

        def serve() -> None:
            peer, _ = listening.accept()
            with peer:
                while struct.unpack("!I", peer.recv(4))[0] == 8:  # asks for encryption
                    peer.recv(4)
                    peer.sendall(b"N")
                peer.recv(4096)
                peer.sendall(b"R" + struct.pack("!II", 8, 3))  # a password in clear text
                peer.recv(4096)
                told.wait(20)
                fields = b'SFATAL\0C28P01\0Mpassword authentication failed for user "me"\0\0'
                peer.sendall(b"E" + struct.pack("!I", len(fields) + 4) + fields)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1], told
        told.set()
        thread.join(20)


def test_a_wrong_password_is_one_sentence(site: MakeSite) -> None:
    with refusing_server() as (port, told):
        told.set()
        said = said_of(site(A), f"postgresql://me:{SECRET}@127.0.0.1:{port}/clinic?sslmode=disable")
    assert 'password authentication failed for user "me"' in said


def test_a_missing_password_is_not_asked_for(site: MakeSite) -> None:
    with refusing_server() as (port, _):
        said = said_of(site(A), f"postgresql://me@127.0.0.1:{port}/clinic?sslmode=disable")
    assert "no password supplied" in said


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc to list processes")
def test_no_process_shows_the_password(site: MakeSite, login: str) -> None:
    here = site(AT_GATE)
    with here.database.connect() as opened:
        opened.execute(f"ALTER ROLE {login} SUPERUSER".encode())
    dsn = make_conninfo(here.database.dsn, user=login, password=SECRET, keepalives=1)
    connection = read_connection(dsn)
    operator = replace(here.operator(), connection=connection)
    ended: list[int] = []
    with here.closed_gate():
        thread = threading.Thread(
            target=lambda: ended.append(
                operator.run(Verb.APPLY, applying(here.plan), lambda *_: None).exit_code
            )
        )
        thread.start()
        until(lambda: here.waiting("advisory"))
        shown = [each for each in command_lines() if here.psql.path.name in each]
        assert any("keepalives=" in each for each in shown)
        assert [each for each in command_lines() if SECRET in each] == []
    thread.join(20)
    assert ended == [0]


def command_lines() -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(process.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue  # has ended meanwhile
    return found


@pytest.fixture
def login(cluster: Cluster) -> Iterator[str]:
    """Provide a login of its own, as an administrator of a managed service has one."""
    name = f"kvh_operator_{secrets.token_hex(4)}"  # another worker may have one on the same server
    with psycopg.connect(cluster.dsn, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{SECRET}'".encode())
        yield name
        connection.execute(f"DROP ROLE {name}".encode())


def test_a_login_that_may_not_act_as_the_owner(site: MakeSite, login: str) -> None:
    here = as_login(site(A), login)
    ran = here.apply()
    assert ran.code == 3
    assert f"o login {login} não pode agir como korevitta_owner" in ran.err[-1]


def test_a_member_acts_as_the_owner_and_is_named_in_the_ledger(site: MakeSite, login: str) -> None:
    here = site(A)
    with here.database.connect() as connection:
        connection.execute(f"GRANT {OWNER} TO {login} WITH INHERIT FALSE, SET TRUE".encode())
    assert as_login(here, login).apply().code == 0
    assert here.rows("SELECT DISTINCT by_role FROM migration.history") == [(login,)]
    owner = "SELECT relowner::regrole::text FROM pg_class WHERE relname IN ('a', 'history')"
    assert here.rows(owner) == [(OWNER,)] * 2


def as_login(here: Site, login: str) -> Site:
    dsn = make_conninfo(here.database.dsn, user=login, password=SECRET)
    return replace(here, database=replace(here.database, dsn=dsn))


@pytest.mark.parametrize(
    ("owner", "said"),
    [
        ("nobody_at_all", "o papel nobody_at_all não existe neste servidor"),
        ("korevitta_app", "korevitta_app não pode criar schemas em kvh_"),
    ],
)
def test_an_owner_that_cannot_own(site: MakeSite, owner: str, said: str) -> None:
    ran = site(A).apply(owner=owner)
    assert ran.code == 3
    assert said in ran.err[-1]


def test_nothing_is_born_of_a_superuser(site: MakeSite) -> None:
    here = site(A)
    ((login,),) = here.rows("SELECT session_user::text")
    ran = here.apply(owner=login)
    assert ran.code == 3
    assert f"o papel {login} é superusuário, e nada pode nascer dele" in ran.err[-1]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "psql"
    path.write_text("#!/bin/sh\necho 'psql (PostgreSQL) 14.2 (Debian 14.2-1)'\n")
    path.chmod(0o755)
    return path


posix = pytest.mark.skipif(sys.platform == "win32", reason="a program of a test is a shell script")


@posix
def test_a_configured_psql_that_is_too_old_is_refused(program: Path) -> None:
    with pytest.raises(UsageError) as caught:
        find_psql(str(program), os.environ)
    assert str(caught.value) == (
        f"PSQL_PATH names {program}, which is version 14: give a psql 15 or newer"
    )


@posix
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "does not exist"),
        ("#!/bin/sh\nexit 3\n", "does not run here"),
        ("#!/bin/sh\necho hello\n", "is no psql"),
    ],
)
def test_a_configured_psql_that_is_none(program: Path, content: str | None, said: str) -> None:
    if content is None:
        program.unlink()
    else:
        program.write_text(content)
    with pytest.raises(UsageError, match=said):
        find_psql(str(program), os.environ)


@posix
def test_an_old_psql_on_the_path_gives_way_to_the_wheels(program: Path) -> None:
    found = find_psql(None, {"PATH": str(program.parent)})
    assert found.path != program
    assert found.version >= 15


@posix
def test_no_psql_at_all_is_one_sentence(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.operator.psql._WHEELS", ())
    with pytest.raises(UsageError) as caught:
        find_psql(None, {"PATH": "/nowhere"})
    assert str(caught.value) == (
        "no psql 15 or newer was found (none is on the PATH, nor in an installed wheel): install"
        " PostgreSQL's client, or set PSQL_PATH"
    )
    with pytest.raises(UsageError, match="psql is version 14"):
        find_psql(None, {"PATH": str(program.parent)})


def test_a_folder_without_scripts_is_one_sentence(site: MakeSite, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no apply\.psql"):
        site(A).operator(scripts=tmp_path)


def test_every_script_is_included_from_any_folder(site: MakeSite, tmp_path: Path) -> None:
    """The interface that PowerShell uses: several files in one process, from anywhere."""
    here = site(A, migration("V100002", "CREATE TABLE b (id int)", "DROP TABLE b", slug="b"))
    command = [str(here.psql.path), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", here.database.dsn]
    previous = ""
    for each in here.plan.migrations:
        command += [
            "-c",
            f"\\set file '{each.path.as_posix()}'",
            "-c",
            f"\\set previous '{previous}'",
        ]
        command += ["-f", str(SCRIPTS / "apply.psql")]
        previous = each.version
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=here.psql.environment(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert here.states() == {"V100001": "applied", "V100002": "applied"}


def test_a_wheels_psql_works_as_well(site: MakeSite) -> None:
    found: Psql = find_psql(None, {"PATH": "/nowhere"})
    here = replace(site(A), psql=found)
    assert here.apply().code == 0
