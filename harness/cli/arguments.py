"""The options that several commands share: which db root, and which server."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from harness.server import ServerChoice


def add_db_root(parser: argparse.ArgumentParser) -> None:
    """Declare --db-root."""
    parser.add_argument(
        "--db-root",
        type=Path,
        default=Path("backend/db"),
        metavar="DIR",
        help="the folder with migration-manifest.yaml (default: backend/db)",
    )


def add_server_options(parser: argparse.ArgumentParser) -> None:
    """Declare --pg, --pg-bin and --pg-image."""
    group = parser.add_argument_group("server")
    group.add_argument(
        "--pg",
        metavar="auto|container|embedded|URL",
        help="where the PostgreSQL server comes from (KOREVITTA_PG; default: auto)",
    )
    group.add_argument(
        "--pg-bin",
        metavar="DIR",
        help="PostgreSQL's programs for an embedded server (KOREVITTA_PG_BIN)",
    )
    group.add_argument(
        "--pg-image",
        metavar="IMAGE",
        help="the image of a container (KOREVITTA_PG_IMAGE; default: postgres:16)",
    )


def server_choice(given: argparse.Namespace) -> ServerChoice:
    """Read which server is wanted: the command line before the environment."""
    said = {
        "KOREVITTA_PG": given.pg,
        "KOREVITTA_PG_BIN": given.pg_bin and str(Path(given.pg_bin).absolute()),
        "KOREVITTA_PG_IMAGE": given.pg_image,
    }
    wanted = {name: value for name, value in said.items() if value}
    return ServerChoice.from_environment({**os.environ, **wanted})
