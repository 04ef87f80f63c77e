"""What tests of every folder share; `postgres_server` and `cluster` come from the plugin."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from psycopg.conninfo import conninfo_to_dict

from harness.server import Server


@pytest.fixture(scope="session")
def server_url(postgres_server: Server) -> str:
    """Return the run's server as `--pg` wants one, for runs inside of tests."""
    parts = {name: str(value) for name, value in conninfo_to_dict(postgres_server.dsn).items()}
    database = quote(parts.pop("dbname"))
    return f"postgresql:///{database}?{urlencode(parts)}"
