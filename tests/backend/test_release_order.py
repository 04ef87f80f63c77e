"""Release 1.2 back and forward again, with rows in place: what is lost is what is declared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.catalog import Catalog, read_catalog
from harness.checks.release.data import Digest, digests
from harness.database import Cluster, Database
from harness.execute import run_script
from harness.plan import Phase, Plan
from harness.samples import fill
from harness.sql import Script
from tests.backend.conftest import Connection

PHASE = "phase-300-v1_2"
RETIRED = "analytics.mv_patient_overview"


def run(database: Database, script: Script, file: str) -> None:
    with database.connect(database.owner) as connection:
        failure = run_script(connection, script).failure
    assert failure is None, (file, failure)


def forward(database: Database, phase: Phase) -> None:
    for migration in phase.migrations:
        run(database, migration.forward, migration.file)
    for seed in phase.seeds:
        run(database, seed.script, seed.file)


def backward(database: Database, phase: Phase) -> None:
    for migration in reversed(phase.migrations):
        assert migration.backward is not None
        run(database, migration.backward, migration.expected_rollback_file)


@pytest.fixture(scope="module")
def release_1_1(cluster: Cluster, real_plan: Plan) -> Database:
    """Provide the template of a database that release 1.1 has been used on."""
    cluster.ensure_roles(real_plan.roles)
    earlier = [each for each in real_plan.phases if each.id != PHASE]

    def build(database: Database) -> None:
        for phase in earlier:
            forward(database, phase)
        with database.connect() as admin:
            use(admin)
        with database.connect(database.owner) as owner:
            owner.execute("SELECT ops.refresh_matview(view_name) FROM ops.matviews")

    key = "used " + "".join(
        each.sha256
        for phase in earlier
        for each in (
            *(migration.forward for migration in phase.migrations),
            *(seed.script for seed in phase.seeds),
        )
    )
    return cluster.template(key, build, real_plan.owner)


def use(admin: Connection) -> None:
    """Write rows to every table; what the operators register is theirs alone."""
    registered = {
        table: admin.execute(f"SELECT {key} FROM ops.{table}".encode()).fetchall()
        for table, key in _REGISTRIES.items()
    }
    fill(admin, rows=40)
    for table, key in _REGISTRIES.items():
        known = [name for (name,) in registered[table]]
        admin.execute(f"DELETE FROM ops.{table} WHERE {key} <> ALL (%s)".encode(), (known,))


_REGISTRIES = {
    "scheduled_jobs": "job_name",
    "partitioned_tables": "table_name",
    "matviews": "view_name",
    "backfill_jobs": "job_name",
}


@pytest.fixture
def used(cluster: Cluster, release_1_1: Database) -> Iterator[Database]:
    database = cluster.clone(release_1_1)
    yield database
    cluster.drop(database)


@pytest.fixture
def phase(real_plan: Plan) -> Phase:
    return real_plan.phase(PHASE)


def catalog_of(database: Database) -> Catalog:
    with database.connect() as admin:
        return read_catalog(admin)


def rows_of(database: Database, catalog: Catalog) -> dict[str, Digest]:
    """Fold the rows of the tables of a catalog, partitions with their parents."""
    tables = [
        each.identity.name for each in catalog.of_kind("table") if "partition of" not in each.facts
    ]
    return {each.table: each for each in digests(database, catalog, tables)}


def lost(before: dict[str, Digest], after: dict[str, Digest]) -> set[str]:
    """Name the tables whose rows are others, or their columns where only values are."""
    names: set[str] = set()
    for table, was in before.items():
        now = after.get(table)
        if now is None or now.rows != was.rows:
            names.add(table)
        elif now.whole != was.whole:
            folds = dict(now.columns)
            names |= {f"{table}.{name}" for name, fold in was.columns if folds.get(name) != fold}
    return names


def counts_of(database: Database, catalog: Catalog) -> dict[str, int]:
    return {table: digest.rows for table, digest in rows_of(database, catalog).items()}


def written_by(used: Database, phase: Phase) -> set[str]:
    """Name the tables of 1.1 in which 1.2 registers what is its own."""
    text = "\n".join(migration.forward.text for migration in phase.migrations)
    tables = (each.identity.name for each in catalog_of(used).of_kind("table"))
    return {name for name in tables if f"INSERT INTO {name} " in text}


def declared(phase: Phase) -> set[str]:
    return {name for migration in phase.migrations for name in migration.loses}


def overview(database: Database) -> list[str]:
    with database.connect() as admin:
        rows = admin.execute(
            f"SELECT (to_jsonb(o) - 'computed_at')::text FROM {RETIRED} AS o ORDER BY 1".encode()
        ).fetchall()
    return [row for (row,) in rows]


def test_every_table_of_1_1_has_rows(used: Database) -> None:
    found = rows_of(used, catalog_of(used))
    assert {table for table, digest in found.items() if not digest.rows} == set()


def test_1_2_taken_back_loses_exactly_what_it_declares(used: Database, phase: Phase) -> None:
    catalog = catalog_of(used)
    before, shown = rows_of(used, catalog), overview(used)
    forward(used, phase)
    backward(used, phase)
    assert lost(before, rows_of(used, catalog)) == declared(phase)
    assert overview(used) == shown
    assert catalog_of(used) == catalog


def test_1_2_tried_again_finds_what_it_left(used: Database, phase: Phase) -> None:
    """Only what 1.2 itself registers is written anew, with the hour of the second time."""
    own_writes = written_by(used, phase)
    old = catalog_of(used)
    forward(used, phase)
    new = catalog_of(used)
    once, seeded = rows_of(used, old), counts_of(used, new)
    backward(used, phase)
    forward(used, phase)
    assert catalog_of(used) == new
    assert counts_of(used, new) == seeded
    differing = lost(once, rows_of(used, old)) - declared(phase)
    assert {name.rpartition(".")[2] for name in differing} == {"created_at", "updated_at"}
    assert {name.rpartition(".")[0] for name in differing} == own_writes


def test_what_was_written_under_1_2_survives_its_rollback(used: Database, phase: Phase) -> None:
    """Rows of 1.1's tables stay as 1.2 wrote them; its own tables go, and with them their rows."""
    own_writes = written_by(used, phase)
    old = catalog_of(used)
    forward(used, phase)
    with used.connect() as admin:
        write_more(admin)
    new = catalog_of(used)
    before = rows_of(used, new)
    own = before.keys() - {table.identity.name for table in old.of_kind("table")}
    assert all(before[table].rows for table in own)
    backward(used, phase)
    assert lost(before, rows_of(used, new)) - declared(phase) == own | own_writes


def test_a_note_written_under_1_2_is_there_for_1_1(used: Database, phase: Phase) -> None:
    forward(used, phase)
    with used.connect() as admin:
        admin.execute(
            "INSERT INTO checkin.reviews (id, professional_id, patient_id, checkin_id,"
            " checkin_submitted_at, notes)"
            " SELECT c.id, c.professional_id, c.patient_id, c.id, c.submitted_at, 'escrita na 1.2'"
            " FROM checkin.checkins AS c"
            " ON CONFLICT (id) DO UPDATE SET notes = excluded.notes, deleted_at = NULL"
        )
    backward(used, phase)
    with used.connect() as admin:
        rows = admin.execute("SELECT DISTINCT professional_notes FROM checkin.checkins").fetchall()
    assert rows == [("escrita na 1.2",)]


def write_more(admin: Connection) -> None:
    """Have the application of 1.2 write: new rows everywhere, and other values in old ones."""
    use(admin)
    admin.execute("UPDATE core.patients SET time_zone = 'America/Manaus', notes = 'da 1.2'")
    admin.execute("UPDATE checkin.reviews SET notes = 'da 1.2'")
    admin.execute("UPDATE daily.tasks SET title = 'da 1.2'")
