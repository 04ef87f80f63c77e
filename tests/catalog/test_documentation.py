"""The catalog's page tells every kind and attribute."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import harness.catalog
from harness.catalog.objects import NO_ATTRIBUTES
from harness.catalog.read import queries
from harness.database import Cluster

PAGE = Path(harness.catalog.__file__).with_name("README.md").read_text(encoding="utf-8")
NOT_OBJECTS = "roles"


@pytest.mark.server
def test_page_tells_the_attributes_of_every_query(cluster: Cluster) -> None:
    database = cluster.create()
    with database.connect() as connection:
        for name, query in queries().items():
            if name == NOT_OBJECTS:
                continue
            columns = connection.execute(query).description or []
            told = {column.name for column in columns} - NO_ATTRIBUTES
            row = next(line for line in PAGE.splitlines() if f"(queries/{name}.sql)" in line)
            assert set(re.findall(r"`([^`]+)`", row)) == told, name
    cluster.drop(database)


def test_page_tells_no_query_that_does_not_exist() -> None:
    told = set(re.findall(r"\(queries/(\w+)\.sql\)", PAGE))
    assert told == queries().keys() - {NOT_OBJECTS}
