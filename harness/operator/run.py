"""Call psql with the scripts: one process for all files of a call, its words passed on at once."""

from __future__ import annotations

import os
import secrets
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from harness.errors import HarnessError, ServerLostError, ServerUnavailableError, UsageError
from harness.operator.call import Call, Say, Stream, was_interrupted
from harness.operator.choose import Step, Verb
from harness.operator.connection import Connection
from harness.operator.ledger import VersionState, read_states
from harness.operator.psql import Psql

REFUSED = 3
"""psql's exit code where ON_ERROR_STOP ended a script."""

_CONNECT_S = "15"  # a host that does not answer would be waited for by the kernel's clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a call ended: 0 done, 3 refused or failed, above 128 interrupted.

    `failed` is the step that it ended at, None where all is done; `said` the last line on stderr.
    """

    exit_code: int
    failed: Step | None = None
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class Operator:
    """Everything that is the same for all calls on one database.

    `scripts` is the folder with the psql scripts; `owner` the role to act as, None for the
    scripts' own choice; `wait` how many seconds to wait for another runner, None for as long as
    it takes.
    """

    psql: Psql
    connection: Connection
    scripts: Path
    owner: str | None = None
    out_of_order: bool = False
    wait: float | None = None
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def __post_init__(self) -> None:
        if not (self.scripts / Verb.APPLY.script).is_file():
            raise UsageError(
                f"{self.scripts} holds no {Verb.APPLY.script}: the db root has no scripts"
            )

    def run(self, verb: Verb, steps: Sequence[Step], say: Say) -> Outcome:
        """Run a script over files, in their order, until one of them fails.

        A failure is closed in the ledger. Raises `ServerUnavailableError` where no connection can
        be had and `ServerLostError` where one breaks.
        """
        if not steps:
            return Outcome(exit_code=0)
        code, call = self._call([self._included(verb.script, each) for each in steps], say)
        failed = steps[call.reached] if code and call.reached is not None else None
        advice = self._close(failed, call.error, say) if failed else ""
        if code not in {0, REFUSED} and not was_interrupted(code):
            raise self._broken(code, failed, call.said)
        return Outcome(exit_code=code, failed=failed, said=advice or call.said)

    def status(self) -> tuple[VersionState, ...]:
        """Read the state of every version that the ledger knows; none where there is no ledger."""
        lines: list[str] = []
        included = f"\\i {_quoted(_relative(self.scripts / 'status.psql'))}\n"
        code, call = self._call(
            [included], lambda stream, line: lines.append(line) if stream is Stream.OUT else None
        )
        if code:
            raise self._broken(code, None, call.said)
        return tuple(read_states(lines))

    def _close(self, failed: Step, error: str, say: Say) -> str:
        """Have the ledger say that the step failed, and return what the operator should do."""
        code, call = self._call([self._included("failed.psql", failed, detail=error)], _unheard)
        if code or not call.said:  # a server that is gone, or a mere refusal: said already
            return ""
        say(Stream.ERR, call.said)
        return call.said

    def _call(self, parts: Sequence[str], say: Say) -> tuple[int, Call]:
        """Run psql on some texts, a mark before each, so that we know how far it has come."""
        mark = f"-- {secrets.token_hex(8)} "
        marked = [
            f"\\echo {_quoted(f'{mark}{number}')}\n{part}" for number, part in enumerate(parts)
        ]
        call = Call(mark, say)
        return call.end(self._start("".join(marked))), call

    def _included(self, script: str, step: Step, detail: str = "") -> str:
        variables = {"file": _relative(step.file).as_posix()}
        if step.previous is not None:
            variables["previous"] = step.previous
        if detail:
            variables["detail"] = detail
        lines = [f"\\set {name} {_quoted(value)}\n" for name, value in variables.items()]
        return "".join(lines) + f"\\i {_quoted(_relative(self.scripts / script))}\n"

    def _start(self, driver: str) -> subprocess.Popen[bytes]:
        """Start psql on a text; a file, not a pipe, so that nobody waits for it to be read."""
        with tempfile.TemporaryFile() as text:
            text.write(driver.encode())
            text.seek(0)
            return subprocess.Popen(
                self._command(),
                env=self._environment(),
                stdin=text,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )

    def _command(self) -> list[str]:
        variables = {"ON_ERROR_STOP": "1", "owner": self.owner}
        variables["out_of_order"] = "1" if self.out_of_order else None
        variables["wait"] = None if self.wait is None else f"{self.wait:g}"
        given = [f"{name}={value}" for name, value in variables.items() if value is not None]
        command = [str(self.psql.path), "-X", "-q", "-w"]
        for each in given:
            command += ["-v", each]
        if self.connection.open:
            command += ["-d", self.connection.open]
        return [*command, "-f", "-"]

    def _environment(self) -> dict[str, str]:
        environment = self.psql.environment(self.environment)
        environment.setdefault("PGCONNECT_TIMEOUT", _CONNECT_S)
        environment.update(self.connection.environment)
        environment["PGCLIENTENCODING"] = "UTF8"
        return environment

    def _broken(self, code: int, failed: Step | None, said: str) -> HarnessError:
        """Say why there is no connection, or none any more."""
        if failed is not None:
            why = f"psql was ended by signal {-code}" if code < 0 else said
            return ServerLostError(
                f"the connection to {self.connection.shown} broke while {failed.file.name} ran:"
                f" {why}; repeat the command, it goes on from there"
            )
        if code == REFUSED:
            return UsageError(said.rpartition("ERROR:  ")[2])
        why = said.removeprefix("psql: error: ") or f"exit code {code}"
        return ServerUnavailableError(
            f"psql cannot reach {self.connection.shown}: {why}; check DATABASE_URL"
        )


def _unheard(_stream: Stream, _line: str) -> None:
    """Take a line that nobody needs to see."""


def _quoted(value: str | Path) -> str:
    """Write a word as psql's meta-commands take one."""
    text = value.as_posix() if isinstance(value, Path) else value
    escaped = text.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n")
    return f"'{escaped}'"


def _relative(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
