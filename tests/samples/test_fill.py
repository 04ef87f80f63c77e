"""Sample rows: every table, whatever its rows must obey, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from harness.checks.seeds.facts import content_changes, read_contents
from harness.database import Cluster, Database
from harness.errors import UsageError
from harness.samples import fill

HERE = Path(__file__).parent
Connection = psycopg.Connection[Any]


@pytest.fixture(scope="module")
def empty(cluster: Cluster) -> Database:
    text = (HERE / "everything.sql").read_text(encoding="utf-8")

    def build(database: Database) -> None:
        with database.connect() as connection:
            connection.execute(text.encode())

    return cluster.template(text, build)


@pytest.fixture
def connection(cluster: Cluster, empty: Database) -> Iterator[Connection]:
    database = cluster.clone(empty)
    with database.connect() as opened:
        yield opened
    cluster.drop(database)


@pytest.fixture
def second(cluster: Cluster, empty: Database) -> Iterator[Connection]:
    database = cluster.clone(empty)
    with database.connect() as opened:
        yield opened
    cluster.drop(database)


def one(connection: Connection, query: str) -> Any:
    row = connection.execute(query.encode()).fetchone()
    return None if row is None else row[0]


@pytest.mark.parametrize("rows", [1, 3, 20, 250])
def test_every_table_gets_the_rows_that_were_asked_for(connection: Connection, rows: int) -> None:
    filled = fill(connection, rows=rows)
    assert filled.unfilled == ()
    assert set(filled.rows.values()) == {rows}
    assert filled.rows == filled.added
    assert one(connection, "SELECT count(*) FROM clients") == rows


def test_a_second_call_adds_nothing_and_a_larger_one_only_what_is_missing(
    connection: Connection,
) -> None:
    fill(connection, rows=5)
    before = read_contents(connection)
    assert fill(connection, rows=5).added == {}
    assert content_changes(before, read_contents(connection)) == ()
    assert set(fill(connection, rows=8).added.values()) == {3}


def test_equal_seeds_give_equal_rows_and_others_do_not(
    connection: Connection, second: Connection
) -> None:
    fill(connection, rows=6, seed=7)
    second.execute("SET TimeZone = 'America/Sao_Paulo'")
    second.execute("SET DateStyle = 'German, DMY'")
    fill(second, rows=6, seed=7)
    second.execute("RESET TimeZone")
    second.execute("RESET DateStyle")
    assert content_changes(read_contents(connection), read_contents(second)) == ()
    second.execute("TRUNCATE users CASCADE")
    fill(second, rows=6, seed=8)
    assert content_changes(read_contents(connection), read_contents(second))


def test_rows_spread_over_at_least_two_parents(connection: Connection) -> None:
    fill(connection, rows=3)
    for query in (
        "SELECT count(DISTINCT office_id) FROM clients",
        "SELECT count(DISTINCT (office_id, client_id)) FROM plans",
        "SELECT count(DISTINCT office_id) FROM visits",
        "SELECT count(DISTINCT hen_id) FROM eggs",
    ):
        assert one(connection, query) >= 2, query


def test_values_that_may_be_missing_are_there_as_well_as_not(connection: Connection) -> None:
    fill(connection, rows=40)
    for column in ("user_id", "archived_at", "weekdays", "both_", "period", "deleted_at"):
        present = one(connection, f"SELECT count({column}) FROM clients")
        assert 0 < present < 40, column
    assert one(connection, "SELECT count(parent_id) FROM items") > 0


def test_partitions_hold_their_first_and_last_instants_and_the_default_nothing(
    connection: Connection,
) -> None:
    fill(connection, rows=60)
    assert one(connection, "SELECT count(*) FROM visits_default") == 0
    assert one(connection, "SELECT count(*) FROM regions_inland") > 0
    instants = one(connection, "SELECT array_agg(DISTINCT seen_at::text) FROM visits_2026_01")
    assert one(connection, "SELECT min(seen_at) = '2026-01-01 00:00+00' FROM visits_2026_01")
    assert one(
        connection, "SELECT max(seen_at) = '2026-01-31 23:59:59.999999+00' FROM visits_2026_01"
    ), instants


def test_named_tables_are_filled_with_what_they_refer_to_and_nothing_else(
    connection: Connection,
) -> None:
    filled = fill(connection, rows=4, tables=["public.plans"])
    assert sorted(filled.rows) == [
        "public.clients",
        "public.offices",
        "public.plans",
        "public.users",
    ]
    assert one(connection, "SELECT count(*) FROM kinds") == 0


def test_an_unknown_table_is_a_wrong_call(connection: Connection) -> None:
    with pytest.raises(UsageError, match=r"named public\.nothing"):
        fill(connection, rows=1, tables=["public.nothing"])


def test_it_is_part_of_the_callers_transaction_and_leaves_its_settings(
    connection: Connection,
) -> None:
    connection.execute("SET TimeZone = 'Asia/Tokyo'")
    with connection.transaction(force_rollback=True):
        fill(connection, rows=2)
        assert one(connection, "SHOW TimeZone") == "Asia/Tokyo"
        assert one(connection, "SELECT count(*) FROM users") == 2
    assert one(connection, "SELECT count(*) FROM users") == 0


def test_unusual_names_types_and_checks_are_no_obstacle(cluster: Cluster) -> None:
    database = cluster.create()
    with database.connect() as connection:
        connection.execute((HERE / "unusual.sql").read_bytes())
        filled = fill(connection, rows=20)
        default = one(connection, 'SELECT count(*) FROM "Odd Schema".by_month_default')
    cluster.drop(database)
    assert filled.unfilled == ()
    assert default == 0


def test_what_cannot_be_filled_is_named_with_the_reason(cluster: Cluster) -> None:
    database = cluster.create()
    with database.connect() as connection:
        connection.execute((HERE / "stubborn.sql").read_bytes())
        filled = fill(connection, rows=4)
    cluster.drop(database)
    reasons = {each.table: each.reason for each in filled.unfilled}
    assert filled.rows["public.single"] == 1
    assert reasons == {
        "public.blocked": "nobody enters",
        "public.impossible": "no values were found that hold ((number > 5) AND (number < 3))",
        "public.knot": reasons["public.knot"],
        "public.loop": reasons["public.loop"],
        "public.orphans": "no parent's row is left for the foreign key orphans_of_fkey",
        "public.single": "its unique keys admit no more rows",
    }
    assert "knot_loop_id_fkey" in reasons["public.knot"]


def test_it_needs_few_milliseconds_where_nothing_is_to_do(connection: Connection) -> None:
    fill(connection, rows=3)
    statements = 0
    original = connection.execute

    def counted(*arguments: Any, **named: Any) -> Any:
        nonlocal statements
        statements += 1
        return original(*arguments, **named)

    connection.execute = counted  # type: ignore[method-assign]
    fill(connection, rows=3)
    assert statements <= 2
