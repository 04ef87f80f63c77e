"""What the repository's db root says without a server: its phases, schemas and migrations."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from harness.plan import Migration, Phase
from harness.plugin.trees import Tree
from harness.render.schema import folder_of
from harness.sql.tree import root

TREE = Tree(Path(__file__).parents[2] / "backend" / "db")
PHASES = TREE.plan.phases
MIGRATIONS = TREE.plan.migrations


@cache
def schemas_at(phase_id: str) -> tuple[str, ...]:
    """Return the schemas that the files have created by the end of a phase, `public` with them."""
    behind = (each for each in PHASES if each.order <= TREE.phase(phase_id).order)
    statements = (
        statement
        for phase in behind
        for migration in phase.migrations
        for statement in migration.forward.statements
        if statement.kind == "CreateSchemaStmt"
    )
    parsed = (root(statement.text) for statement in statements)
    return tuple(sorted({"public", *(each.node["schemaname"] for each in parsed if each)}))


def folder_of_phase(phase: Phase) -> str:
    """Return the folder of what a phase leaves in no schema, and of its index."""
    return f"schema/{phase.id}"


def folder_of_schema(phase: Phase, schema: str) -> str:
    """Return the folder of what a phase changes in a schema."""
    return f"{folder_of_phase(phase)}/{folder_of(schema)}"


def file_of_ledger(migration: Migration) -> str:
    """Return the file that tells what a migration does."""
    return f"ledger/{migration.phase}/{migration.path.stem}.md"


def answering() -> int:
    """Count the tests that answer for stored files; the last answers for what no other does."""
    return sum(len(schemas_at(each.id)) + 1 for each in PHASES) + len(MIGRATIONS) + 1
