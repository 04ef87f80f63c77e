"""Why a table takes no rows: which function refuses them, or whose rows are missing."""

from __future__ import annotations

from harness.database import Cluster
from harness.samples import Unfilled, fill

SCHEMA = """
CREATE SCHEMA care;
CREATE TABLE care.visits (id bigint PRIMARY KEY, notes text);
CREATE TABLE care.photos (id bigint PRIMARY KEY, visit_id bigint NOT NULL REFERENCES care.visits);
CREATE FUNCTION care.refuse(reason text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', reason;
END;
$$;
CREATE FUNCTION care.guard_visits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM care.refuse('not today');
    RETURN NEW;
END;
$$;
CREATE TRIGGER visits_guard BEFORE INSERT ON care.visits
FOR EACH ROW EXECUTE FUNCTION care.guard_visits();
CREATE TABLE care.checked (id bigint PRIMARY KEY CHECK (id < 0 AND id > 0));
"""


def test_the_innermost_function_is_named_and_the_parent_that_lacks_rows(cluster: Cluster) -> None:
    database = cluster.create()
    with database.connect() as connection:
        connection.execute(SCHEMA.encode())
        unfilled = {each.table: each for each in fill(connection, rows=3).unfilled}
    cluster.drop(database)
    visits = refusal(unfilled["care.visits"])
    assert visits == ("not today", "P0001", "care.refuse(text)", None)
    assert refusal(unfilled["care.photos"])[1:] == (None, None, "care.visits")
    assert refusal(unfilled["care.checked"])[1:] == (None, None, None)


def refusal(unfilled: Unfilled) -> tuple[str, str | None, str | None, str | None]:
    found = unfilled.refusal
    return found.said, found.sqlstate, found.raised_in, found.parent
