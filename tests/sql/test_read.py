"""A file as PostgreSQL's grammar reads it: places, splitting, transactions, directives."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

import postgast
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.sql import Directive, parse_script, read_script
from harness.sql.lexer import TokenKind, tokens
from harness.sql.split import spans

OURS = sorted((Path(__file__).parents[2] / "backend/db").rglob("*.sql"))


def places(text: str) -> list[tuple[int, int, int, str]]:
    return [(s.line, s.column, s.end_line, s.text) for s in parse_script(text).statements]


def test_places_count_characters_and_skip_comments() -> None:
    text = "-- çãõ\n\n/* é */ SELECT 'ü'; SELECT\n 2 -- õ\n;\n-- fim\n"
    assert places(text) == [(3, 9, 3, "SELECT 'ü'"), (3, 21, 4, "SELECT\n 2")]
    script = parse_script(text)
    assert all(text[s.offset :].startswith(s.text) for s in script.statements)


def test_kinds_are_the_grammar_s() -> None:
    script = parse_script("CREATE TABLE a (); CREATE INDEX i ON a (b); DO $$ BEGIN END $$;")
    assert [each.kind for each in script.statements] == ["CreateStmt", "IndexStmt", "DoStmt"]


def test_a_statement_is_found_by_line() -> None:
    script = parse_script("SELECT\n1;\n\nSELECT 2;")
    assert [script.statement_at(line) is None for line in (1, 2, 3, 4)] == [
        False,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELECT 1;\nSELEC 2;\n", (2, 1)),
        ("SELECT 'é' 'x';\nSELECT (1;\n", (1, 12)),
        ("SELECT 'ééé';\nSELECT 'é' FORM a;\n", (2, 17)),
        ("SELECT 1;\n  SELECT 'abc\n", (2, 10)),
        ("SELECT 1;\n/* open\n", (2, 1)),
        ("SELECT $a$ b", (1, 8)),
        ("SELECT 1;\n\\d", (2, 1)),
        ("SELECT '\0'", (1, 9)),
        ("SELECT 1 FROM", (1, 14)),
    ],
)
def test_a_fault_has_its_line_and_column(text: str, place: tuple[int, int]) -> None:
    fault = parse_script(text).fault
    assert fault is not None
    assert (fault.line, fault.column) == place


def test_a_fault_is_told_with_the_comments_that_stand_in_it() -> None:
    fault = parse_script("SELECT '😀' -- é\n 'b';\nE'a' -- é\n 'b\\''").fault
    assert fault is not None
    assert (fault.line, fault.column) == (3, 1)
    assert fault.message == "syntax error at or near \"E'a' -- é\n 'b\\''\""


def test_after_a_fault_the_server_can_still_be_asked() -> None:
    text = """
        SELEC 1;
        CREATE FUNCTION f() RETURNS int LANGUAGE sql
        BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END;
        CREATE INDEX CONCURRENTLY i ON a (b);
        SELECT ';', ";", $$;$$, E'\\';', 3
    """
    script = parse_script(text)
    assert [each.kind for each in script.statements] == [
        "",
        "CreateFunctionStmt",
        "IndexStmt",
        "SelectStmt",
    ]
    assert script.transactional is False


def test_expressions_too_deep_for_a_tree_are_accepted() -> None:
    text = "SELECT " + " || ".join(["a"] * 3000) + ";\nVACUUM b;"
    script = parse_script(text)
    assert script.fault is None
    assert [(each.kind, each.line) for each in script.statements] == [
        ("SelectStmt", 1),
        ("VacuumStmt", 2),
    ]


@pytest.mark.parametrize(
    ("text", "transactional"),
    [
        ("CREATE INDEX i ON a (b)", True),
        ("CREATE INDEX CONCURRENTLY i ON a (b)", False),
        ("DROP INDEX CONCURRENTLY i", False),
        ("DROP INDEX i", True),
        ("REINDEX INDEX CONCURRENTLY i", False),
        ("REINDEX (CONCURRENTLY false) INDEX i", True),
        ("REINDEX (VERBOSE, CONCURRENTLY) TABLE i", False),
        ("REINDEX SCHEMA a", False),
        ("REINDEX TABLE a", True),
        ("VACUUM a", False),
        ("ANALYZE a", True),
        ("CREATE DATABASE a", False),
        ("DROP DATABASE a", False),
        ("ALTER SYSTEM SET a = 1", False),
        ("ALTER TABLE a DETACH PARTITION b CONCURRENTLY", False),
        ("ALTER TABLE a DETACH PARTITION b", True),
        ("CLUSTER", False),
        ("CLUSTER a", True),
        ("DISCARD ALL", False),
        ("DISCARD TEMP", True),
        ("REFRESH MATERIALIZED VIEW CONCURRENTLY a", True),
        ("DO $$ BEGIN COMMIT; END $$", False),
        ("DO $$ BEGIN PERFORM 'commit'; END $$", True),
        ("CREATE SUBSCRIPTION a CONNECTION 'x' PUBLICATION p", False),
        ("CREATE SUBSCRIPTION a CONNECTION 'x' PUBLICATION p WITH (create_slot = off)", True),
        ("CREATE SUBSCRIPTION a CONNECTION 'x' PUBLICATION p WITH (connect = false)", True),
        ("ALTER SUBSCRIPTION a REFRESH PUBLICATION", False),
        ("ALTER SUBSCRIPTION a SET PUBLICATION p", False),
        ("ALTER SUBSCRIPTION a SET PUBLICATION p WITH (refresh = false)", True),
        ("ALTER SUBSCRIPTION a SET (failover = true)", False),
        ("ALTER SUBSCRIPTION a SET (synchronous_commit = off)", True),
        ("ALTER SUBSCRIPTION a ENABLE", True),
        ("DROP SUBSCRIPTION a", False),
        ("DO $$ BEGIN CALL a(); END $$", False),
        ("DO $$ BEGIN CALL a(); END $$; SET lock_timeout = '1s'; CALL a()", False),
        ("DO $$ BEGIN CALL a(); END $$; SELECT 1", True),
        ("DO $$ BEGIN PERFORM 'call'; END $$", True),
        ("SET LOCAL lock_timeout = '1s'; CALL a()", True),
        ("SET TRANSACTION READ ONLY; CALL a()", True),
        ("CALL a()", False),
        ("CALL a(); CALL b()", False),
        ("SET lock_timeout = '1s'; CALL a()", False),
        ("CALL a(); VACUUM b", False),
        ("CALL a(); SELECT 1", True),
    ],
)
def test_what_refuses_a_transaction_is_known(text: str, transactional: bool) -> None:
    assert parse_script(text).transactional is transactional


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("BEGIN; SELECT 1; COMMIT;", ["SELECT 1"]),
        ("START TRANSACTION; SELECT 1; END;", ["SELECT 1"]),
        ("BEGIN; SELECT 1; ROLLBACK;", ["BEGIN", "SELECT 1", "ROLLBACK"]),
        ("BEGIN; SELECT 1; COMMIT; SELECT 2;", ["BEGIN", "SELECT 1", "COMMIT", "SELECT 2"]),
        ("BEGIN; COMMIT; BEGIN; COMMIT;", ["BEGIN", "COMMIT", "BEGIN", "COMMIT"]),
        ("BEGIN; SELECT 1;", ["BEGIN", "SELECT 1"]),
    ],
)
def test_only_a_pair_around_the_whole_file_is_taken_away(text: str, left: list[str]) -> None:
    script = parse_script(text)
    assert [each.text for each in script.statements] == left
    assert (script.wrapper is not None) is (len(left) == 1)


DIRECTIVES = {
    "top of the file": ("-- harness: allow a -- why\n-- more\n\nSELECT 1;", None),
    "top, directly above": ("-- harness: allow a -- why\nSELECT 1;", None),
    "own block, blank line after": ("-- x\n\n-- harness: allow a -- why\n\nSELECT 1;", None),
    "above the first": ("-- x\n\n-- harness: allow a -- why\nSELECT 1;", 0),
    "above the second": ("SELECT 1;\n-- harness: allow a -- why\n\nSELECT 2;", 1),
    "behind the first": ("SELECT 1; -- harness: allow a -- why\nSELECT 2;", 1),
    "inside": ("SELECT 1,\n-- harness: allow a -- why\n2;", 0),
    "after the last": ("SELECT 1;\n-- harness: allow a -- why\n", 1),
    "without a statement": ("-- harness: allow a -- why\n", None),
}


@pytest.mark.parametrize("case", DIRECTIVES)
def test_a_directive_speaks_for_the_file_or_for_a_statement(case: str) -> None:
    text, statement = DIRECTIVES[case]
    (found,) = parse_script(text).directives
    assert (found.rule, found.reason, found.statement) == ("a", "why", statement)


@pytest.mark.parametrize(
    ("comment", "rule", "reason"),
    [
        ("--harness:allow squawk:ban-char-field--no", "squawk:ban-char-field", "no"),
        ("-- harness: allow squawk:ban-char-field -- já é assim", "squawk:ban-char-field", "…"),
        ("-- harness:   allow   a", "a", ""),
        ("-- harness: allow a --", "a", ""),
        ("-- harness: deny a -- b", "", ""),
        ("-- harness:", "", ""),
    ],
)
def test_directives_are_read_or_left_empty(comment: str, rule: str, reason: str) -> None:
    (found,) = parse_script(f"SELECT 1;\n{comment}\nSELECT 2;").directives
    wanted = "já é assim" if reason == "…" else reason
    assert found == Directive(rule=rule, reason=wanted, line=2, statement=1)


def test_text_that_only_looks_like_a_directive_is_none() -> None:
    text = "SELECT '-- harness: allow a -- b';\n-- see harness: allow\n/* harness: allow a */\n"
    assert parse_script(text).directives == ()


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    fault = read_script(tmp_path / "none.sql").fault
    assert fault is not None
    assert fault.unreadable


def split_by_tokens(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text, tokens(text))]


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_tokens_split_like_the_grammar(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    script = parse_script(text)
    assert script.fault is None
    assert [each.text for each in script.statements] == split_by_tokens(text)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_tokens_see_the_comments_that_postgresql_sees(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    data = text.encode()
    theirs = [
        data[each.start : each.end].decode()
        for each in postgast.scan(text).tokens
        if each.token in {postgast.pg_query_pb2.SQL_COMMENT, postgast.pg_query_pb2.C_COMMENT}
    ]
    ours = [text[t.start : t.end] for t in tokens(text) if t.kind is TokenKind.COMMENT]
    assert ours == theirs


SQL = st.lists(
    st.sampled_from(
        [
            "SELECT 1",
            ";",
            "'a;''b'",
            "E'\\';'",
            "U&'x'",
            "$$;$$",
            "$a$ $$ ; $a$",
            "a$b$c",
            '";"',
            "-- ;\n",
            "/* ; /* ; */ */",
            "é",
            ",",
            "+",
            "$1",
            "AS",
            "\n",
        ]
    ),
    max_size=14,
).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(SQL)
def test_what_the_grammar_accepts_is_split_the_same_by_tokens(text: str) -> None:
    script = parse_script(text)
    if script.fault is None:
        assert [each.text for each in script.statements] == split_by_tokens(text)


LONG = {
    "comments behind a string": "E'a' " + "--a" * 5000 + "\nX",
    "a string that never goes on": "E'a'" + " " * 50_000 + "\n" * 50_000,
    "a COPY that is none": "copy a" + " " * 50_000,
    "COPYs without their rows": "copy a from stdin\n" * 5000,
    "comments that open": "/* " * 50_000,
    "quotes of dollars": "$a$ $b$ " * 20_000,
    "names": "a." * 50_000,
}


@pytest.mark.parametrize("case", LONG)
def test_what_is_long_and_no_sql_is_refused_in_time(case: str) -> None:
    started = monotonic()
    assert parse_script(LONG[case]).fault is not None
    assert monotonic() - started < 10
