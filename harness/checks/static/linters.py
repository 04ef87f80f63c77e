"""Processes of sqlfluff that share the texts of a run: each takes the longest that is left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import wait
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import harness
from harness.checks.static.ahead import ahead
from harness.checks.static.cache import Said, as_said
from harness.errors import UsageError

_PACKAGES = Path(harness.__file__).parent.parent
_LINT = Path(__file__).with_name("lint.py")

Words = tuple[Said, ...]
_Process = subprocess.Popen[str]

_FEW = 6
"""Up to so many texts a process of its own costs more than it saves."""


class Linters:
    """Up to ``count`` processes of sqlfluff; with one alone, no process but our own.

    Close them, or use them in a `with` block.
    """

    def __init__(self, count: int | None = None) -> None:
        self._count = count or os.cpu_count() or 1
        self._waiting: list[_Process] = []

    def __enter__(self) -> Linters:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Have the processes import sqlfluff before it is known what there is to lint."""
        if self._count > 1:
            self._waiting += [_started() for _ in range(self._count - len(self._waiting))]

    def close(self) -> None:
        """End the processes that have nothing to do."""
        while self._waiting:
            _end(self._waiting.pop())

    def lint(self, texts: Mapping[str, str], style: tuple[str, ...]) -> dict[str, Words]:
        """Return what sqlfluff says of texts, by their names.

        Raises `UsageError` for a configuration that sqlfluff refuses, and where a process dies.
        """
        if self._waiting or (self._count > 1 and len(texts) > _FEW):
            return self._shared_out(texts, style)
        if not texts:
            return {}
        from harness.checks.static.lint import linted  # noqa: PLC0415 - imports sqlfluff

        return {name: as_said(rows) for name, rows in linted(texts, style).items()}

    def _shared_out(self, texts: Mapping[str, str], style: tuple[str, ...]) -> dict[str, Words]:
        left = deque(sorted(texts, key=lambda name: len(texts[name]), reverse=True))
        self.start()
        shares = []
        while self._waiting:
            shares.append(ahead(partial(_share, self._waiting.pop(), left, texts, style)))
        wait(shares)
        return {name: said for each in shares for name, said in each.result().items()}


def _share(
    process: _Process, left: deque[str], texts: Mapping[str, str], style: tuple[str, ...]
) -> dict[str, Words]:
    """Lint with one process what the others leave to it."""
    try:
        _answer(process, {"style": style})
        return {name: _answer(process, {"text": texts[name]}) for name in _taken(left)}
    except UsageError:
        left.clear()  # the others need not go on
        raise
    finally:
        _end(process)


def _taken(left: deque[str]) -> Iterator[str]:
    """Take names until none is left; who takes some at the same time takes others."""
    while True:
        try:
            name = left.popleft()
        except IndexError:
            return
        yield name


def _started() -> _Process:
    """Start a process that lints; it ends with its input, however that comes to an end."""
    path = [str(_PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        [sys.executable, "-P", _LINT],  # -P: modules beside it do not pass for others
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path)},
        text=True,
        encoding="utf-8",
    )


def _end(process: _Process) -> None:
    process.communicate()  # unlike a close, it minds no pipe that is broken already


def _answer(process: _Process, request: dict[str, Any]) -> Words:
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(BrokenPipeError):  # the exit code says more than a closed pipe
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
    answer = json.loads(process.stdout.readline() or "{}")
    if "said" not in answer:
        ended = (
            f"a process of sqlfluff ended with exit code {process.wait()}: mend what it says above,"
            " or reinstall sqlfluff"
        )
        raise UsageError(answer.get("refused", ended))
    return as_said(answer["said"])
