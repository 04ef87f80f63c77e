"""Which PostgreSQL server the caller wants, and what a running one is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from harness.errors import UsageError

DEFAULT_IMAGE = "postgres:16"
_WORDS = ("auto", "container", "embedded")
_URL_SCHEMES = ("postgres://", "postgresql://")


class ServerKind(Enum):
    """Where a server comes from."""

    CONTAINER = "container"
    EMBEDDED = "embedded"
    URL = "url"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Say how to reach a running server: all that crosses to another process.

    `dsn` is a libpq connection string of a superuser on a maintenance database; `version` is
    PostgreSQL's own, such as "17.10".
    """

    kind: ServerKind
    dsn: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerChoice:
    """Say which server is wanted: `pg` is auto, container, embedded or a postgres:// URL.

    Raises `UsageError` for any other word.
    """

    pg: str = "auto"
    bin_dir: Path | None = None
    image: str = DEFAULT_IMAGE

    def __post_init__(self) -> None:
        if self.pg not in _WORDS and not self.is_url:
            raise UsageError(
                f"unknown server {self.pg!r}: choose {', '.join(_WORDS)} or a postgres:// URL"
            )

    @property
    def is_url(self) -> bool:
        """Tell whether a given server is meant, not one of our own."""
        return self.pg.startswith(_URL_SCHEMES)

    @classmethod
    def from_environment(cls, env: Mapping[str, str] | None = None) -> ServerChoice:
        """Read KOREVITTA_PG, KOREVITTA_PG_BIN and KOREVITTA_PG_IMAGE; an empty one is unset."""
        env = os.environ if env is None else env
        bin_dir = env.get("KOREVITTA_PG_BIN")
        return cls(
            pg=env.get("KOREVITTA_PG") or "auto",
            bin_dir=Path(bin_dir) if bin_dir else None,
            image=env.get("KOREVITTA_PG_IMAGE") or DEFAULT_IMAGE,
        )
