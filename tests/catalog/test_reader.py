"""A catalog that is read again is what a catalog read anew is, whatever happened in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from psycopg import Connection

from harness.catalog import Catalog, CatalogReader, read_catalog
from harness.catalog.changes import moved_between, stamps
from harness.catalog.read import as_reader
from harness.database import Cluster, Database
from harness.diff import compare
from tests.catalog.areas import database_for, known_to, major_of, run
from tests.catalog.corpus import Area, read_corpus

pytestmark = pytest.mark.server
SCHEMA = """
    CREATE SCHEMA core;
    CREATE TABLE core.a (id integer PRIMARY KEY, word text);
    CREATE TABLE core.b (id integer REFERENCES core.a, other integer DEFAULT 7);
    CREATE TABLE core.c (other integer);
    CREATE VIEW core.v AS SELECT word FROM core.a JOIN core.b USING (id) JOIN core.c USING (other);
    CREATE FUNCTION core.f() RETURNS SETOF core.b LANGUAGE sql AS 'SELECT * FROM core.b';
    CREATE VIEW core.w AS SELECT count(*) FROM core.f();
"""


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Database]:
    made = cluster.create()
    with made.connect() as connection:
        connection.execute(SCHEMA)
    yield made
    cluster.drop(made)


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.connect() as opened:
        yield opened


@pytest.mark.parametrize("area", read_corpus(), ids=lambda area: area.name)
def test_after_every_statement_of_the_manual(area: Area, cluster: Cluster) -> None:
    with database_for(cluster) as database, database.connect() as connection:
        run(connection, area.prologue)
        reader = CatalogReader(connection)
        reader.read()
        wrong = []
        for case in known_to(major_of(connection), area):
            run(connection, (case,))
            differs = difference(reader.read(), read_catalog(connection))
            if differs:
                wrong.append(f"{area.name}.sql:{case.line}: {case.sql.strip()}: {differs}")
                reader = CatalogReader(connection)
                reader.read()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("ALTER TABLE core.a ADD other integer", id="name_that_a_join_must_avoid"),
        pytest.param("ALTER TABLE core.b ADD more text", id="row_type_that_a_function_returns"),
        pytest.param("ALTER TABLE core.a RENAME TO renamed", id="renamed_table"),
        pytest.param("ALTER TABLE core.a RENAME word TO renamed", id="renamed_column"),
        pytest.param("ALTER FUNCTION core.f() RENAME TO renamed", id="renamed_function"),
        pytest.param("ALTER SCHEMA core RENAME TO renamed", id="renamed_schema"),
        pytest.param("GRANT SELECT ON pg_catalog.pg_authid TO PUBLIC", id="grant_on_postgres"),
        pytest.param("GRANT USAGE ON SCHEMA pg_catalog TO pg_monitor", id="grant_on_its_schema"),
        pytest.param("COMMENT ON SCHEMA public IS 'ours'", id="comment_on_public"),
        pytest.param("DROP TABLE core.a, core.b CASCADE", id="everything_gone"),
    ],
)
def test_what_others_say_of_a_change_is_read_again(connection: Connection, change: str) -> None:
    reader = CatalogReader(connection)
    before = reader.read()
    connection.execute(change.encode())
    after = reader.read()
    assert not difference(after, read_catalog(connection))
    assert after != before


def test_a_transaction_rolled_back_leaves_what_was_read_before(connection: Connection) -> None:
    reader = CatalogReader(connection)
    before = reader.read()
    with connection.transaction(force_rollback=True):
        connection.execute("ALTER TABLE core.a ADD first integer")
        one = reader.read()
        connection.execute("ALTER TABLE core.a RENAME first TO second")
        assert not difference(reader.read(), read_catalog(connection))
        assert one.find("column", "core.a.first") is not None
    assert reader.read() == before


def test_rows_moved_by_a_vacuum_are_the_same_catalog(connection: Connection) -> None:
    reader = CatalogReader(connection)
    before = reader.read()
    for catalog in ("pg_attribute", "pg_class", "pg_proc"):
        connection.execute(f"VACUUM FULL pg_catalog.{catalog}".encode())
    connection.execute("ALTER TABLE core.a ADD more integer")
    assert not difference(reader.read(), read_catalog(connection))
    connection.execute("ALTER TABLE core.a DROP more")
    assert reader.read() == before


def test_nothing_changed_is_the_same_value(connection: Connection) -> None:
    reader = CatalogReader(connection)
    before = reader.read()
    assert reader.read() is before
    connection.execute("CREATE TABLE core.d (id integer)")
    kept = reader.read()
    again = {each.identity: each for each in before.objects}
    assert all(each is again[each.identity] for each in kept.objects if each.identity in again)


def test_a_copy_and_its_source_go_on_from_the_same(cluster: Cluster, database: Database) -> None:
    with database.connect() as connection:
        reader = CatalogReader(connection)
        before = reader.read()
    copy = cluster.clone(database)
    with copy.connect() as of_copy, database.connect() as of_source:
        there, here = reader.fork(of_copy), reader.fork(of_source)
        assert there.read() is before
        of_copy.execute("CREATE TABLE core.d (id integer)")
        of_source.execute("CREATE TABLE core.d (name text)")
        for each, connection in ((there, of_copy), (here, of_source), (here, of_copy)):
            assert not difference(each.fork(connection).read(), read_catalog(connection))
            assert not difference(each.read(), read_catalog(each.connection))
    cluster.drop(copy)


def test_a_database_made_alike_is_not_taken_for_a_copy(
    cluster: Cluster, database: Database
) -> None:
    with database.connect() as connection:
        reader = CatalogReader(connection)
        reader.read()
    twin = cluster.create()
    with twin.connect() as connection:
        connection.execute(SCHEMA)
        connection.execute("COMMENT ON TABLE core.a IS 'a twin'")
        connection.execute("ALTER TABLE core.b ALTER other DROP DEFAULT")
        assert not difference(reader.fork(connection).read(), read_catalog(connection))
    cluster.drop(twin)


def test_another_server_is_read_anew(connection: Connection) -> None:
    with as_reader(connection):
        here = stamps(connection)
    version, server = here.rest
    assert moved_between(here, here) is not None
    assert moved_between(here, replace(here, rest=(version, f"{server}1"))) is None


def test_a_new_role_has_nothing_read_anew_but_one_that_is_gone_has(connection: Connection) -> None:
    with as_reader(connection):
        here = stamps(connection)
    more = replace(here, roles={**here.roles, 1: ("other", "other")})
    assert moved_between(here, more) is not None
    assert moved_between(more, here) is None


def difference(read: Catalog, anew: Catalog) -> str:
    """Say what differs; nothing where the catalogs are equal."""
    if read == anew:
        return ""
    delta = compare(anew, read)
    lines = [f"- {each.identity}" for each in delta.removed]
    lines += [f"+ {each.identity}" for each in delta.added]
    return "\n".join([*lines, *map(str, delta.changed)]) or "parents or schemas differ"
