"""What squawk suspects and text or run deny is softened; what only looks harmless is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.checks.finding import Severity
from harness.checks.judging import Judgement
from harness.checks.static import Harmless, downgrade, new_relations, squawk_findings
from harness.checks.text.files import judge_squawk
from tests.rules.test_linters import subject


def test_what_the_run_proves_harmless_is_downgraded_with_the_reason() -> None:
    text = "CREATE INDEX notes_idx\nON core.notes (id);\n"
    suspected = [
        replace(each, severity=Severity.ERROR)
        for each in squawk_findings([subject(text)])["db/V100001.sql"]
    ]
    fact = Harmless(file="db/V100001.sql", first_line=1, last_line=2, reason="no row was read")
    elsewhere = replace(fact, first_line=7, last_line=9)
    assert downgrade(suspected, [elsewhere]) == tuple(suspected)
    softened = downgrade(suspected, [elsewhere, fact])
    told = {each.rule: each for each in softened}
    index = told.pop("squawk:require-concurrent-index-creation")
    assert (index.severity, index.effect) == (Severity.WARNING, "harmless here: no row was read")
    # one statement's good manners are none of the file's missing timeouts
    assert {each.severity for each in told.values()} == {Severity.ERROR}


NEW = "CREATE TABLE core.notes (id bigint PRIMARY KEY);\n"
ON_NEW = {
    "plainly": NEW + "{}",
    "quoted": 'CREATE TABLE "core"."notes" (id bigint);\n{}',
    "of rows": "CREATE TABLE core.notes AS SELECT 1 AS id;\n{}",
    "a view of rows": "CREATE MATERIALIZED VIEW core.notes AS SELECT 1 AS id;\n{}",
    "renamed": NEW.replace("notes", "n") + "ALTER TABLE core.n RENAME TO notes;\n{}",
    "moved": NEW.replace("core", "app") + "ALTER TABLE app.notes SET SCHEMA core;\n{}",
    "dropped and made": "DROP TABLE core.notes;\n" + NEW + "{}",
    "after a block": NEW + "DO $$ BEGIN PERFORM 1; END $$;\n{}",
}
ON_OLD = {
    "of another schema": NEW.replace("core", "archive") + "{}",
    "of no schema": NEW.replace("core.", "") + "{}",
    "of another case": NEW.replace("notes", '"Notes"') + "{}",
    "temporary": NEW.replace("TABLE core.", "TEMP TABLE ") + "{}",
    "made later": "{}\nDROP TABLE core.notes;\n" + NEW,
    "perhaps there": NEW.replace("TABLE", "TABLE IF NOT EXISTS") + "{}",
    "perhaps made": "DO $$ BEGIN IF false THEN " + NEW + "END IF; END $$;\n{}",
    "perhaps dropped": NEW + "DO $$ BEGIN EXECUTE 'DROP TABLE core.notes'; END $$;\n{}",
    "dropped": NEW + "DROP TABLE core.notes;\n{}",
    "dropped with its schema": NEW + "DROP SCHEMA core CASCADE;\n{}",
    "renamed away": NEW + "ALTER TABLE core.notes RENAME TO n;\n{}",
    "replaced by an old one": NEW
    + "ALTER TABLE core.notes RENAME TO n;\nALTER TABLE core.old RENAME TO notes;\n{}",
    "moved away": NEW + "ALTER TABLE core.notes SET SCHEMA app;\n{}",
    "rolled back": "SAVEPOINT a;\n" + NEW + "ROLLBACK TO a;\n{}",
    "in a comment": "-- " + NEW + "{}",
    "in a body": "CREATE FUNCTION core.f() RETURNS void LANGUAGE sql AS $$ " + NEW + "$$;\n{}",
}
INDEX = "ALTER TABLE core.notes ALTER COLUMN id TYPE text;"


def facts(text: str) -> list[Harmless]:
    line = text.count("\n", 0, text.index(INDEX)) + 1
    return [each for each in new_relations(subject(text)) if each.first_line == line]


@pytest.mark.parametrize("case", ON_NEW)
def test_what_the_file_itself_has_made_is_harmless(case: str) -> None:
    assert facts(ON_NEW[case].replace("{}", INDEX))


@pytest.mark.parametrize("case", ON_OLD)
def test_what_only_looks_new_is_not(case: str) -> None:
    assert not facts(ON_OLD[case].replace("{}", INDEX))


def test_a_missing_timeout_is_left_out_only_where_the_whole_file_is_new() -> None:
    index = "CREATE INDEX notes_idx ON core.notes (id);\n"
    old = "ALTER TABLE core.tags ADD COLUMN x text;\n"
    found = [rules_of(judge_squawk([subject(each)], None)) for each in (NEW + index, NEW + old)]
    both = rules_of(judge_squawk([subject(NEW + index + old)], None))
    assert "squawk:require-lock-timeout" not in found[0]
    assert "squawk:require-lock-timeout" in found[1]
    assert "squawk:require-lock-timeout" in both


def rules_of(judged: dict[str, Judgement]) -> set[str]:
    return {each.rule for judgement in judged.values() for each in judgement.findings}
