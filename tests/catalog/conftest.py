from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.database import Cluster
from harness.server import Server, ServerChoice, running
from tests.catalog.dumping import DUMPS_UP_TO


@pytest.fixture(scope="session")
def dumpable_cluster(postgres_server: Server) -> Iterator[Cluster]:
    """Return databases that our pg_dump can read: of the run's server, or of the wheel's own."""
    if int(postgres_server.version.split(".")[0]) <= DUMPS_UP_TO:
        with Cluster(postgres_server.dsn) as cluster:
            yield cluster
    else:
        with running(ServerChoice(pg="embedded")) as server, Cluster(server.dsn) as cluster:
            yield cluster
