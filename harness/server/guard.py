"""Our end of the pipe to the watchdog."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from harness.errors import ServerLostError, ServerUnavailableError

_PROGRAM = Path(__file__).with_name("watchdog.py")
_STOP_S = 30.0


class Guard:
    """Hold a watchdog: while this process lives and has not called `stop`, so does its server."""

    def __init__(self, order: dict[str, Any]) -> None:
        """Start a watchdog with `order`; its words are documented where they are read."""
        self._stopping = threading.Lock()
        self._watchdog = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,  # nothing to flush at the end, when the other side may have left
            start_new_session=True,
        )
        try:
            self._write(json.dumps(order) + "\n")
            self.answer = self._read()
        except BaseException:
            self.stop()
            raise

    def check(self) -> None:
        """Raise `ServerUnavailableError`, with the server's own words, where it has ended."""
        if self._watchdog.poll() is not None:
            ending = self._read()
            log = " ".join(str(ending.get("log", "")).split()) or "it left no message"
            raise ServerUnavailableError(
                f"PostgreSQL ended while starting, with code {ending.get('exited')}: {log}"
            )

    def stop(self) -> None:
        """Have everything taken away and wait until it is; harmless when repeated."""
        with self._stopping:
            watchdog = self._watchdog
            if watchdog.stdin is None or watchdog.stdin.closed:
                return
            with contextlib.suppress(OSError):  # it has ended already
                self._write("stop\n")
            watchdog.stdin.close()
            self._wait()
            if watchdog.stdout is not None:
                watchdog.stdout.close()

    def _wait(self) -> None:
        try:
            self._watchdog.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            raise ServerLostError(
                f"the server did not stop within {_STOP_S:.0f} s: process {self._watchdog.pid}"
                " is still at it and removes its files when it has"
            ) from None

    def _write(self, words: str) -> None:
        assert self._watchdog.stdin is not None
        self._watchdog.stdin.write(words.encode())

    def _read(self) -> dict[str, Any]:
        assert self._watchdog.stdout is not None
        line = self._watchdog.stdout.readline()
        answer: dict[str, Any] = json.loads(line or b'{"error": "its watchdog has ended"}')
        if "error" in answer:
            raise ServerUnavailableError(f"PostgreSQL cannot be started: {answer['error']}")
        return answer
