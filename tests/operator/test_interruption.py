"""A psql or a server that is killed in mid-file: the same command, repeated, ends what it began."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from harness.database import Cluster, Database
from harness.errors import HarnessError, ServerLostError
from harness.operator import Psql, Verb
from harness.plan import Plan, read_plan
from harness.server import RunningServer, ServerChoice, start
from tests.operator.conftest import MakeSite
from tests.operator.site import GATE, OWNER, Site, until
from tests.trees.builder import File, migration, write_tree

NOTES = migration("V100001", "CREATE TABLE notes (id int)", "DROP TABLE notes", slug="notes")
AT_GATE = migration(
    "V100002",
    "SET LOCAL lock_timeout = '60s';\nCREATE TABLE tags (id int);\n"
    f"SELECT pg_advisory_xact_lock({GATE})",
    "DROP TABLE tags",
    slug="tags",
)
INDEX = migration(
    "V100002",
    "SET lock_timeout = '60s';\nDROP INDEX CONCURRENTLY IF EXISTS notes_id;\n"
    "CREATE INDEX CONCURRENTLY notes_id ON notes (id)",
    "DROP INDEX CONCURRENTLY IF EXISTS notes_id",
    slug="index",
)
LAST = migration("V100003", "CREATE TABLE last (id int)", "DROP TABLE last", slug="last")


def killed(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_killed_psql_in_a_transaction(site: MakeSite) -> None:
    here = site(NOTES, AT_GATE, LAST)
    here.apply("V100001")
    with here.closed_gate():
        process = here.start(Verb.APPLY, "V100002")
        until(lambda: here.waiting("advisory"))
        assert here.states()["V100002"] == "started"
        killed(process)
        until(lambda: not here.waiting("advisory"))  # the server notices that nobody listens
    assert here.apply().code == 0
    assert here.states() == {"V100001": "applied", "V100002": "applied", "V100003": "applied"}
    assert here.history()[2:6] == [
        ("V100002", "started"),
        ("V100002", "failed"),
        ("V100002", "started"),
        ("V100002", "applied"),
    ]
    (detail,) = here.rows("SELECT detail FROM migration.history WHERE action = 'failed'")
    assert detail[0].startswith("interrompida")


def test_a_killed_psql_whose_server_works_on_is_waited_for(site: MakeSite) -> None:
    here = site(NOTES, AT_GATE)
    here.apply("V100001")
    with here.closed_gate() as gate:
        process = here.start(Verb.APPLY, "V100002")
        until(lambda: here.waiting("advisory"))
        killed(process)
        second = here.start(Verb.APPLY, "V100002")  # while the first may still hold the lock
        until(lambda: len(here.rows("TABLE migration.history")) >= 4)
        gate.execute("SELECT pg_advisory_unlock_all()")
        second.communicate()
    assert second.returncode == 0
    assert here.history()[2:] == [
        ("V100002", "started"),
        ("V100002", "failed"),
        ("V100002", "started"),
        ("V100002", "applied"),
    ]


def test_a_killed_psql_in_a_concurrent_build(site: MakeSite) -> None:
    here = site(NOTES, INDEX, LAST)
    here.apply("V100001")
    with here.database.connect(autocommit=False) as writer:
        writer.execute("INSERT INTO notes VALUES (1)")
        process = here.start(Verb.APPLY, "V100002")
        until(lambda: here.waiting("CREATE INDEX CONCURRENTLY"))
        killed(process)
        until(lambda: not here.waiting("CREATE INDEX CONCURRENTLY"))
        writer.commit()
    assert here.rows("SELECT indisvalid FROM pg_index WHERE indexrelid = 'notes_id'::regclass") == [
        (False,)
    ]
    assert here.apply().code == 0
    assert here.states() == {"V100001": "applied", "V100002": "applied", "V100003": "applied"}
    assert here.rows("SELECT indisvalid FROM pg_index WHERE indexrelid = 'notes_id'::regclass") == [
        (True,)
    ]


def test_what_stopped_half_way_stands_in_the_way_of_others(site: MakeSite) -> None:
    half = "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON notes (id);\nCALL nowhere()"
    here = site(NOTES, migration("V100002", half, "DROP INDEX CONCURRENTLY IF EXISTS i"), LAST)
    ran = here.apply()
    assert ran.code == 3
    assert "parou no meio e não tem transação" in ran.err[-1]
    assert here.states()["V100002"] == "incomplete"
    assert "que parou no meio: repita migrations/" in here.apply_only("V100003").err[-1]
    assert "o banco ainda tem, depois de V100001, V100002" in here.undo("V100001").err[-1]
    assert here.undo("V100002", "V100001").code == 0
    assert here.states() == {"V100001": "rolled back", "V100002": "rolled back"}


def test_a_rollback_that_stopped_half_way_is_repeated_first(site: MakeSite) -> None:
    backward = "DROP INDEX CONCURRENTLY IF EXISTS i;\nCALL nowhere()"
    here = site(NOTES, migration("V100002", "CREATE INDEX i ON notes (id)", backward))
    here.apply()
    assert here.undo("V100002").code == 3
    assert here.states()["V100002"] == "incomplete"
    ran = here.apply()
    assert ran.code == 3
    assert "o rollback de V100002 parou no meio: repita rollback/" in ran.err[-1]
    path = here.plan.migrations[1].rollback_path
    assert path is not None
    path.write_text("DROP INDEX CONCURRENTLY IF EXISTS i;\n")
    assert here.undo("V100002").code == 0
    assert here.apply().code == 0


@pytest.fixture
def mortal() -> Iterator[RunningServer]:
    server = start(ServerChoice(pg="embedded"))
    yield server
    server.stop()


@pytest.fixture
def doomed(mortal: RunningServer, plan: Plan) -> Iterator[Database]:
    """Provide a database of a server that may be killed."""
    with Cluster(mortal.server.dsn) as cluster:
        cluster.ensure_roles(plan.roles)
        yield cluster.create(OWNER)


def crash(pid: int, other: psycopg.Connection) -> None:
    """Kill a process of the server: the others are ended too, and it recovers from its log."""
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(psycopg.OperationalError):
        until(lambda: other.execute("SELECT NULL").fetchone() == ())


def answers(database: Database) -> bool:
    try:
        with psycopg.connect(database.dsn) as connection:
            return connection.execute("SELECT true").fetchone() == (True,)
    except psycopg.OperationalError:
        return False


@pytest.mark.server
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
@pytest.mark.parametrize("stopped", [AT_GATE, INDEX], ids=["a transaction", "a concurrent build"])
def test_a_killed_server(stopped: File, doomed: Database, psql: Psql, tmp_path: Path) -> None:
    here = Site(plan=_plan(tmp_path, stopped), database=doomed, psql=psql)
    here.apply("V100001")
    gate = doomed.connect(autocommit=False)
    gate.execute("SELECT pg_advisory_lock(%s)", (GATE,))
    gate.execute("INSERT INTO notes VALUES (1)")
    process = here.start(Verb.APPLY, "V100002")
    (pid,) = until(lambda: here.waiting("advisory|CREATE INDEX"))
    crash(pid, gate)
    _, err = process.communicate()
    gate.close()
    until(lambda: answers(doomed))
    assert process.returncode == 2, err
    assert here.apply().code == 0
    assert here.states() == {"V100001": "applied", "V100002": "applied", "V100003": "applied"}
    invalid = "SELECT count(*) FROM pg_index WHERE NOT indisvalid"
    assert here.rows(invalid) == [(0,)]


def _plan(folder: Path, stopped: File) -> Plan:
    root = write_tree(folder / "db", NOTES, stopped, LAST)
    return read_plan(root.path)[0]


@pytest.mark.server
def test_a_server_that_stays_away_is_one_sentence(
    mortal: RunningServer, doomed: Database, psql: Psql, tmp_path: Path
) -> None:
    here = Site(plan=_plan(tmp_path, AT_GATE), database=doomed, psql=psql)
    here.apply("V100001")
    ended: list[HarnessError] = []
    with here.database.connect() as gate:
        gate.execute("SELECT pg_advisory_lock(%s)", (GATE,))

        def run() -> None:
            with pytest.raises(ServerLostError) as caught:
                here.apply()
            ended.append(caught.value)

        thread = threading.Thread(target=run)
        thread.start()
        until(lambda: here.waiting("advisory"))
        mortal.stop()
        thread.join(20)
    (error,) = ended
    assert "V100002__core__expand__tags.sql ran" in str(error)
    assert str(error).endswith("repeat the command, it goes on from there")
    assert "\n" not in str(error)
