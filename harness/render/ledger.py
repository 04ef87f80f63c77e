"""The ledger of a migration: what the reviewer of a pull request reads first, in Markdown.

It says what the catalog gains, loses and changes, and what each statement does to what was there
before. It holds no times, and nothing that hangs on sample rows or on the planner: no counts of
rows, no locks that ordinary reads and writes take as well, and a partition under its table's name.
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.checks.rehearsal.evidence import MigrationEvidence
from harness.plan import Migration
from harness.render.alterations import additions, changes, removals
from harness.render.touches import touches


def ledger(seen: MigrationEvidence) -> str:
    """Write what a migration did when it was rehearsed; it has to have applied."""
    migration = seen.migration
    parts = [
        f"# {migration.version} {migration.slug}",
        f"{_nature(migration, transactional=seen.forward.transactional)} {_way_back(seen)}",
        "## The schema",
        "\n".join(_schema(seen)),
        "## What was there before",
        "\n".join(_effects(seen)),
    ]
    return "\n\n".join(parts) + "\n"


def _nature(migration: Migration, *, transactional: bool) -> str:
    after = f" after {', '.join(migration.after)}" if migration.after else ""
    runs = "in one transaction" if transactional else "statement by statement"
    return (
        f"{migration.change_type.value.capitalize()} of `{migration.domain}`{after},"
        f" release {migration.release}, run {runs}."
    )


def _way_back(seen: MigrationEvidence) -> str:
    lost = ", ".join(f"`{each}`" for each in seen.migration.loses)
    if seen.migration.backward is None:
        return "It has no rollback."
    if not seen.is_symmetric:
        return "Its rollback does not bring back the schema as it was."
    again = "" if seen.comes_again else ", but it does not apply again"
    return f"Its rollback brings back the schema as it was{again}" + (
        f", but not what stood in {lost}." if lost else "."
    )


def _schema(seen: MigrationEvidence) -> Iterator[str]:
    delta = seen.forward_delta
    told = [
        *(f"- adds {each}" for each in additions(seen.after, delta)),
        *(f"- changes {each}" for each in changes(seen.before, seen.after, delta)),
        *(f"- removes {each}" for each in removals(seen.before, delta)),
    ]
    yield from told or ["It stays as it is."]


def _effects(seen: MigrationEvidence) -> Iterator[str]:
    told, quiet = touches(seen.migration, seen.forward, seen.before)
    for each in told:
        alike = f" and {each.alike} alike" if each.alike else ""
        yield "\n  - ".join((f"- `{each.statement}`{alike}", *each.effects))
    yield from _rest(quiet, beside=bool(told))
    if not all(each.complete for each in seen.forward.statements):
        yield "\nWhat a statement locks in transactions of its own cannot all be seen."


def _rest(quiet: int, *, beside: bool) -> Iterator[str]:
    """Say of the statements that have nothing to tell that they have nothing to tell."""
    doing = "locks no more than reads and writes do, and rewrites, scans and writes nothing."
    if not beside:
        yield f"It {doing}"
    elif quiet:
        which = "The other statement" if quiet == 1 else f"Each of the {quiet} other statements"
        yield f"\n{which} {doing}"
