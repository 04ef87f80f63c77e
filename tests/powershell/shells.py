"""What runs the scripts: a PowerShell where there is one, and always an interpreter of our own."""

from __future__ import annotations

import json
import os
import re
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
            errors="replace",
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


def record_in(folder: Path) -> Recorder:
    """Put such a program in a folder, under psql's name."""
    folder.mkdir(parents=True, exist_ok=True)
    program = _launcher(folder)
    return Recorder(program=program, record=folder / "record.jsonl")


def _launcher(folder: Path) -> Path:
    if sys.platform == "win32":
        # A .cmd would have cmd.exe read the arguments anew: & and % mean something to it.
        from pip._vendor.distlib.scripts import ScriptMaker  # noqa: PLC0415 - of Windows alone

        maker = ScriptMaker(None, str(folder))
        maker.variants = {""}
        maker.make("psql = tests.powershell.recorder:main")
        return folder / "psql.exe"
    program = folder / "psql"
    call = f'#!/bin/sh\nexec "{sys.executable}" -m tests.powershell.recorder "$@"\n'
    program.write_text(call, encoding="utf-8")
    program.chmod(0o755)
    return program


def says(told: str, words: str) -> bool:
    """Whether one line holds these words; 5.1 may write accents in another encoding."""
    form = "".join(re.escape(each) if each.isascii() else ".{1,3}" for each in words)
    return len(told.splitlines()) == 1 and re.search(form, told) is not None


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
