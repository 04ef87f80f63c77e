from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.database import Cluster
from harness.server import ServerChoice, running


@pytest.fixture(scope="session")
def dsn() -> Iterator[str]:
    with running(ServerChoice.from_environment()) as server:
        yield server.dsn


@pytest.fixture
def cluster(dsn: str) -> Iterator[Cluster]:
    with Cluster(dsn) as cluster:
        yield cluster


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Provide a folder that the server's account can enter; pytest's own are closed to it."""
    folder = Path(tempfile.mkdtemp(prefix="kvh-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
