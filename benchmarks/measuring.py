"""Seconds of wall clock and of CPU, the server's own included."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

_PROC = Path("/proc")


@dataclass(slots=True, kw_only=True)
class Spent:
    """What a stretch of work took, in seconds; ``server`` is None where no /proc tells it."""

    wall: float = 0.0
    client: float = 0.0
    server: float | None = None

    def __str__(self) -> str:
        server = "unknown" if self.server is None else f"{self.server:.1f} s"
        return f"{self.wall:6.1f} s wall, client {self.client:.1f} s, server {server}"


@contextmanager
def measured(server_folder: str) -> Iterator[Spent]:
    """Measure a block; the server is known by the folder of its socket."""
    spent, began = Spent(), perf_counter()
    client, server = _client(), _server(server_folder)
    yield spent
    spent.wall, spent.client = perf_counter() - began, _client() - client
    now = _server(server_folder)
    spent.server = None if now is None or server is None else now - server


def load() -> str:
    """Say what else the machine does: the load averages of 1, 5 and 15 minutes."""
    if not hasattr(os, "getloadavg"):
        return "unknown"
    return ", ".join(f"{each:.1f}" for each in os.getloadavg())


def _client() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _server(folder: str) -> float | None:
    """Sum up the CPU of a postmaster, of its children that are there, and of those that ended."""
    data = str(Path(folder).parent / "data")
    ticks = os.sysconf("SC_CLK_TCK") if _PROC.is_dir() else 0
    processes = dict(_processes()) if ticks else {}
    main = next((pid for pid in processes if _serves(pid, data)), None)
    if main is None:
        return None
    own = sum(processes[main][1:])
    return (own + sum(sum(each[1:3]) for each in processes.values() if each[0] == main)) / ticks


def _processes() -> Iterator[tuple[int, tuple[int, int, int, int, int]]]:
    """Yield each process with its parent's number and its ticks (proc(5), stat 4 and 14 to 17)."""
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended
            user, system, user_below, system_below = (int(each) for each in fields[11:15])
            yield int(folder.name), (int(fields[1]), user, system, user_below, system_below)


def _serves(pid: int, data: str) -> bool:
    try:
        words = (_PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return Path(os.fsdecode(words[0])).name == "postgres" and os.fsencode(data) in words
