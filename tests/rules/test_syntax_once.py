"""What the text shows to be no SQL is told once, by the text; the server only confirms it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.checks.rehearsal import symmetry
from harness.checks.text.environment import ENVIRONMENT_DEPENDENT
from harness.checks.text.statements import SYNTAX_ERROR
from harness.database import Cluster, Database
from harness.sql import parse_script
from tests.rules.observed import filled, migration_of, observe
from tests.rules.test_linters import subject


@pytest.fixture(scope="module")
def database(cluster: Cluster) -> Iterator[Database]:
    clone = cluster.clone(filled(cluster))
    yield clone
    cluster.drop(clone)


IN_A_BODY = "CREATE FUNCTION core.f() RETURNS void LANGUAGE plpgsql AS $$\nBEGIN\n  {}\nEND\n$$;"


@pytest.mark.parametrize(
    ("text", "by_text", "by_run"),
    [
        ("SELECT 1;\nSELEC 2;", 1, 0),
        (IN_A_BODY.format("SELEC 1;"), 1, 0),
        (IN_A_BODY.format("RAISE NOTICE '%';"), 1, 0),
        (IN_A_BODY.format("RAISE no_such_thing;"), 1, 0),
        ("DO $$ BEGIN EXECUTE 'SELEC 1'; END $$;", 1, 0),
        ("CREATE FUNCTION core.g() RETURNS int LANGUAGE sql AS 'SELEC 1';", 1, 0),
        ("SELECT E'\\xff';", 1, 0),
        # what only the server can know is the server's to tell
        ("SELECT a FROM core.nowhere;\nSELEC 2;", 1, 1),
        (IN_A_BODY.format("y := 1;"), 0, 1),
        ("SELECT ROW(1, 2) = ROW(1);", 0, 1),
        (IN_A_BODY.format("EXECUTE 'SELEC 1';"), 1, 0),
    ],
)
def test_a_fault_is_told_once(database: Database, text: str, by_text: int, by_run: int) -> None:
    seen = observe(database, "", migration_of(parse_script(text)))
    said = [found for rule in symmetry.APPLY_RULES for found in rule.findings(seen)]
    assert len(SYNTAX_ERROR.findings(subject(text))) == by_text
    assert len(said) == by_run


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT\u00a01;", 'syntax error at or near "SELECT<U+00A0>1" (column 1)'),
        ("\u200bSELECT 1;", 'syntax error at or near "<U+200B>SELECT" (column 1)'),
        ("SELECT 1;\ufeff\nSELECT 2;", 'syntax error at or near "<U+FEFF>" (column 10)'),
    ],
)
def test_a_character_that_nobody_sees_is_written_out(text: str, said: str) -> None:
    (found,) = SYNTAX_ERROR.findings(subject(text))
    assert found.message == said


def test_a_type_with_a_no_break_space_is_no_type_of_postgresql() -> None:
    (found,) = ENVIRONMENT_DEPENDENT.findings(subject("CREATE TABLE core.a (b text\u00a0);"))
    assert found.message.startswith("text<U+00A0> without a schema")


def test_what_the_server_says_of_such_a_character_shows_it(database: Database) -> None:
    text = "CREATE TABLE core.invisible (b text\u00a0);"
    seen = observe(database, "", migration_of(parse_script(text)))
    (found,) = (each for rule in symmetry.APPLY_RULES for each in rule.findings(seen))
    assert 'type "text<U+00A0>" does not exist' in found.message
