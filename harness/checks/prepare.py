"""Open a rehearsal the way every caller wants it: roles there, the observer watching."""

from __future__ import annotations

import psycopg

from harness.checks.rehearsal import Rehearsal
from harness.database import Cluster
from harness.errors import UsageError
from harness.plan import Plan

ROLES_FILE = "scripts/roles.sql"
"""What an administrator runs once per cluster, below the db root; a tree may have none."""

_ONE_AT_A_TIME = "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('korevitta-roles'))"


def rehearse(plan: Plan, cluster: Cluster, server: str) -> Rehearsal:
    """Open a rehearsal of a plan on a cluster; the caller closes it.

    On servers of our own (``server`` is not `url`) the tree's `scripts/roles.sql` is run first,
    as an administrator would; on a given server its roles are whatever they are there.
    """
    if server != "url":
        _run_roles_file(plan, cluster)
    return Rehearsal(plan, cluster)


def _run_roles_file(plan: Plan, cluster: Cluster) -> None:
    path = plan.root / ROLES_FILE
    if not path.is_file():
        return
    try:
        with psycopg.connect(cluster.dsn) as connection:
            connection.execute(_ONE_AT_A_TIME)
            connection.execute(path.read_bytes())
    except psycopg.Error as error:
        said = " ".join(str(error).split())
        raise UsageError(f"{path} does not run on a fresh cluster: {said}") from error
