"""Materialized views are refreshed while a reader holds a snapshot of them."""

from __future__ import annotations

import pytest
from psycopg import IsolationLevel, sql
from psycopg.errors import LockNotAvailable

from harness.database import Database
from harness.samples import fill
from tests.backend.conftest import Connection, Opening

VIEWS = ("analytics.mv_patient_dashboard", "analytics.mv_protocol_effectiveness")


@pytest.fixture
def filled(admin: Connection, owner: Connection) -> None:
    """Write rows, and have each view show them."""
    fill(admin, rows=40)
    admin.execute("DELETE FROM ops.matviews WHERE view_name <> ALL (%s)", (list(VIEWS),))
    for view in VIEWS:
        refresh(owner, view)


def refresh(owner: Connection, view: str) -> None:
    """Refresh as the upkeep does, but give up at once where somebody is in the way."""
    with owner.transaction():
        owner.execute("SET LOCAL lock_timeout = '500ms'")
        owner.execute("SELECT ops.refresh_matview(%s)", (view,))


def content(reader: Connection, view: str) -> list[str]:
    query = sql.SQL("SELECT (to_jsonb(v) - 'computed_at')::text FROM {} AS v ORDER BY 1")
    rows = reader.execute(query.format(sql.Identifier(*view.split("."))))
    return [row for (row,) in rows]


def change_patients_and_protocols(admin: Connection) -> None:
    admin.execute("UPDATE core.patients SET risk_score = (risk_score + 1) % 100")
    admin.execute(
        "UPDATE protocol.protocols SET template_id = NULL, starts_on = date '2026-01-01',"
        " ends_on = date '2026-02-01', activated_at = NULL, status = 'completed'"
    )


def test_every_registered_view_is_proven_here(owner: Connection) -> None:
    rows = owner.execute("SELECT view_name FROM ops.matviews WHERE enabled ORDER BY 1")
    assert tuple(name for (name,) in rows) == VIEWS


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.usefixtures("filled")
def test_a_reader_keeps_his_snapshot_while_the_view_is_refreshed(
    view: str, admin: Connection, owner: Connection, opening: Opening
) -> None:
    reader = opening(None)
    reader.isolation_level = IsolationLevel.REPEATABLE_READ
    with reader.transaction():
        before = content(reader, view)
        change_patients_and_protocols(admin)
        refresh(owner, view)
        assert content(reader, view) == before
    after = content(reader, view)
    assert before
    assert after != before


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.usefixtures("filled")
def test_a_new_reader_comes_in_while_the_refresh_is_not_committed(
    view: str, admin: Connection, owner: Connection, opening: Opening
) -> None:
    change_patients_and_protocols(admin)
    before = content(admin, view)
    reader = opening(None)
    reader.execute("SET lock_timeout = '500ms'")
    with owner.transaction():
        owner.execute("SELECT ops.refresh_matview(%s)", (view,))
        assert content(reader, view) == before
    assert content(reader, view) != before


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.usefixtures("filled")
def test_a_refresh_that_is_not_concurrent_would_wait_for_the_reader(
    view: str, owner: Connection, opening: Opening
) -> None:
    """The proof that the two above can fail."""
    reader = opening(None)
    with reader.transaction():
        content(reader, view)
        owner.execute("SET lock_timeout = '100ms'")
        plain = sql.SQL("REFRESH MATERIALIZED VIEW {}").format(sql.Identifier(*view.split(".")))
        with pytest.raises(LockNotAvailable):
            owner.execute(plain)


@pytest.mark.usefixtures("filled")
def test_the_upkeep_refreshes_what_is_due_while_readers_are_in(
    real_database: Database, admin: Connection, owner: Connection, opening: Opening
) -> None:
    readers = [opening(None) for _ in VIEWS]
    for reader, view in zip(readers, VIEWS, strict=True):
        reader.execute("BEGIN")
        content(reader, view)
    change_patients_and_protocols(admin)
    owner.execute("CALL ops.refresh_due_matviews(now() + interval '1 day')")
    rows = owner.execute(
        "SELECT view_name, last_error, last_refreshed_at > now() - interval '1 minute'"
        " FROM ops.matviews WHERE enabled ORDER BY 1"
    ).fetchall()
    assert rows == [(view, None, True) for view in VIEWS]
