"""Bodies: plpgsql and SQL inside of statements, and what runs when the file runs."""

from __future__ import annotations

import pytest

from harness.sql import parse_script
from harness.sql.bodies import body_fault, body_of
from harness.sql.embedded import literal, queries
from harness.sql.qualification import bare_names
from harness.sql.tree import roots
from harness.sql.volatile import dated_definitions
from harness.sql.writes import writes

PLPGSQL = "CREATE FUNCTION f(a int) RETURNS {returns} LANGUAGE plpgsql AS $$\n{body}\n$$;"

GOOD_BODIES = [
    "BEGIN RETURN NEW; END",
    "BEGIN NEW.b := 1; OLD.c = 2; RETURN NEW; END",
    "BEGIN IF TG_OP = 'X' AND TG_TABLE_NAME = 'b' THEN RETURN OLD; END IF; RETURN NEW; END",
    "DECLARE p core.patients; BEGIN p.id := 1; SELECT * INTO p FROM core.patients; RETURN p; END",
    "DECLARE p core.patients%ROWTYPE; BEGIN p := NULL; RETURN p; END",
    "DECLARE r record; BEGIN FOR r IN SELECT 1 LOOP RAISE NOTICE '%', r.x; END LOOP; END",
    "DECLARE t text[]; x text; BEGIN FOREACH x IN ARRAY t LOOP NULL; END LOOP; END",
    "DECLARE c CURSOR FOR SELECT 1; BEGIN OPEN c; FETCH c INTO a; CLOSE c; END",
    "BEGIN GET DIAGNOSTICS a = ROW_COUNT; EXCEPTION WHEN OTHERS THEN RAISE; END",
    "BEGIN EXECUTE 'SELECT 1' INTO a USING a; RETURN QUERY SELECT 1; END",
    "<<outer>> BEGIN LOOP EXIT outer WHEN a > 1; CONTINUE outer; END LOOP; END outer",
    "BEGIN CASE a WHEN 1 THEN NULL; ELSE NULL; END CASE; ASSERT a > 1, 'x'; END",
    "#variable_conflict use_column\nBEGIN PERFORM f(1); CALL p(a); END",
    "BEGIN WITH x AS (SELECT 1) SELECT * FROM x INTO a; END",
    "DECLARE x int := 1; y CONSTANT text NOT NULL DEFAULT 'a'; z ALIAS FOR a; BEGIN NULL; END",
]


@pytest.mark.parametrize("returns", ["trigger", "int", "SETOF core.patients"])
@pytest.mark.parametrize("body", GOOD_BODIES)
def test_good_plpgsql_has_no_fault(body: str, returns: str) -> None:
    script = parse_script(PLPGSQL.format(returns=returns, body=body))
    found = body_of(script.statements[0])
    assert found is not None
    assert body_fault(script, found) is None


BAD_BODIES = [
    ("BEGIN\n  SELEC 1;\nEND", 3),
    ("BEGIN\n  PERFORM 1;\n  UPDATE a SET\n  b == 1 2;\nEND", 5),
    ("BEGIN\n  IF a THEN\n  NULL;\nEND", 5),
    ("DECLARE\n  x int\nBEGIN\n  NULL;\nEND", 4),
    ("BEGIN\n  a := (1 + ;\nEND", 3),
    ("BEGIN\n  PERFORM 1;\n  PERFORM 2 +\n;\nEND", 4),
    ("BEGIN\n  PERFORM 'open;\nEND", 3),
]


@pytest.mark.parametrize(("body", "line"), BAD_BODIES)
def test_a_fault_of_plpgsql_is_near_its_line(body: str, line: int) -> None:
    script = parse_script(PLPGSQL.format(returns="void", body=body))
    found = body_of(script.statements[0])
    assert found is not None
    fault = body_fault(script, found)
    assert fault is not None
    assert fault.line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS '\nSELECT 1;\nSELECT ''a'' FORM b'", 3),
        ("CREATE FUNCTION f() RETURNS int LANGUAGE SQL AS $x$ SELECT\n FROM WHERE $x$", 2),
    ],
)
def test_a_fault_of_an_sql_body_has_its_line(text: str, line: int) -> None:
    script = parse_script(text)
    found = body_of(script.statements[0])
    assert found is not None
    fault = body_fault(script, found)
    assert fault is not None
    assert abs(fault.line - line) <= ("''" in text)


@pytest.mark.parametrize(
    "text",
    [
        "CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'lib', 'symbol'",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1",
        "CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS 'not sql at all'",
        "SELECT 1",
    ],
)
def test_what_has_no_body_of_ours_has_no_fault(text: str) -> None:
    script = parse_script(text)
    found = body_of(script.statements[0])
    assert found is None or body_fault(script, found) is None


@pytest.mark.parametrize(
    "text",
    [
        "CREATE FUNCTION f(atomic int) RETURNS int LANGUAGE sql BEGIN ATOMIC {} END",
        'CREATE FUNCTION "begin atomic"() RETURNS int BEGIN /* x */ ATOMIC {} END;',
        "CREATE PROCEDURE f() BEGIN ATOMIC {} END -- end",
    ],
)
def test_the_body_between_atomic_and_end_is_sql(text: str) -> None:
    inner = " SELECT CASE WHEN true THEN 1 END;\n DELETE FROM a;"
    script = parse_script(text.replace("{}", inner))
    body = body_of(script.statements[0])
    assert body is not None
    assert (body.language, body.text.strip()) == ("sql", inner.strip())
    assert script.text[body.offset :].startswith(body.text)
    assert body_fault(script, body) is None


def queries_of(body: str) -> list[str]:
    found = body_of(parse_script(f"DO $$ {body} $$").statements[0])
    assert found is not None
    return [each.text for each in queries(found)]


def test_queries_of_a_block_are_found_wherever_they_stand() -> None:
    body = """
        DECLARE r record;
        BEGIN
            IF true THEN DELETE FROM a; ELSE DELETE FROM b; END IF;
            FOR r IN SELECT * FROM c LOOP DELETE FROM d; END LOOP;
            BEGIN DELETE FROM e; EXCEPTION WHEN OTHERS THEN DELETE FROM f; END;
            FOR r IN EXECUTE 'SELECT 1 FROM g' LOOP NULL; END LOOP;
            CASE 1 WHEN 1 THEN EXECUTE 'DELETE FROM ' || 'h'; END CASE;
        END
    """
    tables = {text.split("FROM ")[1] for text in queries_of(body) if "FROM " in text}
    assert tables == set("abcdefgh")


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("'a'", "a"),
        ("format('a %I.%2$s %L %%', x)", "a __unknown__.__unknown__ '__unknown__' %"),
        ("'a ' || quote_ident(x) || ' b'", "a __unknown__ b"),
        ("'a'::text", "a"),
        ("concat('a ', x, ' b', 1)", "a __unknown__ b__unknown__"),
        ("x", "__unknown__"),
        ("x +", "__unknown__"),
        ("format(x, 1)", "__unknown__"),
    ],
)
def test_a_dynamic_query_says_what_its_text_says(expression: str, text: str) -> None:
    assert literal(expression) == text


@pytest.mark.parametrize(
    ("condition", "bounded"),
    [
        ("", False),
        ("WHERE true", False),
        ("WHERE id = 1", True),
        ("WHERE 1 = id", True),
        ("WHERE id = $1", True),
        ("WHERE id = v_id", True),
        ("WHERE id = other", False),
        ("WHERE id IN (1, 2)", True),
        ("WHERE id NOT IN (1, 2)", False),
        ("WHERE id = ANY (ARRAY[1])", True),
        ("WHERE id <> 1", False),
        ("WHERE id > 1", False),
        ("WHERE id > 1 AND id < 5", True),
        ("WHERE 1 < id AND 5 >= id", True),
        ("WHERE id BETWEEN 1 AND 5", True),
        ("WHERE id NOT BETWEEN 1 AND 5", False),
        ("WHERE active", False),
        ("WHERE active = true", False),
        ("WHERE note IS NULL", False),
        ("WHERE NOT (id = 1)", False),
        ("WHERE id = 1 OR id = 2", True),
        ("WHERE id = 1 OR note IS NULL", False),
        ("WHERE note IS NULL AND id = 1", True),
        ("WHERE id IN (SELECT id FROM b LIMIT 10)", True),
        ("WHERE id IN (SELECT id FROM b)", False),
        ("WHERE id IN (SELECT id FROM b WHERE code = 'x')", True),
        ("WHERE EXISTS (SELECT 1 FROM b)", False),
        ("WHERE CURRENT OF c", True),
        ("WHERE ctid = '(0,1)'", True),
        ("WHERE note LIKE 'a%'", False),
    ],
)
@pytest.mark.parametrize("verb", ["UPDATE a SET b = 1", "DELETE FROM a"])
def test_a_where_bounds_or_does_not(verb: str, condition: str, bounded: bool) -> None:
    (found,) = writes(f"{verb} {condition}", frozenset({"v_id"}))
    assert (found.table, found.bounded) == ("a", bounded)


@pytest.mark.parametrize(
    ("text", "bounded"),
    [
        ("UPDATE a SET b = (SELECT c FROM d LIMIT 1) WHERE b IS NULL", False),
        ("UPDATE a SET b = c FROM (SELECT id, c FROM d LIMIT 9) AS d WHERE d.id = a.id", True),
        ("UPDATE a SET b = v.c FROM (VALUES (1, 2)) AS v (id, c) WHERE v.id = a.id", True),
        (
            "DELETE FROM a USING (SELECT id FROM d FETCH FIRST 9 ROWS ONLY) AS d WHERE d.id = a.id",
            True,
        ),
        ("DELETE FROM a USING d WHERE d.id = a.id", False),
        ("MERGE INTO a USING d ON d.id = a.id WHEN MATCHED THEN DELETE", False),
        (
            "MERGE INTO a USING (SELECT id FROM d LIMIT 9) AS d ON d.id = a.id "
            "WHEN MATCHED THEN DELETE",
            True,
        ),
        ("MERGE INTO a USING d ON d.id = a.id AND a.id = 7 WHEN MATCHED THEN DELETE", True),
    ],
)
def test_rows_are_bounded_by_where_they_come_from(text: str, bounded: bool) -> None:
    (found,) = writes(text)
    assert (found.table, found.bounded) == ("a", bounded)


def test_a_merge_that_only_inserts_changes_no_row() -> None:
    text = "MERGE INTO a USING d ON d.id = a.id WHEN NOT MATCHED THEN INSERT VALUES (1)"
    assert writes(f"{text} -- update") == ()


BARE = [
    ("CREATE TABLE a (x citext, y b.c)", ["a", "citext"]),
    ("CREATE TABLE b.a (x text, y uuid[], z serial)", []),
    ("CREATE TABLE b.a (x bigint REFERENCES c (id))", ["c"]),
    ("DROP INDEX a", ["a"]),
    ("DROP TRIGGER t ON a", ["a"]),
    ("DROP TRIGGER t ON a.b", []),
    ("COMMENT ON COLUMN a.b IS ''", ["a"]),
    ("COMMENT ON COLUMN a.b.c IS ''", []),
    ("COMMENT ON SCHEMA a IS ''", []),
    ("COMMENT ON CONSTRAINT x ON DOMAIN a.b IS ''", []),
    ("CREATE EXTENSION x SCHEMA public", []),
    ("GRANT USAGE ON SCHEMA a TO b", []),
    ("GRANT EXECUTE ON FUNCTION f() TO b", ["f"]),
    ("CREATE TRIGGER t BEFORE UPDATE ON a.b FOR EACH ROW EXECUTE FUNCTION f()", ["f"]),
    ("CREATE FUNCTION a.f(x b) RETURNS trigger LANGUAGE sql AS ''", ["b"]),
    ("WITH q AS (SELECT 1) SELECT * FROM q, pg_class, t", ["t"]),
    ("CREATE TEMP TABLE x (id int)", []),
    ("ALTER TYPE a RENAME TO c", ["a"]),
    ("CREATE AGGREGATE a.b(int) (sfunc = int4pl, stype = int)", []),
    ("CREATE OPERATOR === (leftarg = int, rightarg = int, function = a.b)", []),
    ("ALTER TABLE a.b ATTACH PARTITION c FOR VALUES IN (1)", ["c"]),
    ("SELECT 'x'::regclass, now()", []),
    ("CALL p()", ["p"]),
    ("CALL a.p()", []),
    ("CREATE TABLE a.b (c int) WITH (autovacuum_enabled = off, fillfactor = 70)", []),
    ("CREATE INDEX ON a.b USING gist (c) WITH (buffering = auto)", []),
    ("CREATE TYPE a.r AS RANGE (SUBTYPE = x, SUBTYPE_DIFF = float8mi)", ["x"]),
    ("CREATE SEQUENCE a.s AS smallint", []),
    ("SELECT n.id FROM a.b AS n FOR UPDATE OF n SKIP LOCKED", []),
    ("SELECT 1 FROM a.b AS n, c FOR UPDATE OF n, c", ["c"]),
]


@pytest.mark.parametrize(("text", "names"), BARE)
def test_names_without_a_schema_are_found(text: str, names: list[str]) -> None:
    assert [each.name for root in roots(text) for each in bare_names(root)] == names


DATED = [
    ("EXECUTE format('CREATE TABLE %I ()', 'a_' || now())", True),
    ("EXECUTE 'CREATE TABLE a_' || to_char(current_date, 'YYYY') || ' ()'", True),
    ("EXECUTE concat('CREATE SCHEMA s_', pg_backend_pid())", True),
    ("EXECUTE format('CREATE INDEX %I ON a (b)', gen_random_uuid())", True),
    ("n := now(); m := n; EXECUTE format('CREATE TABLE %I ()', m)", True),
    ("SELECT now() INTO n; EXECUTE format('CREATE TABLE %I ()', n)", True),
    (
        "FOR n IN SELECT generate_series(now(), now(), '1 day') LOOP "
        "EXECUTE format('CREATE TABLE %I ()', n); END LOOP",
        True,
    ),
    ("EXECUTE format('CREATE TABLE %I (at timestamptz DEFAULT now())', 'a')", False),
    ("m := now(); EXECUTE format('CREATE TABLE %I ()', 'a')", False),
    ("EXECUTE format('INSERT INTO a VALUES (%L)', now())", False),
    ("EXECUTE format('CREATE TABLE %I ()', 'now()')", False),
]


@pytest.mark.parametrize(("body", "is_dated"), DATED)
def test_objects_named_by_the_clock_are_found(body: str, is_dated: bool) -> None:
    text = f"DO $$ DECLARE n text; m text; BEGIN {body}; END $$"
    found = body_of(parse_script(text).statements[0])
    assert found is not None
    assert bool(dated_definitions(found)) is is_dated
