"""A database and the plan that is operated on it, with the scripts of this repository."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from harness.database import Database
from harness.operator import Operator, Outcome, Step, Stream, Verb, applying, read_connection
from harness.operator.psql import Psql
from harness.plan import Plan
from tests.real_tree import ROOT

SCRIPTS = ROOT / "scripts"
OWNER = "korevitta_owner"
GATE = 4711
"""The advisory lock at which files of tests wait: `SELECT pg_advisory_xact_lock(4711)`."""

_PATIENCE_S = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a run ended and all that it said."""

    outcome: Outcome
    out: tuple[str, ...]
    err: tuple[str, ...]

    @property
    def code(self) -> int:
        return self.outcome.exit_code


@dataclass(frozen=True, kw_only=True)
class Site:
    """One database, operated by `psql`."""

    plan: Plan
    database: Database
    psql: Psql

    def operator(self, **more: Any) -> Operator:
        return Operator(
            psql=self.psql,
            connection=read_connection(self.database.dsn),
            **{"scripts": SCRIPTS, "owner": OWNER, **more},
        )

    def run(self, verb: Verb, steps: Sequence[Step], **more: Any) -> Ran:
        said: dict[Stream, list[str]] = {Stream.OUT: [], Stream.ERR: []}
        outcome = self.operator(**more).run(
            verb, steps, lambda stream, line: said[stream].append(line)
        )
        return Ran(outcome=outcome, out=tuple(said[Stream.OUT]), err=tuple(said[Stream.ERR]))

    def apply(self, through: str | None = None, **more: Any) -> Ran:
        return self.run(Verb.APPLY, applying(self.plan, (), through), **more)

    def apply_only(self, version: str, **more: Any) -> Ran:
        steps = [each for each in applying(self.plan) if each.version == version]
        return self.run(Verb.APPLY, steps, **more)

    def undo(self, *versions: str, **more: Any) -> Ran:
        files = [(each, self.plan.migration(each).rollback_path) for each in versions]
        steps = [Step(version=version, file=path) for version, path in files if path]
        return self.run(Verb.ROLLBACK, steps, **more)

    def states(self) -> dict[str, str]:
        return {each.version: each.state.value for each in self.operator().status()}

    def history(self) -> list[tuple[str, str]]:
        """Return version and action of each row of the ledger."""
        return self.rows("SELECT version, action FROM migration.history ORDER BY id")

    def rows(self, query: str) -> list[Any]:
        with self.database.connect() as connection:
            return connection.execute(query.encode()).fetchall()

    def start(self, verb: Verb, version: str, **variables: str) -> subprocess.Popen[bytes]:
        """Call a script as a wrapper does, and do not wait for it."""
        (step,) = [each for each in applying(self.plan) if each.version == version]
        given = {"ON_ERROR_STOP": "1", "owner": OWNER, "file": step.file.as_posix()}
        given |= {"previous": step.previous or "", **variables}
        command = [str(self.psql.path), "-X", "-q", "-d", self.database.dsn]
        for name, value in given.items():
            command += ["-v", f"{name}={value}"]
        return subprocess.Popen(
            [*command, "-f", str(SCRIPTS / verb.script)],
            env=self.psql.environment(os.environ),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    @contextmanager
    def closed_gate(self) -> Iterator[psycopg.Connection]:
        """Hold the gate, so that whoever comes to it waits."""
        with self.database.connect() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", (GATE,))
            yield connection

    def waiting(self, query: str) -> list[int]:
        """Return the server's processes that run a query like this one and wait for a lock."""
        found = self.rows(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            f" AND pid <> pg_backend_pid() AND wait_event_type = 'Lock' AND query ~* '{query}'"
        )
        return [pid for (pid,) in found]


def until(holds: Callable[[], Any]) -> Any:
    """Wait for something to become true and return it."""
    ends = time.monotonic() + _PATIENCE_S
    while time.monotonic() < ends:
        found = holds()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it never came to pass")
