"""What the application lists all day uses indexes under row security, with many rows in place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from harness.database import Cluster, Database
from tests.backend.conftest import Connection
from tests.backend.volume import DAY, ROWS, write_volume

BIG = 1_000
"""From so many rows on, reading a whole table is reading too much."""

PROFESSIONAL = {"app.current_professional_id": "practice 7", "app.current_user_id": "user 7"}
PATIENT = {"app.current_user_id": "user 207"}

QUERIES = {
    "the practice's patients by name": (
        PROFESSIONAL,
        ("core.patients",),
        "SELECT id, full_name, status, risk_score FROM core.patients"
        " WHERE deleted_at IS NULL AND status = 'active' ORDER BY full_name LIMIT 50",
    ),
    "the practice's patients at risk": (
        PROFESSIONAL,
        ("core.patients",),
        "SELECT id, full_name, risk_score FROM core.patients"
        " WHERE deleted_at IS NULL AND status = 'active' ORDER BY risk_score DESC LIMIT 20",
    ),
    "the practice's patients, counted": (
        PROFESSIONAL,
        ("core.patients",),
        "SELECT status, count(*) FROM core.patients WHERE deleted_at IS NULL GROUP BY status",
    ),
    "a patient's tasks of a day": (
        PATIENT,
        ("daily.tasks",),
        f"SELECT id, title, due_time FROM daily.tasks"
        f" WHERE due_on = '{DAY}' AND deleted_at IS NULL ORDER BY due_time, position",
    ),
    "a patient's check-ins that are due": (
        PATIENT,
        ("checkin.schedules",),
        f"SELECT id, form_id, next_due_at FROM checkin.schedules"
        f" WHERE is_active AND deleted_at IS NULL AND next_due_at < date '{DAY}' + 1",
    ),
    "a patient's water of a day": (
        PATIENT,
        ("hydration.water_intake_logs",),
        f"SELECT sum(volume_ml) FROM hydration.water_intake_logs"
        f" WHERE logged_at >= '{DAY} 03:00:00+00' AND logged_at < date '{DAY}' + 1",
    ),
    "a patient's last check-ins": (
        PATIENT,
        ("checkin.checkins",),
        "SELECT id, submitted_at, weight_kg FROM checkin.checkins"
        " WHERE deleted_at IS NULL ORDER BY submitted_at DESC LIMIT 10",
    ),
    "the day of a patient, for the practice": (
        PROFESSIONAL,
        ("daily.tasks", "checkin.schedules", "hydration.water_intake_logs"),
        "SELECT"
        " (SELECT count(*) FROM daily.tasks AS t WHERE t.patient_id = p.id"
        f" AND t.due_on = '{DAY}' AND t.deleted_at IS NULL),"
        " (SELECT count(*) FROM checkin.schedules AS s WHERE s.patient_id = p.id AND s.is_active"
        f" AND s.deleted_at IS NULL AND s.next_due_at < date '{DAY}' + 1),"
        " (SELECT sum(w.volume_ml) FROM hydration.water_intake_logs AS w"
        f" WHERE w.patient_id = p.id AND w.logged_at >= '{DAY} 03:00:00+00'"
        f" AND w.logged_at < date '{DAY}' + 1)"
        " FROM core.patients AS p WHERE p.id = md5('patient 7')::uuid",
    ),
    "the practice's tasks of a day": (
        PROFESSIONAL,
        ("daily.tasks",),
        f"SELECT patient_id, count(*) FROM daily.tasks WHERE due_on = '{DAY}'"
        " AND deleted_at IS NULL GROUP BY patient_id",
    ),
    "the practice's unread messages": (
        PROFESSIONAL,
        ("communication.messages",),
        "SELECT patient_id, count(*), max(sent_at) FROM communication.messages"
        " WHERE read_at IS NULL AND deleted_at IS NULL AND sender_kind = 'patient'"
        " GROUP BY patient_id",
    ),
    "a patient's unread messages": (
        PATIENT,
        ("communication.messages",),
        "SELECT thread_id, count(*) FROM communication.messages"
        " WHERE read_at IS NULL AND deleted_at IS NULL GROUP BY thread_id",
    ),
    "the practice's threads": (
        PROFESSIONAL,
        ("communication.threads",),
        "SELECT id, subject, professional_unread_count FROM communication.threads"
        " WHERE deleted_at IS NULL ORDER BY last_message_at DESC LIMIT 30",
    ),
}

Node = dict[str, Any]


@pytest.fixture(scope="module")
def full(cluster: Cluster, real_end: Database) -> Iterator[Database]:
    """Provide the real tree's end with its hundred thousand rows."""
    database = cluster.clone(real_end)
    with database.connect() as admin:
        write_volume(admin)
    yield database
    cluster.drop(database)


@pytest.fixture(scope="module")
def sizes(full: Database) -> dict[str, int]:
    """Return how many rows the planner believes each table and partition to have."""
    with full.connect() as admin:
        rows = admin.execute(
            "SELECT oid::regclass::text, greatest(reltuples, 0)::bigint FROM pg_class"
            " WHERE relkind IN ('r', 'p')"
        ).fetchall()
    return dict(rows)


@pytest.fixture
def app(full: Database) -> Iterator[Connection]:
    with full.connect("korevitta_app") as connection:
        yield connection


def nodes_of(app: Connection, context: dict[str, str], query: str) -> list[Node]:
    """Run a query in a context and list the nodes of its plan, with what each of them read."""
    with app.transaction():
        return planned(app, context, query)


def planned(app: Connection, context: dict[str, str], query: str) -> list[Node]:
    for name, value in context.items():
        app.execute("SELECT set_config(%s, md5(%s)::uuid::text, true)", (name, value))
    row = app.execute(
        f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON, VERBOSE) {query}".encode()
    ).fetchone()
    assert row is not None
    return list(_walk(row[0][0]["Plan"]))


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for below in node.get("Plans", ()):
        yield from _walk(below)


def relation(node: Node) -> str:
    return f"{node['Schema']}.{node['Relation Name']}"


def read_whole(nodes: list[Node], sizes: dict[str, int]) -> list[str]:
    """Name the large tables and partitions that a plan reads from end to end."""
    return [
        relation(node)
        for node in nodes
        if node["Node Type"].endswith("Seq Scan") and sizes.get(relation(node), 0) > BIG
    ]


def test_the_tables_are_as_large_as_they_should_be(sizes: dict[str, int]) -> None:
    listed = {name for _, tables, _ in QUERIES.values() for name in tables}
    assert {name: sizes[name] for name in listed} == dict.fromkeys(listed, ROWS)


@pytest.mark.parametrize("name", QUERIES)
def test_no_large_table_is_read_whole(name: str, app: Connection, sizes: dict[str, int]) -> None:
    context, _, query = QUERIES[name]
    whole = read_whole(nodes_of(app, context, query), sizes)
    assert whole == []


@pytest.mark.parametrize("name", QUERIES)
def test_every_index_is_entered_by_a_condition(name: str, app: Connection) -> None:
    context, tables, query = QUERIES[name]
    entered = {
        node["Index Name"]: node.get("Index Cond")
        for node in nodes_of(app, context, query)
        if "Index Name" in node
    }
    assert entered, f"no index was used on {', '.join(tables)}"
    assert None not in entered.values(), entered


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_throws_few_rows_away(name: str, app: Connection) -> None:
    """Policies that an index serves leave little to filter: not the rows of other practices."""
    context, _, query = QUERIES[name]
    thrown = sum(
        (node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0))
        * node.get("Actual Loops", 1)
        for node in nodes_of(app, context, query)
    )
    assert thrown < ROWS / 100


def test_it_would_be_seen_if_the_indexes_were_missing(
    full: Database, sizes: dict[str, int]
) -> None:
    context, _, query = QUERIES["a patient's tasks of a day"]
    with full.connect() as admin, admin.transaction(force_rollback=True):
        admin.execute(
            "DROP INDEX daily.tasks_patient_id_idx, daily.tasks_due_on_idx,"
            " daily.tasks_protocol_module_id_idx"
        )
        admin.execute("ALTER TABLE daily.tasks DROP CONSTRAINT tasks_scope_key CASCADE")
        admin.execute("SET LOCAL ROLE korevitta_app")
        assert read_whole(planned(admin, context, query), sizes) == ["daily.tasks"]
