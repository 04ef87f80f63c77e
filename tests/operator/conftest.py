"""Databases with an owner, a psql, and small plans to operate on them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.database import Cluster, Database
from harness.operator import Psql, find_psql
from harness.plan import Plan, read_plan
from tests.operator.site import OWNER, Site
from tests.real_tree import ROOT
from tests.trees.builder import File, write_tree

MakeSite = Callable[..., Site]


@pytest.fixture(scope="session")
def psql() -> Psql:
    return find_psql(os.environ.get("PSQL_PATH"), os.environ)


@pytest.fixture(scope="session")
def plan() -> Plan:
    return read_plan(ROOT)[0]


@pytest.fixture
def database(cluster: Cluster, plan: Plan) -> Iterator[Database]:
    """Provide an empty database of the owner's."""
    cluster.ensure_roles(plan.roles)
    made = cluster.create(OWNER)
    yield made
    cluster.drop(made)


@pytest.fixture
def real_site(database: Database, plan: Plan, psql: Psql) -> Site:
    return Site(plan=plan, database=database, psql=psql)


@pytest.fixture
def site(database: Database, psql: Psql, tmp_path: Path) -> MakeSite:
    """Return a function that writes a small plan for an empty database."""

    def make(*files: File) -> Site:
        root = write_tree(tmp_path / "db", *files)
        return Site(plan=read_plan(root.path)[0], database=database, psql=psql)

    return make
