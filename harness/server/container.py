"""A throw-away server in a container."""

from __future__ import annotations

import secrets
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from docker.errors import DockerException
from psycopg.conninfo import make_conninfo
from testcontainers.community.postgres import PostgresContainer
from testcontainers.core.config import testcontainers_config

from harness.errors import ServerUnavailableError
from harness.server import engine
from harness.server.choice import Server, ServerKind
from harness.server.guard import Guard
from harness.server.probe import wait_until_ready
from harness.server.settings import as_arguments

_LABEL = "korevitta-db.harness"
_READY_S = 60.0
_LEFT_OVER_S = 60.0
_REMOVAL = Path(__file__).with_name("removal.py")
_MEMORY = "/kvh"
_PORT = 5432
_TAIL_LINES = 5


def start(image: str, *, answer_s: float, pull_s: float) -> tuple[Server, Guard]:
    """Start a server from `image`, pulled first where the engine lacks it.

    Raises `ServerUnavailableError` where there is no engine, no image, or no start.
    """
    engine.ensure_image(image, answer_s=answer_s, pull_s=pull_s)
    _sweep()
    _configure_testcontainers()
    name = f"kvh-pg-{secrets.token_hex(6)}"
    guard = Guard({"finally": [sys.executable, "-P", str(_REMOVAL), name]})
    try:
        return _run(_container(image, name)), guard
    except BaseException:
        guard.stop()
        raise


class _Container(PostgresContainer):
    """The container of testcontainers, without its once-a-second look for readiness."""

    def _connect(self) -> None:
        """Leave the waiting to `wait_until_ready`, which asks from the outside, where we are."""


def _container(image: str, name: str) -> _Container:
    container = _Container(
        image,
        username="postgres",
        password=secrets.token_hex(16),
        dbname="postgres",
        driver=None,
        labels={_LABEL: name},
    )
    container.with_name(name).with_command(["postgres", *as_arguments()])
    container.with_env("POSTGRES_INITDB_ARGS", "--locale=C.UTF-8 --encoding=UTF8 --no-sync")
    # Not below the image's own volume, which differs from one major version to the next.
    container.with_env("PGDATA", f"{_MEMORY}/data").with_tmpfs_mount(_MEMORY)
    if engine.is_local():
        # Any free port, but none that the network sees; testcontainers' own types know no address.
        container.ports = {str(_PORT): ("127.0.0.1",)}  # type: ignore[dict-item]
    return container


def _run(container: _Container) -> Server:
    try:
        container.start()
        return wait_until_ready(
            ServerKind.CONTAINER,
            tuple(_addresses(container)),
            seconds=_READY_S,
            check=lambda: _check(container),
        )
    except (DockerException, OSError) as error:
        raise ServerUnavailableError(
            f"the container of {container.image} does not start"
            f" ({' '.join(str(error).split())}): look at the engine, or choose --pg embedded"
        ) from error
    finally:
        container.get_docker_client().client.close()


def _addresses(container: _Container) -> Iterator[str]:
    """List the ways in: the published port, and the engine's own network for a sibling of ours."""
    client, identity = container.get_docker_client(), container.get_container_id()
    ways = [(client.host(), int(client.port(identity, _PORT)))]
    if engine.is_local() and sys.platform == "linux":
        ways.append((client.bridge_ip(identity), _PORT))
    for host, port in ways:
        yield make_conninfo(
            "",
            host=host,
            port=port,
            user=container.username,
            password=container.password,
            dbname=container.dbname,
            gssencmode="disable",
            sslmode="disable",
        )


def _check(container: _Container) -> None:
    container.reload()
    if container.status in ("exited", "dead"):
        said = container.get_wrapped_container().logs(tail=_TAIL_LINES).decode(errors="replace")
        raise ServerUnavailableError(
            f"PostgreSQL ended while starting in a container of {container.image}:"
            f" {' '.join(said.split()) or 'it left no message'}"
        )


def _configure_testcontainers() -> None:
    """Set what testcontainers would guess wrongly on a machine without a registry."""
    if not testcontainers_config.ryuk_disabled and not engine.holds(
        testcontainers_config.ryuk_image
    ):
        testcontainers_config.ryuk_disabled = True  # our watchdog does the same
    if engine.is_local() and testcontainers_config.tc_host_override is None:
        testcontainers_config.tc_host_override = "127.0.0.1"


def _sweep() -> None:
    """Remove what a power cut left: our containers that have ended and that nobody removed."""
    with engine.reached() as client:
        for left in client.containers.list(
            all=True, filters={"label": _LABEL, "status": ["exited", "dead"]}
        ):
            created = datetime.fromisoformat(left.attrs["Created"]).timestamp()
            if time.time() - created > _LEFT_OVER_S:
                left.remove(force=True, v=True)
