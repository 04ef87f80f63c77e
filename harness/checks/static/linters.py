"""Processes of sqlfluff that share the texts of a run: each takes the longest that is left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import wait
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import harness
from harness.checks.static.ahead import ahead
from harness.checks.static.cache import Said, as_said
from harness.errors import UsageError

_PACKAGES = Path(harness.__file__).parent.parent
_LINT = Path(__file__).with_name("lint.py")

Words = tuple[Said, ...]


def shared_out(
    texts: Mapping[str, str], style: tuple[str, ...], processes: int
) -> dict[str, Words]:
    """Lint texts in as many processes; return what was said by the names of the texts.

    Raises `UsageError` for a configuration that sqlfluff refuses, and where a process dies.
    """
    left = deque(sorted(texts, key=lambda name: len(texts[name]), reverse=True))

    def share() -> dict[str, Words]:
        try:
            with _linter(style) as lint:
                return {name: lint(texts[name]) for name in _taken(left)}
        except UsageError:
            left.clear()  # the others need not go on
            raise

    shares = [ahead(share) for _ in range(processes)]
    wait(shares)
    return {name: said for each in shares for name, said in each.result().items()}


def _taken(left: deque[str]) -> Iterator[str]:
    """Take names until none is left; who takes some at the same time takes others."""
    while True:
        try:
            name = left.popleft()
        except IndexError:
            return
        yield name


@contextmanager
def _linter(style: tuple[str, ...]) -> Iterator[Callable[[str], Words]]:
    """Start a process that lints; it ends with its input, however that comes to an end."""
    path = [str(_PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
    with subprocess.Popen(
        [sys.executable, "-P", _LINT],  # -P: modules beside it do not pass for others
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path)},
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            _answer(process, {"style": style})
            yield lambda text: _answer(process, {"text": text})
        finally:
            process.communicate()  # unlike a close, it minds no pipe that is broken already


def _answer(process: subprocess.Popen[str], request: dict[str, Any]) -> Words:
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(BrokenPipeError):  # the exit code says more than a closed pipe
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
    answer = json.loads(process.stdout.readline() or "{}")
    if "said" not in answer:
        ended = f"a process of sqlfluff ended: {process.wait()}"
        raise UsageError(answer.get("refused", ended))
    return as_said(answer["said"])
