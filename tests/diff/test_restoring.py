"""What a rollback is told to write brings the catalog back: run on a server, read again."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from harness.catalog import read_catalog
from harness.catalog.model import Catalog, CatalogObject, Identity
from harness.checks.rehearsal.restoring import SHOWN, restoration
from harness.database import Cluster
from harness.diff import compare

ROLE = "kvh_restoring"

BEFORE = f"""
CREATE SCHEMA core;
CREATE TYPE core.kind AS ENUM ('a');
CREATE DOMAIN core.short AS text CONSTRAINT brief CHECK (length(VALUE) < 9);
CREATE TABLE core.tags (id bigint PRIMARY KEY, label text NOT NULL DEFAULT 'x', since date);
CREATE TABLE core.notes (
    id bigint PRIMARY KEY,
    tag_id bigint CONSTRAINT tagged REFERENCES core.tags (id),
    body varchar(20) CONSTRAINT filled CHECK (body <> ''),
    CONSTRAINT one_body UNIQUE (body)
);
CREATE INDEX notes_tag_idx ON core.notes (tag_id) WHERE id > 0;
ALTER TABLE core.notes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON core.notes AS RESTRICTIVE FOR UPDATE TO {ROLE}
USING (id > 0) WITH CHECK (id > 1);
CREATE FUNCTION core.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER touched BEFORE UPDATE ON core.notes FOR EACH ROW EXECUTE FUNCTION core.touch();
CREATE VIEW core.seen AS SELECT id FROM core.notes;
COMMENT ON TABLE core.notes IS 'O que se''anota.';
COMMENT ON COLUMN core.notes.body IS 'O texto.';
GRANT SELECT ON core.notes TO {ROLE};
GRANT SELECT ON core.seen TO {ROLE};
"""


@pytest.fixture(scope="module")
def connection(cluster: Cluster) -> Iterator[psycopg.Connection]:
    cluster.ensure_roles((ROLE,))
    database = cluster.create()
    with database.connect(autocommit=False) as opened:
        opened.execute(BEFORE.encode())
        yield opened
        opened.rollback()
    cluster.drop(database)


@pytest.fixture(scope="module")
def before(connection: psycopg.Connection) -> Catalog:
    return read_catalog(connection)


@pytest.mark.parametrize(
    "change",
    [
        "CREATE SCHEMA more",
        "CREATE EXTENSION citext SCHEMA public",
        "CREATE TABLE core.more (id bigint PRIMARY KEY)",
        "CREATE VIEW core.more AS SELECT 1 AS id",
        "CREATE MATERIALIZED VIEW core.more AS SELECT 1 AS id",
        "CREATE SEQUENCE core.more",
        "CREATE TYPE core.more AS ENUM ('a')",
        "CREATE DOMAIN core.more AS text",
        "CREATE INDEX more ON core.notes (body)",
        "CREATE FUNCTION core.more(a int) RETURNS int LANGUAGE sql RETURN a",
        "CREATE PROCEDURE core.more() LANGUAGE sql AS 'SELECT 1'",
        "CREATE POLICY more ON core.notes",
        "CREATE TRIGGER more BEFORE INSERT ON core.notes EXECUTE FUNCTION core.touch()",
        "ALTER TABLE core.notes ADD COLUMN more int",
        "ALTER TABLE core.notes ADD CONSTRAINT more CHECK (id > 3)",
        "ALTER DOMAIN core.short ADD CONSTRAINT more CHECK (VALUE <> 'x')",
        "DROP INDEX core.notes_tag_idx",
        "DROP TRIGGER touched ON core.notes",
        "DROP POLICY own ON core.notes",
        "ALTER TABLE core.notes DROP CONSTRAINT tagged",
        "ALTER TABLE core.notes DROP CONSTRAINT filled",
        "ALTER TABLE core.notes DROP CONSTRAINT one_body",
        "ALTER DOMAIN core.short DROP CONSTRAINT brief",
        "ALTER TABLE core.tags DROP COLUMN since",
        "ALTER TABLE core.tags DROP COLUMN since, DROP COLUMN label",
        "COMMENT ON TABLE core.notes IS NULL",
        "COMMENT ON COLUMN core.notes.body IS 'Outro.'",
        "COMMENT ON TABLE core.tags IS 'Novo.'",
        "COMMENT ON POLICY own ON core.notes IS 'Novo.'",
        "COMMENT ON CONSTRAINT filled ON core.notes IS 'Novo.'",
        "ALTER TABLE core.notes DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE core.notes NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE core.notes DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE core.tags ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE core.tags FORCE ROW LEVEL SECURITY",
        "ALTER TABLE core.tags ALTER COLUMN label DROP DEFAULT",
        "ALTER TABLE core.tags ALTER COLUMN since SET DEFAULT '2026-01-01'",
        "ALTER TABLE core.tags ALTER COLUMN label DROP NOT NULL",
        "ALTER TABLE core.tags ALTER COLUMN since SET NOT NULL",
        "ALTER TABLE core.notes ALTER COLUMN body TYPE text",
        f"ALTER TABLE core.tags OWNER TO {ROLE}",
        f"ALTER FUNCTION core.touch() OWNER TO {ROLE}",
        f"GRANT INSERT ON core.notes TO {ROLE}",
        f"REVOKE SELECT ON core.notes FROM {ROLE}",
        f"REVOKE SELECT ON core.seen FROM {ROLE}",
        "GRANT SELECT ON core.seen TO PUBLIC",
        "REVOKE EXECUTE ON FUNCTION core.touch() FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA core TO {ROLE}",
        "CREATE TABLE core.more (id int); DROP POLICY own ON core.notes; DROP VIEW core.seen;"
        " CREATE VIEW core.seen AS SELECT id FROM core.notes",
    ],
)
def test_it_brings_the_catalog_back(
    connection: psycopg.Connection, before: Catalog, change: str
) -> None:
    with connection.transaction(force_rollback=True):
        connection.execute(change.encode())
        delta = compare(before, read_catalog(connection))
        assert delta
        connection.execute(restoration(delta, before).encode())
        left = compare(before, read_catalog(connection))
        assert not left.without_column_order, restoration(left, before)


def thing(kind: str, name: str, **facts: str) -> CatalogObject:
    return CatalogObject(
        identity=Identity(kind=kind, name=name), attributes=tuple(sorted(facts.items()))
    )


def written(before: tuple[CatalogObject, ...], after: tuple[CatalogObject, ...]) -> str:
    was = Catalog(objects=before)
    return restoration(compare(was, Catalog(objects=after)), was)


def test_what_the_catalog_cannot_tell_is_told_in_words() -> None:
    assert written((thing("table", "a"),), ()) == "-- create table a again, as it was"
    assert written((), (thing("cast", "a"),)) == "-- drop cast a"
    assert written(
        (thing("view", "v", definition="x"),), (thing("view", "v", definition="y"),)
    ) == ("-- set definition of view v back to `x`")


def test_beyond_the_first_few_the_rest_is_counted() -> None:
    many = tuple(thing("table", f"t{number}") for number in range(SHOWN + 3))
    assert written((), many).splitlines()[-2:] == ["DROP TABLE t5;", "-- and 3 more"]
