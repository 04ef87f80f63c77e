"""The plugin's command line, and the server that it asks for."""

from __future__ import annotations

import os

import pytest

from harness.checks.static import Cache
from harness.errors import UsageError
from harness.server import ServerChoice


def add_options(parser: pytest.Parser) -> None:
    """Add the options of KoreVitta DB; each has the same meaning as in `korevitta-db verify`."""
    group = parser.getgroup("korevitta-db", "KoreVitta DB: migrations proven on a real server")
    group.addoption(
        "--pg",
        metavar="auto|container|embedded|URL",
        help="where the PostgreSQL server comes from (KOREVITTA_PG; default: auto)",
    )
    group.addoption(
        "--pg-bin",
        metavar="DIR",
        help="PostgreSQL's programs for an embedded server (KOREVITTA_PG_BIN)",
    )
    group.addoption(
        "--pg-image",
        metavar="IMAGE",
        help="the image of a container (KOREVITTA_PG_IMAGE; default: postgres:16)",
    )
    group.addoption(
        "--since",
        metavar="REV",
        help="compare released files also with this git revision, which an edited lock cannot hide",
    )
    group.addoption(
        "--again",
        action="store_true",
        help="prove anew what passed before with the same files, harness and server",
    )
    group.addoption(
        "--thorough",
        action="store_true",
        help="kill at every statement and occupy every table, not only a sample of them",
    )


def server_choice(config: pytest.Config) -> ServerChoice:
    """Read which server is wanted: the command line before the environment."""
    given = {
        "KOREVITTA_PG": config.getoption("--pg"),
        "KOREVITTA_PG_BIN": config.getoption("--pg-bin"),
        "KOREVITTA_PG_IMAGE": config.getoption("--pg-image"),
    }
    wanted = {name: value for name, value in given.items() if value}
    try:
        return ServerChoice.from_environment({**os.environ, **wanted})
    except UsageError as error:
        raise pytest.UsageError(str(error)) from error


def proofs_cache(config: pytest.Config) -> Cache | None:
    """Return where passed proofs are remembered; None in continuous integration and on demand."""
    if config.getoption("--again") or os.environ.get("CI"):
        return None
    cache: Cache | None = getattr(config, "cache", None)
    return cache
