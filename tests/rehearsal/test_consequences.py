"""Root causes: the server's own words say who is to blame, and nobody is blamed wrongly."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from harness.checks.rehearsal.consequences import cause_of, guarded_by, missing_in
from harness.checks.rehearsal.creations import Creation, creations_of
from harness.database import Cluster
from harness.execute import run_script
from harness.execute.trace import Failure
from harness.sql import Script, parse_script

BEFORE = """
CREATE SCHEMA core;
CREATE TABLE core.notes (id bigint PRIMARY KEY, body text);
CREATE TYPE core.kind AS ENUM ('a');
"""


@pytest.fixture(scope="module")
def connection(cluster: Cluster) -> Iterator[psycopg.Connection]:
    database = cluster.create()
    with database.connect() as opened:
        opened.execute(BEFORE)
        yield opened
    cluster.drop(database)


def refused(connection: psycopg.Connection, text: str) -> tuple[Failure, Script]:
    """Let the server refuse a text; whatever ran before is rolled back."""
    script = parse_script(text)
    failure = run_script(connection, script).failure
    assert failure is not None
    return failure, script


@pytest.mark.parametrize(
    ("statement", "name", "of"),
    [
        ("SELECT * FROM core.tags", "core.tags", None),
        ("SELECT * FROM tags", "tags", None),
        ("DROP TABLE core.tags", "tags", None),
        ("DROP INDEX core.tags_idx", "tags_idx", None),
        ("CREATE TABLE core.x (id bigint REFERENCES core.tags (id))", "core.tags", None),
        ("CREATE TABLE app.x (id bigint)", "app", None),
        ("CREATE TABLE core.x (id core.email)", "core.email", None),
        ("SELECT core.touch(1)", "core.touch", None),
        ("CALL core.touch(1)", "core.touch", None),
        ("SELECT 'x' COLLATE core.other", "core.other", None),
        ("GRANT SELECT ON core.notes TO nobody_at_all", "nobody_at_all", None),
        ("SELECT n.label FROM core.notes AS n", "label", None),
        ("SELECT label FROM core.notes", "label", None),
        ("CREATE INDEX ON core.notes (label)", "label", None),
        ("ALTER TABLE core.notes ADD UNIQUE (label)", "label", None),
        ("ALTER TABLE core.notes ADD FOREIGN KEY (label) REFERENCES core.notes", "label", None),
        ("ALTER TABLE core.notes DROP COLUMN label", "label", "notes"),
        ("ALTER TABLE core.notes DROP CONSTRAINT one", "one", "notes"),
        ("DROP POLICY own ON core.notes", "own", "notes"),
        ("DROP TRIGGER touch ON core.notes", "touch", "notes"),
        ("SELECT 'z'::core.kind", "z", "kind"),
    ],
)
def test_the_server_says_what_is_missing(
    connection: psycopg.Connection, statement: str, name: str, of: str | None
) -> None:
    failure, _ = refused(connection, statement)
    missing = missing_in(failure)
    assert missing is not None, failure
    assert (".".join(missing.name), missing.of) == (name, of)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 / 0",
        "SELEC 1",
        "CREATE TABLE core.notes (id bigint)",
        "SELECT 'x'::bigint",
        "SELECT '{}'::json = '{}'::json",
        "SET app.user.name.of = 1; SHOW app.nothing",
    ],
)
def test_a_refusal_of_another_kind_misses_nothing_of_a_migration(
    connection: psycopg.Connection, statement: str
) -> None:
    failure, script = refused(connection, statement)
    assert cause_of(failure, script, {"V1": creations_of(parse_script(BEFORE))}) is None


BROKEN = {
    "V100002": creations_of(
        parse_script("CREATE TABLE core.tags (id bigint, label text, x no_such_type)")
    ),
    "V100003": creations_of(parse_script("ALTER TABLE core.notes ADD COLUMN author no_such_type")),
    "V100004": creations_of(parse_script("CREATE TABEL core.plans (id bigint, term text)")),
    "V100005": creations_of(parse_script("ALTER TYPE core.kind ADD VALUE 'b' BEFORE 'nowhere'")),
}


@pytest.mark.parametrize(
    ("statement", "version"),
    [
        ("CREATE VIEW core.v AS SELECT id FROM core.tags", "V100002"),
        ("CREATE VIEW core.v AS SELECT id FROM tags", "V100002"),
        ("CREATE VIEW core.v AS SELECT n.author FROM core.notes AS n", "V100003"),
        ("ALTER TABLE core.notes ALTER COLUMN author SET NOT NULL", "V100003"),
        ("CREATE INDEX ON core.notes (author)", "V100003"),
        ("ALTER TABLE core.plans ADD COLUMN x int", "V100004"),
        ("CREATE TABLE core.x (k core.kind DEFAULT 'b')", "V100005"),
    ],
)
def test_who_needs_what_a_broken_migration_would_have_created_is_its_consequence(
    connection: psycopg.Connection, statement: str, version: str
) -> None:
    assert cause_of(*refused(connection, statement), BROKEN) == version


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW core.v AS SELECT id FROM core.tag",  # a typo of a broken one's name
        "CREATE VIEW core.v AS SELECT id FROM app.tags",  # the same name elsewhere
        "CREATE INDEX ON core.notes (label)",  # a column's name, but of another table
        "CREATE VIEW core.v AS SELECT n.label FROM core.notes AS n",
        "CREATE INDEX ON core.notes (term)",
        "ALTER TABLE core.notes DROP COLUMN autor",
        "ALTER TABLE core.notes DROP CONSTRAINT tags",
        "CREATE TABLE core.x (k core.kind DEFAULT 'c')",
        "SELECT core.tagged(1)",
    ],
)
def test_a_typo_is_a_cause_of_its_own(connection: psycopg.Connection, statement: str) -> None:
    assert cause_of(*refused(connection, statement), BROKEN) is None


def test_the_earliest_of_several_is_to_blame(connection: psycopg.Connection) -> None:
    twice = {"V1": creations_of(parse_script("CREATE TABLE core.tags (id int)")), **BROKEN}
    assert cause_of(*refused(connection, "SELECT id FROM core.tags"), twice) == "V1"


GUARD = "DO $$ BEGIN RAISE EXCEPTION 'the scoped policies are missing'; END; $$"


def test_a_contract_that_refuses_for_want_of_its_expand_follows_from_it(
    connection: psycopg.Connection,
) -> None:
    failure, _ = refused(connection, GUARD)
    broken = {"V200001": frozenset[Creation](), "V200002": frozenset[Creation]()}
    assert guarded_by(failure, ("V200002",), broken) == "V200002"
    assert guarded_by(failure, ("V200003",), broken) is None
    assert guarded_by(failure, (), broken) is None


def test_a_contract_that_fails_by_itself_does_not_follow_from_its_expand(
    connection: psycopg.Connection,
) -> None:
    failure, _ = refused(connection, "ALTER TABLE core.notes ADD CHECK (id > nothing)")
    assert guarded_by(failure, ("V200002",), {"V200002": frozenset[Creation]()}) is None
