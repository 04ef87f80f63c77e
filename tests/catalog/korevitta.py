"""KoreVitta's own migrations, as a schema to judge the catalog by."""

from __future__ import annotations

from pathlib import Path

from harness.database import Database
from harness.execute import run_script
from harness.plan import Phase

DB_ROOT = Path(__file__).parents[2] / "backend" / "db"


def apply_phase(phase: Phase, database: Database) -> None:
    """Run the migrations of a phase, as the owner of the database."""
    for migration in phase.migrations:
        with database.connect(database.owner) as connection:
            trace = run_script(connection, migration.forward)
        assert trace.failure is None, (migration.file, trace.failure)
