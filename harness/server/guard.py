"""Our end of the pipe to the watchdog."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from harness.errors import ServerUnavailableError

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
            text=True,
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
            try:
                self._write("stop\n")
                watchdog.stdin.close()
            except OSError:
                pass  # it has ended already
            watchdog.wait(_STOP_S)
            if watchdog.stdout is not None:
                watchdog.stdout.close()

    def _write(self, words: str) -> None:
        assert self._watchdog.stdin is not None
        self._watchdog.stdin.write(words)
        self._watchdog.stdin.flush()

    def _read(self) -> dict[str, Any]:
        assert self._watchdog.stdout is not None
        answer: dict[str, Any] = json.loads(self._watchdog.stdout.readline() or "{}")
        if "error" in answer:
            raise ServerUnavailableError(f"PostgreSQL cannot be started: {answer['error']}")
        return answer
