"""What runs the scripts: a PowerShell where there is one, and always an interpreter of our own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

REPOSITORY = Path(__file__).parents[2]
_REAL = ("-NoProfile", "-NonInteractive")
_RECORDER = """\
import json, os, sys
place = os.environ["RECORD"]
with open(place, "a", encoding="utf-8") as file:
    password = os.environ.get("PGPASSWORD")
    file.write(json.dumps([sys.argv[1:], password, os.getcwd()]) + "\\n")
sys.stdout.write("said\\n")
broken = os.environ.get("BROKEN")
sys.exit(3 if broken and any(broken in each for each in sys.argv) else 0)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """A program that runs a script, with what precedes the script's path."""

    name: str
    command: tuple[str, ...]

    def run(
        self,
        script: Path,
        *arguments: str,
        cwd: Path,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a script as an operator would; nothing of the caller's own configuration counts."""
        ours = {"DATABASE_URL", "PSQL_PATH", "PGPASSWORD"}
        inherited = {key: value for key, value in os.environ.items() if key not in ours}
        return subprocess.run(
            [*self.command, str(script), *arguments],
            cwd=cwd,
            env=inherited | {"PYTHONPATH": str(REPOSITORY)} | dict(environment or {}),
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of psql: its arguments, the password that it was given, and where it ran."""

    arguments: tuple[str, ...]
    password: str | None
    cwd: Path

    @property
    def script(self) -> str:
        """The .psql file that it ran."""
        return self.arguments[self.arguments.index("-f") + 1]

    @property
    def variables(self) -> dict[str, str]:
        """What it handed to the script."""
        given = [
            each
            for flag, each in zip(self.arguments, self.arguments[1:], strict=False)
            if flag == "-v"
        ]
        return dict(each.split("=", 1) for each in given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorder:
    """A program in psql's place that writes down how it was called."""

    program: Path
    record: Path

    @property
    def environment(self) -> dict[str, str]:
        """What makes a script call it."""
        return {
            "PSQL_PATH": str(self.program),
            "RECORD": str(self.record),
            "DATABASE_URL": "postgresql://nobody@nowhere/nothing",
        }

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every call, in order."""
        if not self.record.exists():
            return ()
        lines = self.record.read_text(encoding="utf-8").splitlines()
        return tuple(
            Call(arguments=tuple(arguments), password=password, cwd=Path(cwd))
            for arguments, password, cwd in map(json.loads, lines)
        )


def record_in(folder: Path, name: str = "psql") -> Recorder:
    """Put such a program in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    body = folder / f"{name}.py"
    body.write_text(_RECORDER, encoding="utf-8")
    if sys.platform == "win32":
        program = folder / f"{name}.cmd"
        program.write_text(f'@"{sys.executable}" "%~dp0{name}.py" %*\n', encoding="utf-8")
    else:
        program = folder / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{body}" "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    return Recorder(program=program, record=folder / "record.jsonl")


def shells() -> tuple[ParameterSet, ...]:
    """Return what can run scripts; one that is not installed is skipped with the reason."""
    return tuple(_shells())


def _shells() -> Iterator[ParameterSet]:
    ours = Shell(name="interpreter", command=(sys.executable, "-m", "tests.powershell.interpreter"))
    yield pytest.param(ours, id=ours.name)
    for name, told in (("pwsh", "PowerShell 7"), ("powershell", "Windows PowerShell 5.1")):
        if name == "powershell" and sys.platform != "win32":
            continue
        policy = ("-ExecutionPolicy", "Bypass") if sys.platform == "win32" else ()
        real = Shell(name=name, command=(name, *_REAL, *policy, "-File"))
        missing = pytest.mark.skipif(
            shutil.which(name) is None,
            reason=f"{told} is not installed: only the interpreter of our own ran the scripts",
        )
        yield pytest.param(real, id=name, marks=missing)
