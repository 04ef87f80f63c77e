"""Rows at the edges of months, of zones and of Brazil's summer time find their partition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from psycopg import sql

from harness.database import Database
from tests.backend.conftest import Connection, Opening
from tests.backend.people import Practice, open_practice

TODAY = "2026-11-22 12:00:00+00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Partitioned:
    """A partitioned table and how a row of an instant is written to it.

    ``ours`` tells these rows from those that triggers write.
    """

    name: str
    column: str
    insert: str
    ours: str = "TRUE"

    @property
    def folder(self) -> str:
        return self.name.replace(".", "_")


TABLES = (
    Partitioned(
        name="checkin.checkins",
        column="submitted_at",
        insert="INSERT INTO checkin.checkins (professional_id, patient_id, submitted_at)"
        " VALUES (%(professional_id)s, %(patient_id)s, %(instant)s::timestamptz)",
    ),
    Partitioned(
        name="communication.messages",
        column="sent_at",
        insert="INSERT INTO communication.messages"
        " (professional_id, patient_id, thread_id, sender_kind, body, sent_at)"
        " VALUES (%(professional_id)s, %(patient_id)s, %(thread_id)s, 'system', 'x',"
        " %(instant)s::timestamptz)",
    ),
    Partitioned(
        name="hydration.water_intake_logs",
        column="logged_at",
        insert="INSERT INTO hydration.water_intake_logs"
        " (professional_id, patient_id, volume_ml, logged_at)"
        " VALUES (%(professional_id)s, %(patient_id)s, 200, %(instant)s::timestamptz)",
    ),
    Partitioned(
        name="audit.log",
        column="occurred_at",
        insert="INSERT INTO audit.log (professional_id, patient_id, actor_kind, database_role,"
        " action, table_name, row_id, occurred_at)"
        " VALUES (%(professional_id)s, %(patient_id)s, 'system', 'x', 'read', 'core.patients',"
        " %(patient_id)s, %(instant)s::timestamptz)",
        ours="action = 'read'",
    ),
)

# Session's zone, what a client writes in it, and the month in UTC to which it belongs.
INSTANTS = (
    ("UTC", "2026-01-31 23:59:59.999999", "2026_01"),
    ("UTC", "2026-02-01 00:00:00", "2026_02"),
    ("UTC", "2026-02-28 23:59:59.999999", "2026_02"),
    ("UTC", "2026-12-31 23:59:59.999999", "2026_12"),
    ("UTC", "2024-02-29 23:59:59.999999", "2024_02"),
    ("UTC", "2024-03-01 00:00:00", "2024_03"),
    ("UTC", "2027-01-01 00:00:00", "2027_01"),
    ("America/Sao_Paulo", "2026-01-31 20:59:59.999999", "2026_01"),
    ("America/Sao_Paulo", "2026-01-31 21:00:00", "2026_02"),
    ("America/Sao_Paulo", "2026-12-31 20:59:59.999999", "2026_12"),
    ("America/Sao_Paulo", "2026-12-31 21:00:00", "2027_01"),
    ("Asia/Kathmandu", "2026-03-01 05:44:59.999999", "2026_02"),
    ("Asia/Kathmandu", "2026-03-01 05:45:00", "2026_03"),
    ("Pacific/Kiritimati", "2026-05-01 13:59:59", "2026_04"),
    ("Pacific/Kiritimati", "2026-05-01 14:00:00", "2026_05"),
    # Summer time of 2018/19, the last: two hours behind UTC instead of three.
    ("America/Sao_Paulo", "2018-10-31 20:59:59.999999", "2018_10"),
    ("America/Sao_Paulo", "2018-10-31 21:00:00", "2018_11"),
    ("America/Sao_Paulo", "2018-11-04 00:30:00", "2018_11"),  # an hour that there never was
    ("America/Sao_Paulo", "2018-11-30 21:59:59.999999", "2018_11"),
    ("America/Sao_Paulo", "2018-11-30 22:00:00", "2018_12"),
    ("America/Sao_Paulo", "2018-12-31 21:59:59.999999", "2018_12"),
    ("America/Sao_Paulo", "2018-12-31 22:00:00", "2019_01"),
    ("America/Sao_Paulo", "2019-02-16 23:30:00", "2019_02"),  # an hour that there was twice
    ("America/Sao_Paulo", "2019-02-28 20:59:59.999999", "2019_02"),
    ("America/Sao_Paulo", "2019-02-28 21:00:00", "2019_03"),
)

WRITTEN_2026 = frozenset(f"2026_{month:02}" for month in range(1, 13))


@pytest.fixture
def practice(admin: Connection) -> Practice:
    return open_practice(admin)


def write_all(admin: Connection, table: Partitioned, practice: Practice) -> None:
    """Write a row for each instant, as a session in its zone would."""
    values = {
        "professional_id": practice.professional_id,
        "patient_id": practice.patient_id,
        "thread_id": practice.thread_id,
    }
    for zone, instant, _ in INSTANTS:
        with admin.transaction():
            admin.execute("SELECT set_config('TimeZone', %s, true)", (zone,))
            admin.execute(table.insert.encode(), {**values, "instant": instant})


def partitions_of_rows(admin: Connection, table: Partitioned) -> list[str]:
    """List each row's partition, in the order in which the rows were written."""
    query = sql.SQL(
        "SELECT replace(t.tableoid::regclass::text, {}, '') FROM {} AS t WHERE {} ORDER BY t.id, {}"
    ).format(
        sql.Literal(f"{table.name}_"),
        sql.Identifier(*table.name.split(".")),
        sql.SQL(table.ours),
        sql.Identifier(table.column),
    )
    rows = admin.execute(query).fetchall()
    return [name for (name,) in rows]


def whole_rows(admin: Connection, table: Partitioned) -> list[str]:
    """Write every row out, whichever partition it is in."""
    query = sql.SQL("SELECT t::text FROM {} AS t ORDER BY 1")
    return [text for (text,) in admin.execute(query.format(sql.Identifier(*table.name.split("."))))]


def ensure(owner: Connection, as_of: str = TODAY) -> None:
    owner.execute("CALL ops.ensure_partitions(%s::timestamptz)", (as_of,))


@pytest.mark.parametrize("table", TABLES, ids=lambda each: each.folder)
def test_a_month_that_exists_takes_its_rows_and_the_default_all_others(
    table: Partitioned, admin: Connection, practice: Practice
) -> None:
    write_all(admin, table, practice)
    wanted = [month if month in WRITTEN_2026 else "default" for _, _, month in INSTANTS]
    assert partitions_of_rows(admin, table) == wanted


@pytest.mark.parametrize("table", TABLES, ids=lambda each: each.folder)
def test_upkeep_brings_every_row_of_the_default_to_its_month_and_loses_none(
    table: Partitioned, admin: Connection, owner: Connection, practice: Practice
) -> None:
    write_all(admin, table, practice)
    before = whole_rows(admin, table)
    ensure(owner)
    assert partitions_of_rows(admin, table) == [month for _, _, month in INSTANTS]
    assert whole_rows(admin, table) == before


def test_rows_that_others_refer_to_move_with_their_keys(
    admin: Connection, owner: Connection, practice: Practice
) -> None:
    (checkins,) = (each for each in TABLES if each.name == "checkin.checkins")
    write_all(admin, checkins, practice)
    admin.execute(
        "INSERT INTO checkin.reviews"
        " (professional_id, patient_id, checkin_id, checkin_submitted_at, notes)"
        " SELECT professional_id, patient_id, id, submitted_at, 'ok' FROM checkin.checkins"
    )
    keys = foreign_keys(admin)
    ensure(owner)
    assert partitions_of_rows(admin, checkins) == [month for _, _, month in INSTANTS]
    assert foreign_keys(admin) == keys
    row = admin.execute(
        "SELECT count(*) FROM checkin.reviews AS r INNER JOIN checkin.checkins AS c"
        " ON c.id = r.checkin_id AND c.submitted_at = r.checkin_submitted_at"
    ).fetchone()
    assert row == (len(INSTANTS),)


def test_each_row_lies_within_the_bounds_of_its_partition(
    admin: Connection, owner: Connection, practice: Practice
) -> None:
    for table in TABLES:
        write_all(admin, table, practice)
    ensure(owner)
    for table in TABLES:
        outside = admin.execute(
            sql.SQL(
                "SELECT count(*) FROM {} AS t INNER JOIN ops.partitions AS p"
                " ON p.partition_name = t.tableoid::regclass::text"
                " WHERE p.is_default OR t.{col} < p.lower_bound OR t.{col} >= p.upper_bound"
            ).format(sql.Identifier(*table.name.split(".")), col=sql.Identifier(table.column))
        ).fetchone()
        assert outside == (0,)


def test_upkeep_called_twice_does_nothing_the_second_time(
    admin: Connection, owner: Connection, practice: Practice
) -> None:
    for table in TABLES:
        write_all(admin, table, practice)
    ensure(owner)
    once = bounds(admin)
    ensure(owner)
    assert bounds(admin) == once


@pytest.mark.parametrize("zone", ["UTC", "America/Sao_Paulo", "Pacific/Kiritimati"])
def test_the_months_ahead_are_those_of_utc_wherever_the_operator_sits(
    zone: str, admin: Connection, owner: Connection
) -> None:
    """On the last evening of the year in São Paulo it is January in UTC already."""
    owner.execute("SELECT set_config('TimeZone', %s, false)", (zone,))
    ensure(owner, "2026-12-31 22:30:00-03")
    for table in TABLES:
        ahead = [low for name, low, _ in bounds(admin) if name == table.name]
        assert max(ahead) == datetime(2027, 4, 1, tzinfo=UTC)


def test_partitions_of_a_table_neither_overlap_nor_leave_a_gap_this_year(
    admin: Connection, owner: Connection
) -> None:
    ensure(owner)
    for table in TABLES:
        spans = sorted(
            (low, high)
            for name, low, high in bounds(admin)
            if name == table.name and low >= datetime(2026, 1, 1, tzinfo=UTC)
        )
        assert all(one[1] == two[0] for one, two in pairwise(spans))


@pytest.mark.parametrize("table", TABLES, ids=lambda each: each.folder)
@pytest.mark.parametrize("instant", ["infinity", "-infinity"])
def test_no_row_is_of_no_time_at_all(
    table: Partitioned, instant: str, admin: Connection, practice: Practice
) -> None:
    """It would stay in the default partition for ever: no month takes it."""
    values = {
        "professional_id": practice.professional_id,
        "patient_id": practice.patient_id,
        "thread_id": practice.thread_id,
        "instant": instant,
    }
    with pytest.raises(Exception, match="violates check constraint"):
        admin.execute(table.insert.encode(), values)


def test_new_months_are_as_closed_as_their_table(
    real_database: Database, opening: Opening, owner: Connection, practice: Practice
) -> None:
    ensure(owner, "2027-06-01 00:00:00+00")
    app = opening("korevitta_app")
    app.execute(
        "SELECT set_config('app.current_professional_id', %s, false)", (practice.professional_id,)
    )
    for table in TABLES:
        with pytest.raises(Exception, match="permission denied"):
            app.execute(
                sql.SQL("SELECT FROM {}").format(
                    sql.Identifier(*f"{table.name}_2027_07".split("."))
                )
            )


def foreign_keys(admin: Connection) -> list[tuple[str, ...]]:
    return admin.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated::text"
        " FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 ORDER BY 1, 2"
    ).fetchall()


def bounds(admin: Connection) -> list[tuple[str, datetime, datetime]]:
    return admin.execute(
        "SELECT table_name, lower_bound, upper_bound FROM ops.partitions"
        " WHERE NOT is_default ORDER BY 1, 2"
    ).fetchall()
