"""Mini-projects: a db root below a folder of pytester's, proven on the server of the outer run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from psycopg.conninfo import conninfo_to_dict

from harness.server import Server
from tests.trees import DbRoot
from tests.trees.builder import File, write_tree

Project = Callable[..., DbRoot]


def url_of(server: Server) -> str:
    """Turn a server's DSN into a URL, as `--pg` wants one."""
    parts = {name: str(value) for name, value in conninfo_to_dict(server.dsn).items()}
    database = quote(parts.pop("dbname"))
    return f"postgresql:///{database}?{urlencode(parts)}"


@pytest.fixture(scope="session")
def server_url(postgres_server: Server) -> str:
    return url_of(postgres_server)


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, server_url: str) -> Project:
    """Return a function that writes a db root into a project that uses the plugin."""
    monkeypatch.setenv("KOREVITTA_PG", server_url)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    # Hypothesis would import itself anew in every inner run.
    pytester.makeini("[pytest]\naddopts = -p no:hypothesispytest\n")
    pytester.makeconftest('pytest_plugins = ["harness.plugin"]\n')

    def write(*files: File) -> DbRoot:
        return write_tree(pytester.path / "db", *files)

    return write
