"""What a file would have created, read from its text alone."""

from __future__ import annotations

import pytest

from harness.checks.rehearsal.creations import Creation, creations_of
from harness.sql import parse_script


def created(text: str) -> set[tuple[str, str | None]]:
    """Return each created name, dotted, with what it belongs to."""
    return {(".".join(each.name), each.of) for each in creations_of(parse_script(text))}


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("CREATE TABLE core.tags (id bigint)", "core.tags"),
        ("CREATE TABLE core.tags AS SELECT 1 AS id", "core.tags"),
        ("CREATE MATERIALIZED VIEW core.tags AS SELECT 1 AS id", "core.tags"),
        ("CREATE VIEW core.tags AS SELECT 1 AS id", "core.tags"),
        ("CREATE INDEX tags_idx ON core.tags (id)", "core.tags_idx"),
        ("CREATE SEQUENCE tags", "tags"),
        ("CREATE SCHEMA core", "core"),
        ("CREATE EXTENSION citext", "citext"),
        ("CREATE TYPE core.kind AS ENUM ('a')", "core.kind"),
        ("CREATE TYPE core.pair AS (a int, b int)", "core.pair"),
        ("CREATE TYPE core.span AS RANGE (subtype = date)", "core.span"),
        ("CREATE DOMAIN core.email AS text", "core.email"),
        ("CREATE FUNCTION core.one() RETURNS int LANGUAGE sql RETURN 1", "core.one"),
        ("CREATE AGGREGATE core.many (int) (sfunc = int4pl, stype = int)", "core.many"),
        ("CREATE ROLE reader", "reader"),
        ("ALTER TABLE core.tags RENAME TO labels", "labels"),
        ("ALTER TABLE core.tags SET SCHEMA app", "app.tags"),
    ],
)
def test_a_statement_creates_its_object(statement: str, name: str) -> None:
    assert created(statement) == {(name, None)}


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("ALTER TABLE core.tags ADD COLUMN label text", ("label", "tags")),
        ("ALTER TABLE core.tags ADD CONSTRAINT one CHECK (id = 1)", ("one", "tags")),
        ("ALTER TABLE core.tags RENAME COLUMN a TO b", ("b", "tags")),
        ("ALTER TYPE core.kind ADD VALUE 'z'", ("z", "kind")),
        ("CREATE POLICY own ON core.tags", ("own", "tags")),
        (
            "CREATE TRIGGER touch BEFORE UPDATE ON core.tags EXECUTE FUNCTION core.touch()",
            ("touch", "tags"),
        ),
    ],
)
def test_a_part_is_told_with_what_it_belongs_to(statement: str, part: tuple[str, str]) -> None:
    assert created(statement) == {part}


def test_the_columns_of_a_new_table_are_no_creations_of_their_own() -> None:
    """Who misses one of them misses the table first; their names are everybody's."""
    assert created("CREATE TABLE core.tags (id bigint, label text)") == {("core.tags", None)}


def test_a_replaced_view_creates_its_columns_too() -> None:
    found = created("CREATE OR REPLACE VIEW core.tags AS SELECT 1 AS id, a.b AS label FROM a")
    assert found == {("core.tags", None), ("id", "tags"), ("label", "tags")}


def test_a_schema_creates_what_stands_inside_of_it() -> None:
    assert created("CREATE SCHEMA app CREATE TABLE tags (id int)") == {
        ("app", None),
        ("tags", None),
    }


def test_a_block_creates_what_its_statements_create() -> None:
    block = """
    DO $$
    BEGIN
        IF to_regclass('core.tags') IS NULL THEN
            CREATE TABLE core.tags (id bigint);
        END IF;
        EXECUTE 'CREATE INDEX tags_idx ON core.tags (id)';
    END
    $$;
    """
    assert created(block) == {("core.tags", None), ("core.tags_idx", None)}


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABEL core.tags (id bigint)",
        "CREATE TABLE core.tags (id bigint,, label text)",
        'CREATE TABLE "core".tags id bigint',
        "CREATE OR REPLACE VIEW core.tags AS SELEC 1",
        "CREATE UNIQUE INDX IF NOT EXISTS core.tags ON core.labels (id)",
    ],
)
def test_a_statement_that_is_no_sql_creates_what_its_head_names(statement: str) -> None:
    found = creations_of(parse_script(statement))
    assert Creation(name=("core", "tags")) in found
    assert not {each.name for each in found} & {("id",), ("bigint",), ("label",)}


def test_a_broken_alter_table_creates_parts_of_its_table_alone() -> None:
    found = creations_of(parse_script("ALTER TABLE core.tags ADD COLUMN label txet NOT"))
    assert {each.of for each in found} == {"tags"}
    assert Creation(name=("label",), of="tags") in found


@pytest.mark.parametrize(
    "statement",
    ["DROP TABLE core.tags", "SELECT 1", "INSERT INTO core.tags VALUES (1)", "SELEC 1", "DO 'x'"],
)
def test_what_creates_nothing_creates_nothing(statement: str) -> None:
    assert created(statement) == set()
