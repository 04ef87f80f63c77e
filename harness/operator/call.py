"""One psql process: what it says is passed on line by line, and remembered where it ended."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from typing import IO

_INTERRUPTED = 130
_SIGNALLED = 128
_GRACE_S = 10.0


class Stream(Enum):
    """Where a line was written to."""

    OUT = "stdout"
    ERR = "stderr"


Say = Callable[[Stream, str], object]
"""Takes one line, without its end."""


def was_interrupted(code: int) -> bool:
    """Tell whether an exit code means that somebody asked us to end, as shells write it."""
    return code > _SIGNALLED


class Call:
    """Reads one psql process, whose text prints a mark with a number before each of its steps.

    What psql says before the first mark is kept back: it is the reason why nothing could start.
    `reached` is the number of the last mark, `error` the last line with an error of the server's,
    `said` the last line on stderr.
    """

    def __init__(self, mark: str, say: Say) -> None:
        self.reached: int | None = None
        self.said = ""
        self.error = ""
        self._mark = mark
        self._say = say
        self._lock = threading.Lock()

    def end(self, process: subprocess.Popen[bytes]) -> int:
        """Read a process to its end and return its exit code.

        After Ctrl-C, or a signal to end, psql is ended first; see `was_interrupted`.
        """
        pipes = ((Stream.OUT, process.stdout), (Stream.ERR, process.stderr))
        readers = [threading.Thread(target=self._read, args=each, daemon=True) for each in pipes]
        for each in readers:
            each.start()
        try:
            code = process.wait()
        except (KeyboardInterrupt, SystemExit) as asked:
            _stop(process)
            code = _INTERRUPTED
            if isinstance(asked, SystemExit) and isinstance(asked.code, int):
                code = asked.code
        for each in readers:
            each.join()
        return code

    def _read(self, stream: Stream, pipe: IO[bytes]) -> None:
        with pipe:
            for line in pipe:
                with self._lock:
                    self._take(stream, line.decode("utf-8", errors="replace").rstrip("\r\n"))

    def _take(self, stream: Stream, line: str) -> None:
        if stream is Stream.OUT and line.startswith(self._mark):
            self.reached = int(line.removeprefix(self._mark))
        elif stream is Stream.ERR and self.reached is None:
            self.said = f"{self.said} {line.strip()}".strip()
        else:
            self._remember(stream, line)
            self._say(stream, line)

    def _remember(self, stream: Stream, line: str) -> None:
        if stream is Stream.ERR:
            self.said = line
            self.error = line if " ERROR:  " in line or not self.error else self.error


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Have psql cancel what it runs; end it where it does not."""
    with suppress(OSError):
        process.send_signal(signal.SIGINT)
    try:
        process.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
