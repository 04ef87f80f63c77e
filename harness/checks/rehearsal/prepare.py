"""Open a rehearsal the way every caller wants it: roles there, the observer watching."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import psycopg

from harness.checks.rehearsal.chain import Walk
from harness.checks.rehearsal.rehearsal import Asked, Rehearsal
from harness.database import Cluster
from harness.errors import UsageError
from harness.execute import Connection, ServerObserver
from harness.plan import Plan
from harness.samples import fill

SAMPLE_ROWS = 12
"""Rows that every table holds while a migration runs: enough for the server to scan, and for
every foreign key to have more than one parent."""

ROLES_FILE = "scripts/roles.sql"
"""What an administrator runs once per cluster, below the db root; a tree may have none."""

_ONE_AT_A_TIME = "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('korevitta-roles'))"


def rehearse(
    plan: Plan,
    cluster: Cluster,
    server: str,
    *,
    share: Collection[int] | None = None,
    thorough: bool = False,
    is_tried: Callable[[str], bool] = lambda _: True,
    soon: Sequence[Asked] = (),
) -> Rehearsal:
    """Open a rehearsal of a plan on a cluster; the caller closes it.

    What will be asked for ``soon`` is begun at once, in threads of its own.

    On servers of our own (``server`` is not `url`) the tree's `scripts/roles.sql` is run first,
    as an administrator would; on a given server its roles are whatever they are there.
    """
    if server != "url":
        _run_roles_file(plan, cluster)
    return Rehearsal(
        plan,
        cluster,
        observer=_observe,
        fill=_fill,
        share=share,
        thorough=thorough,
        is_tried=is_tried,
        soon=soon,
    )


def _observe(walk: Walk) -> ServerObserver:
    return ServerObserver(bystander=walk.database.connect, reader=walk.session)


def _fill(session: Connection) -> None:
    fill(session, rows=SAMPLE_ROWS)


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
