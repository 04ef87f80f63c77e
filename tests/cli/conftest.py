"""The command line, called in the folder that holds a small tree."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from harness.cli import main
from tests.trees import DbRoot
from tests.trees.builder import File, write_tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a call returned and printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def findings(self) -> list[tuple[str, str, int]]:
        """Rule, file and line of each finding."""
        return [(each["rule"], each["file"], each["line"]) for each in self.json["findings"]]


Verify = Callable[..., Said]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., DbRoot]:
    """Return a function that writes a db root below the folder that the caller stands in."""
    monkeypatch.chdir(tmp_path)

    def write(*files: File, **more: Any) -> DbRoot:
        return write_tree(tmp_path / "db", *files, **more)

    return write


@pytest.fixture
def verify(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> Verify:
    """Return a function that calls `verify` on the tree `db`, on the run's own server."""

    def call(*arguments: str, pg: str | None = None) -> Said:
        monkeypatch.setenv("KOREVITTA_PG", pg or request.getfixturevalue("server_url"))
        code = main(["verify", "--db-root", "db", *arguments])
        said = capsys.readouterr()
        return Said(code=code, out=said.out, err=said.err)

    return call
