"""All mutations of migrations, seeds and layout, in the order in which the tree reaches them.

Queries, alerts, dashboards and runbooks have theirs in `tests.operations.test_mutations`.
"""

from __future__ import annotations

from tests.mutations import expands, isolation, layouts, rollbacks, schemas, seeds, texts
from tests.mutations.mutation import Mutation

MUTATIONS: tuple[Mutation, ...] = tuple(
    sorted(
        (
            *rollbacks.MUTATIONS,
            *expands.MUTATIONS,
            *isolation.MUTATIONS,
            *schemas.MUTATIONS,
            *seeds.MUTATIONS,
            *texts.MUTATIONS,
            *layouts.MUTATIONS,
        ),
        key=lambda each: (each.version[1:], each.name),
    )
)
"""Neighbours need the same databases, and a worker is given neighbours."""
