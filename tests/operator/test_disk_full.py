"""A disk that fills up in mid-file: the file fails whole, and succeeds once there is room."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.database import Cluster
from harness.operator import Psql
from harness.plan import read_plan
from harness.server import ServerChoice, running
from harness.server.account import unprivileged
from tests.operator.site import OWNER, Site
from tests.real_tree import ROOT
from tests.trees.builder import File, migration, write_tree

ROWS = "SELECT n AS id, repeat('x', 500) AS body FROM generate_series(1, 20000) AS n"
IN_ONE = migration("V100001", f"CREATE TABLE notes TABLESPACE small AS {ROWS}", "DROP TABLE notes")
IN_STEPS = migration(
    "V100001",
    "DROP INDEX CONCURRENTLY IF EXISTS notes_body;\n"
    "CREATE INDEX CONCURRENTLY notes_body ON notes (body, id) TABLESPACE small",
    "DROP INDEX CONCURRENTLY IF EXISTS notes_body",
)


@pytest.fixture
def disk() -> Iterator[Path]:
    """Provide a disk of 2 MB for a server of our own."""
    folder = Path(tempfile.mkdtemp(prefix="kvh-test-"))
    account = unprivileged()
    owner = f",uid={account.uid},gid={account.gid}" if account else ""
    if not mount(folder, f"size=2m,mode=0700{owner}"):
        folder.rmdir()
        pytest.skip("no small tmpfs can be mounted here: that needs root with CAP_SYS_ADMIN")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)
    shutil.rmtree(folder, ignore_errors=True)


def mount(folder: Path, options: str) -> bool:
    try:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder],
            capture_output=True,
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0


@pytest.mark.server
@pytest.mark.parametrize("file", [IN_ONE, IN_STEPS], ids=["a transaction", "a concurrent build"])
def test_a_full_disk(file: File, disk: Path, psql: Psql, tmp_path: Path) -> None:
    plan = read_plan(write_tree(tmp_path / "db", file).path)[0]
    with running(ServerChoice(pg="embedded")) as server, Cluster(server.dsn) as cluster:
        cluster.ensure_roles(read_plan(ROOT)[0].roles)
        here = Site(plan=plan, database=cluster.create(OWNER), psql=psql)
        with here.database.connect() as connection:
            connection.execute(f"CREATE TABLESPACE small LOCATION '{disk}'".encode())
            connection.execute(f"GRANT CREATE ON TABLESPACE small TO {OWNER}".encode())
        if file is IN_STEPS:
            with here.database.connect(OWNER) as connection:
                connection.execute(f"CREATE TABLE notes AS {ROWS}".encode())
        ran = here.apply()
        assert ran.code == 3
        assert any("No space left on device" in line for line in ran.err)
        assert here.history() == [("V100001", "started"), ("V100001", "failed")]
        assert mount(disk, "remount,size=64m")
        assert here.apply().code == 0
        assert here.states() == {"V100001": "applied"}
        assert here.rows("SELECT count(*) FROM pg_index WHERE NOT indisvalid") == [(0,)]
        cluster.drop(here.database)
