"""The schema at the end of a phase as evidence: gathered once, judged by pure rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from psycopg import sql

from harness.catalog import Catalog
from harness.checks.isolation.leaks import Leak
from harness.checks.isolation.policy_indexes import PolicyScan, policy_scans
from harness.checks.isolation.probe import Probe
from harness.checks.isolation.tenancy import Tenancy, infer_tenancy
from harness.checks.schema.facts import (
    Connection,
    ForeignKey,
    Index,
    Partitioned,
    Reach,
    read_definers,
    read_foreign_keys,
    read_indexes,
    read_reach,
    reading,
)
from harness.checks.schema.functions import Broken, broken_by_rows, gather_broken
from harness.checks.schema.matview_facts import MatviewFacts, gather_matviews, show_rows
from harness.checks.schema.origins import Origins, origins_of
from harness.checks.schema.partition_facts import PartitionFacts, gather_partitions, run_upkeep
from harness.database import Database
from harness.plan import Phase, Plan
from harness.samples import Unfilled, fill

SAMPLE_ROWS = 12
"""How many rows each table is given before isolation is probed."""


@dataclass(frozen=True, kw_only=True)
class PhaseSchema:
    """What a phase leaves behind: its catalog, and what was seen when the catalog was tried.

    ``texts`` are the migrations' files that ran until here. ``unfilled`` names tables that could
    not be probed for want of rows; ``unprobed`` pairs a setting with a table in which nobody
    could be set against anybody.
    """

    catalog: Catalog
    origins: Origins
    owner: str | None = None
    app_roles: tuple[str, ...] = ()
    ends_release: bool = True
    indexes: tuple[Index, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    partitions: PartitionFacts = field(default_factory=PartitionFacts)
    tenancy: Tenancy | None = None
    leaks: tuple[Leak, ...] = ()
    policy_scans: tuple[PolicyScan, ...] = ()
    matviews: tuple[MatviewFacts, ...] = ()
    broken: tuple[Broken, ...] = ()
    phase: str = ""
    unfilled: tuple[Unfilled, ...] = ()
    unprobed: tuple[tuple[str, str], ...] = ()

    @property
    def partitioned(self) -> tuple[Partitioned, ...]:
        """The partitioned tables."""
        return self.partitions.tables


def gather_phase_schema(
    database: Database,
    catalog: Catalog,
    plan: Plan,
    phase: Phase,
    *,
    disposable: bool = False,
) -> PhaseSchema:
    """Gather what the rules of a phase's end judge, from a database that stands there.

    ``catalog`` is what `read_catalog` gave. Everything is rolled back, but for what upkeep
    routines do where the database is ``disposable``: only then are they called, since they
    commit.
    """
    owner = plan.owner or database.owner
    with database.connect() as connection, reading(connection):
        foreign_keys = read_foreign_keys(connection)
        indexes = read_indexes(connection)
        broken = gather_broken(connection, catalog)
        tenancy = infer_tenancy(connection, catalog, foreign_keys)
    # A fresh session: a setting that was set once is empty ever after, and never unset again.
    with database.connect() as connection, reading(connection):
        filled = fill_for_probes(connection, tenancy)
        with connection.transaction(force_rollback=True):  # lets the refreshes' locks go, too
            show_rows(connection)
            probed = _probed(connection, plan.app_roles, owner, tenancy)
        matviews = gather_matviews(connection, indexes)
    upkept = _upkept(database, catalog, owner) if disposable else {}
    with database.connect() as connection:
        partitions = gather_partitions(connection, upkept)
    return PhaseSchema(
        catalog=catalog,
        origins=origins_of(plan, phase),
        owner=owner,
        app_roles=plan.app_roles,
        ends_release=_ends_release(plan, phase),
        indexes=indexes,
        foreign_keys=foreign_keys,
        partitions=partitions,
        tenancy=tenancy,
        leaks=probed.leaks,
        policy_scans=tuple(policy_scans(catalog, indexes, plan.app_roles)),
        matviews=matviews,
        broken=(*broken, *broken_by_rows(filled, broken)),
        phase=phase.id,
        unfilled=filled,
        unprobed=probed.unprobed,
    )


def _upkept(database: Database, catalog: Catalog, owner: str | None) -> dict[str, str | None]:
    with database.connect(owner) as connection:
        return run_upkeep(connection, catalog)


def fill_for_probes(connection: Connection, tenancy: Tenancy) -> tuple[Unfilled, ...]:
    """Give every table rows, and the tables of persons more than the others.

    There must be persons who are patients and nothing else: those who run a practice see theirs.
    """
    roots = {table for tables in tenancy.roots.values() for table in tables}
    children = {key.relation for key in tenancy.foreign_keys if key.parent in roots}
    persons = sorted(roots - children)
    if persons:
        fill(connection, rows=3 * SAMPLE_ROWS, tables=persons)
    return fill(connection, rows=SAMPLE_ROWS).unfilled


@dataclass(frozen=True, slots=True, kw_only=True)
class _Probed:
    leaks: tuple[Leak, ...] = ()
    unprobed: tuple[tuple[str, str], ...] = ()


def _probed(
    connection: Connection,
    roles: tuple[str, ...],
    owner: str | None,
    tenancy: Tenancy,
) -> _Probed:
    if not tenancy.settings:
        return _Probed()
    reached = read_reach(connection, roles)
    isolated = [each for each in reached if each.relation in tenancy.protected]
    probe = Probe(connection, tenancy, [each.relation for each in reached])
    leaks: list[Leak] = []
    for role in roles:
        readable = [each.relation for each in isolated if each.role == role and each.can_select]
        leaks += probe.without_context(role, readable)
    if owner is not None and _obeys_policies(connection, owner):
        leaks += probe.without_context(owner, sorted(tenancy.protected))
    leaks += probe.across(_tables_and_views(reached, tenancy))
    leaks += probe.through_definers(read_definers(connection, roles))
    return _Probed(
        leaks=tuple(sorted(set(leaks), key=str)),
        unprobed=tuple(probe.unprobed()),
    )


def _tables_and_views(reached: Iterable[Reach], tenancy: Tenancy) -> list[Reach]:
    return [each for each in reached if each.kind != "table" or each.relation in tenancy.protected]


def _obeys_policies(connection: Connection, role: str) -> bool:
    """Whether row security can bind a role at all: not a superuser, not one with BYPASSRLS."""
    asked = sql.SQL("SELECT NOT (rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname = {}")
    found = connection.execute(asked.format(sql.Literal(role))).fetchone()
    return found is not None and bool(found[0])


def _ends_release(plan: Plan, phase: Phase) -> bool:
    later = [each for each in plan.phases if each.order > phase.order]
    return not later or later[0].release != phase.release
