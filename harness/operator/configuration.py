"""What an operator configures: an exported variable, else a line of `.env` in the db root."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.errors import UsageError

ENV_FILE = ".env"

_ASSIGNMENT = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)", re.DOTALL)
_QUOTED = re.compile(r"""(?P<quote>['"])(?P<value>.*)(?P=quote)(?:\s+#.*)?""")
_LINE_END = re.compile(r"\r\n|\n|\r")
_COMMENT = re.compile(r"\s#.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Where the database is, and which psql to call if not the one that is found."""

    database_url: str
    psql_path: str | None


def read_configuration(root: Path, environment: Mapping[str, str]) -> Configuration:
    """Read DATABASE_URL and PSQL_PATH; an exported variable that is empty counts as none.

    Raises `UsageError` where there is no DATABASE_URL, or `.env` cannot be read.
    """
    path = root / ENV_FILE
    written = read_env(path) if path.exists() else {}
    url = environment.get("DATABASE_URL") or written.get("DATABASE_URL")
    if not url:
        raise UsageError(
            f"DATABASE_URL is neither exported nor in {path}: give one such as"
            " postgresql://user:password@host:5432/database"
        )
    psql = environment.get("PSQL_PATH") or written.get("PSQL_PATH")
    return Configuration(database_url=url, psql_path=psql or None)


def read_env(path: Path) -> dict[str, str]:
    """Read a file of NAME=value lines.

    Blank lines and lines that start with # say nothing; a value between quotes is taken as it
    stands; one without quotes ends at a # that follows a space. Raises `UsageError` naming the
    line that is none of these, never its text: it may hold a password.
    """
    found: dict[str, int] = {}
    values: dict[str, str] = {}
    for number, line in enumerate(_LINE_END.split(_text(path)), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        match = _ASSIGNMENT.fullmatch(stripped)
        if match is None:
            raise UsageError(
                f"{path}:{number} is no assignment: write NAME=value, or start it with #"
            )
        name, raw = match.groups()
        if name in found:
            raise UsageError(
                f"{path}:{number} sets {name} again, after line {found[name]}: keep one"
            )
        found[name] = number
        values[name] = _value(raw, path, number)
    return values


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {(error.strerror or str(error)).lower()}"
        ) from error
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not encoded in UTF-8: save it anew in that encoding") from None


def _value(raw: str, path: Path, number: int) -> str:
    if raw[:1] not in {"'", '"'}:
        return "" if raw.startswith("#") else _COMMENT.sub("", raw, count=1).strip()
    match = _QUOTED.fullmatch(raw)
    if match is None:
        raise UsageError(
            f"{path}:{number} opens a quote and does not close it at the end of the line"
        )
    return match["value"]
