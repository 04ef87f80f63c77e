from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.database import Cluster
from harness.errors import ServerLostError
from harness.server import RunningServer, ServerChoice, start

pytestmark = pytest.mark.server


@pytest.fixture
def mortal() -> Iterator[RunningServer]:
    server = start(ServerChoice(pg="embedded"))
    yield server
    server.stop()


def test_losing_the_server_is_one_sentence(mortal: RunningServer) -> None:
    cluster = Cluster(mortal.server.dsn)
    database = cluster.create()
    mortal.stop()
    with pytest.raises(ServerLostError, match="gone in mid-run") as caught:
        cluster.create()
    assert "\n" not in str(caught.value)
    with pytest.raises(ServerLostError, match="gone in mid-run"):
        database.connect()
    cluster.close()
    cluster.close()


def test_losing_the_server_in_a_block_is_said_once(mortal: RunningServer) -> None:
    def run() -> None:
        with Cluster(mortal.server.dsn) as cluster:
            cluster.create()
            mortal.stop()
            cluster.create()

    with pytest.raises(ServerLostError) as caught:
        run()
    assert caught.value.__context__ is caught.value.__cause__


def test_builder_of_a_template_that_loses_the_server(mortal: RunningServer) -> None:
    with Cluster(mortal.server.dsn) as cluster, pytest.raises(ServerLostError):
        cluster.template("key", lambda database: mortal.stop())


def test_cluster_that_never_spoke_closes_without_a_server(mortal: RunningServer) -> None:
    mortal.stop()
    Cluster(mortal.server.dsn).close()
