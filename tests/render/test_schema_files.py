"""Which files a catalog becomes, and which of them a change touches."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from harness.catalog import Catalog, read_catalog
from harness.database import Cluster
from harness.render.index import schema_index
from harness.render.schema import changed_files, overlaid, removal, schema_files

pytestmark = pytest.mark.server
BASE = """
    CREATE SCHEMA core;
    CREATE TYPE core.state AS ENUM ('open', 'closed');
    CREATE FUNCTION core.f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
    CREATE FUNCTION core.f(text) RETURNS integer LANGUAGE sql AS 'SELECT 2';
    CREATE TABLE core.patients (id integer PRIMARY KEY, state core.state NOT NULL);
    CREATE TABLE core.notes (id serial, patient_id integer NOT NULL REFERENCES core.patients);
    CREATE VIEW core."Open Ones" AS SELECT id FROM core.patients WHERE state = 'open';
    CREATE TABLE core.logs (id integer, at timestamptz, PRIMARY KEY (id, at))
        PARTITION BY RANGE (at);
    CREATE INDEX ON core.logs (at);
    CREATE TABLE core.logs_2024 PARTITION OF core.logs
        FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2025-01-01 00:00+00');
"""
Read = Callable[[str], Catalog]


@pytest.fixture
def after(cluster: Cluster) -> Iterator[Read]:
    """Return the catalog of the base schema after some more statements."""
    database = cluster.create()
    with database.connect() as connection:
        connection.execute(BASE)

        def read(statements: str) -> Catalog:
            with connection.transaction(force_rollback=True):
                connection.execute(statements.encode())
                return read_catalog(connection)

        yield read
    cluster.drop(database)


def test_one_file_per_object_in_a_folder_per_schema(after: Read) -> None:
    assert list(schema_files(after("SELECT"))) == [
        "core/function.f.sql",
        "core/schema.sql",
        "core/table.logs.sql",
        "core/table.notes.sql",
        "core/table.patients.sql",
        "core/type.state.sql",
        "core/view.%4fpen%20%4fnes.sql",
        "public/schema.sql",
    ]


def test_a_new_column_changes_its_tables_file_alone(after: Read) -> None:
    changed = changed_files(after("SELECT"), after("ALTER TABLE core.patients ADD name text"))
    assert list(changed) == ["core/table.patients.sql"]
    assert "\n    name text" in changed["core/table.patients.sql"]


def test_a_removed_object_leaves_a_note(after: Read) -> None:
    before, now = after("SELECT"), after('DROP VIEW core."Open Ones"')
    path = "core/view.%4fpen%20%4fnes.sql"
    assert dict(changed_files(before, now)) == {path: removal(path)}
    assert overlaid(schema_files(before), changed_files(before, now)) == schema_files(now)


def test_nothing_changes_where_nothing_differs(after: Read) -> None:
    assert not changed_files(after("SELECT"), after("ANALYZE core.patients"))


def test_a_partition_says_only_what_is_its_own(after: Read) -> None:
    text = schema_files(after("SELECT"))["core/table.logs.sql"]
    own = text[text.index("CREATE TABLE core.logs_2024") :].split("\n\n")
    assert [part.split("\n")[0].split(" OWNER")[0] for part in own] == [
        "CREATE TABLE core.logs_2024",
        "ALTER TABLE core.logs_2024",
    ]


def test_an_index_of_a_partition_with_a_name_of_its_own_is_told(after: Read) -> None:
    text = schema_files(after("ALTER INDEX core.logs_2024_at_idx RENAME TO of_2024"))
    assert "CREATE INDEX of_2024 ON core.logs_2024" in text["core/table.logs.sql"]


def test_files_end_with_one_line_feed_and_hold_no_carriage_return(after: Read) -> None:
    for text in schema_files(after("SELECT")).values():
        assert text.endswith(";\n")
        assert not text.endswith("\n\n")
        assert "\r" not in text


def test_index_counts_kinds_and_draws_keys(after: Read) -> None:
    page = schema_index(after("SELECT"), title="End of a phase")
    assert page.startswith("# End of a phase\n\n| schema | core |\n| --- | --: |\n")
    assert "| table | 3 |" in page
    assert "| partition | 1 |" in page
    assert "```mermaid\nerDiagram\n" in page
    assert '    patients ||--o{ notes : "patient_id"' in page
    assert "        integer patient_id FK" in page
    assert "logs_2024" not in page
