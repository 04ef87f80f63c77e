from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from harness.database import Cluster, Database
from harness.errors import DatabaseError

pytestmark = pytest.mark.server
_WORKER = """
import sys
from harness.database import Cluster
built = []
def build(database):
    built.append(1)
    with database.connect() as connection:
        connection.execute("SELECT pg_sleep(0.2)")
        connection.execute("CREATE TABLE t ()")
with Cluster(sys.argv[1]) as cluster:
    template = cluster.template("shared", build)
    with cluster.clone(template).connect() as connection:
        connection.execute("SELECT * FROM t")
    print(len(built), template.name, flush=True)
    sys.stdin.readline()
"""


def _make_table(database: Database) -> None:
    with database.connect() as connection:
        connection.execute("CREATE TABLE t ()")


def _never(database: Database) -> None:
    raise AssertionError("built again")


def test_template_is_built_once_and_cloned_often(cluster: Cluster) -> None:
    template = cluster.template("key", _make_table)
    assert cluster.template("key", _never) == template
    for _ in range(2):
        with cluster.clone(template).connect() as connection:
            connection.execute("SELECT * FROM t")


def test_other_content_is_another_template(cluster: Cluster) -> None:
    one = cluster.template("one", _make_table)
    assert cluster.template("two", _make_table).name != one.name


def test_second_process_does_not_wait_for_the_first_to_end(cluster: Cluster, dsn: str) -> None:
    template = cluster.template("key", _make_table)
    with Cluster(dsn) as other:
        assert other.template("key", _never) == template
        other.clone(template)


def test_template_outlives_the_process_that_built_it(dsn: str) -> None:
    with Cluster(dsn) as second:
        with Cluster(dsn) as first:
            template = first.template("key", _make_table)
            second.template("key", _never)
        second.clone(template)
    with Cluster(dsn) as third, pytest.raises(DatabaseError, match="does not exist"):
        third.clone(template)


def test_nobody_can_enter_a_template(cluster: Cluster) -> None:
    template = cluster.template("key", _make_table)
    with pytest.raises(DatabaseError, match="not currently accepting connections"):
        template.connect()


def test_half_built_template_is_built_again(cluster: Cluster) -> None:
    def fail(database: Database) -> None:
        _make_table(database)
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        cluster.template("key", fail)
    with cluster.clone(cluster.template("key", _make_table)).connect() as connection:
        connection.execute("SELECT * FROM t")


def test_workers_that_ask_at_once_get_one_template(dsn: str) -> None:
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", _WORKER, dsn],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(3)
    ]
    said = []
    for worker in workers:
        assert worker.stdout is not None
        said.append(worker.stdout.readline().split())
    for worker in workers:
        worker.communicate("go\n", timeout=30)
        assert worker.returncode == 0
    assert sorted(int(built) for built, _ in said) == [0, 0, 1]
    assert len({name for _, name in said}) == 1
