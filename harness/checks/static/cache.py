"""What linters said of a text, remembered by text, configuration and version."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

# Raise it when the remembered form changes, or how linters are asked.
_FORM = 2


class Cache(Protocol):
    """Where values that JSON can hold are kept; pytest's `config.cache` is one."""

    def get(self, key: str, default: object) -> object:
        """Return what was kept under a key, else the default."""

    def set(self, key: str, value: object) -> None:
        """Keep a value under a key."""


class NoCache:
    """A cache that forgets."""

    def get(self, key: str, default: object) -> object:  # noqa: ARG002 - the protocol's names
        """Return the default."""
        return default

    def set(self, key: str, value: object) -> None:
        """Forget the value."""


class FolderCache:
    """A cache in a folder, one file a key; one that cannot be written forgets."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str, default: object) -> object:
        """Return what was kept under a key, else the default."""
        try:
            return json.loads((self._folder / key).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return default

    def set(self, key: str, value: object) -> None:
        """Keep a value under a key; a reader never sees half of it."""
        path = self._folder / key
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_text(json.dumps(value), encoding="utf-8")
            aside.replace(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a linter said of a text: its own code, the line from 1, and its words."""

    code: str
    line: int
    message: str


def as_said(rows: Iterable[tuple[str, int, str]]) -> tuple[Said, ...]:
    """Name the parts of what a linter said: its code, the line, its words."""
    return tuple(Said(code=code, line=line, message=text) for code, line, text in rows)


@dataclass(frozen=True, slots=True)
class Memory:
    """A linter's part of a cache: ``setting`` is all that changes what it says of a text."""

    cache: Cache
    linter: str
    setting: str

    def recall(self, sha256: str) -> tuple[Said, ...] | None:
        """Return what was said of the text with this checksum; None where nothing is kept."""
        kept = self.cache.get(self._key(sha256), None)
        try:
            return as_said(cast("list[tuple[str, int, str]]", kept))
        except (TypeError, ValueError):
            return None

    def keep(self, sha256: str, said: tuple[Said, ...]) -> None:
        """Keep what was said."""
        self.cache.set(self._key(sha256), [[each.code, each.line, each.message] for each in said])

    def _key(self, sha256: str) -> str:
        seed = json.dumps([_FORM, self.setting, sha256])
        return f"korevitta/{self.linter}/{hashlib.sha256(seed.encode()).hexdigest()[:40]}"
