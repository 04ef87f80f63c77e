"""One server per run: started by the controller at first need, its DSN lent to every worker."""

from __future__ import annotations

from typing import Any

import pytest

from harness.checks.gaps import STRUCTURE
from harness.errors import HarnessError, ServerUnavailableError
from harness.plan import MANIFEST
from harness.plugin.ending import end_run
from harness.plugin.options import server_choice
from harness.server import RunningServer, Server, ServerKind, start

_FROM_CONTROLLER = "korevitta_server"
_REFUSED = "korevitta_server_refused"


class OwnedServer:
    """The server of the process that may start and stop one."""

    def __init__(self, config: pytest.Config) -> None:
        self._choice = server_choice(config)
        self._running: RunningServer | None = None
        self._refusal: str | None = None
        self._has_workers = False

    def server(self) -> Server:
        """Start the server at first need; a refusal is said again, not tried again."""
        if self._refusal is not None:
            raise ServerUnavailableError(self._refusal)
        if self._running is None:
            try:
                self._running = start(self._choice)
            except HarnessError as error:
                self._refusal = str(error)
                raise
        return self._running.server

    def known(self) -> Server | None:
        """Return the server if it runs."""
        return None if self._running is None else self._running.server

    def stop(self) -> None:
        """Stop the server if it runs."""
        if self._running is not None:
            self._running.stop()
            self._running = None

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """End a run of workers before its first item, where the items' ids tell that it cannot be.

        An id is all that the controller knows of an item.
        """
        if self._refusal is not None and any(_needs_rehearsal(each) for each in ids):
            end_run(ServerUnavailableError(self._refusal))

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Hand the server over to an xdist worker."""
        self._has_workers = True
        try:
            server = self.server()
        except HarnessError as error:
            node.workerinput[_REFUSED] = str(error)
        else:
            node.workerinput[_FROM_CONTROLLER] = (server.kind.value, server.dsn, server.version)

    def pytest_keyboard_interrupt(self) -> None:
        """Stop the server before the workers are waited for: what they wait for ends with it.

        Without workers there is nobody to wait for, and this process drops its databases first.
        """
        if self._has_workers:
            self.stop()

    def pytest_unconfigure(self) -> None:
        """Stop the server when the run is over, however it went."""
        self.stop()


def _needs_rehearsal(nodeid: str) -> bool:
    file, _, name = nodeid.partition("::")
    return file.endswith((".sql", MANIFEST)) and name != STRUCTURE


class LentServer:
    """The controller's server, as an xdist worker sees it."""

    def __init__(self, workerinput: dict[str, Any]) -> None:
        self._given = workerinput.get(_FROM_CONTROLLER)
        self._refusal = workerinput.get(_REFUSED)

    def server(self) -> Server:
        """Return the controller's server, or say why it has none."""
        if self._given is None:
            raise ServerUnavailableError(self._refusal or "the controller lent no server")
        kind, dsn, version = self._given
        return Server(kind=ServerKind(kind), dsn=dsn, version=version)

    def known(self) -> Server | None:
        """Return the controller's server if it has one."""
        return None if self._given is None else self.server()


SharedServer = OwnedServer | LentServer


def shared_server(config: pytest.Config) -> SharedServer:
    """Make the view of the run's server that fits this process."""
    workerinput: dict[str, Any] | None = getattr(config, "workerinput", None)
    return OwnedServer(config) if workerinput is None else LentServer(workerinput)


def described(server: Server) -> str:
    """Say which PostgreSQL this is and where it comes from."""
    return f"PostgreSQL {server.version} ({server.kind.value})"
