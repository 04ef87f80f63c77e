"""Seeds that do more the second time, change the catalog, or come in the wrong order."""

from __future__ import annotations

from pathlib import Path

from tests.mutations.edits import appended, replaced, substituted
from tests.mutations.mutation import Mutation


def _swapped(root: Path) -> None:
    """Give the reference ranges the version of the biomarkers that they refer to."""
    folder = root / "seeds/phase-300-v1_2"
    biomarkers, ranges = (
        folder / "S300001__analytics__biomarkers.sql",
        folder / "S300002__analytics__reference_ranges.sql",
    )
    manifest = root / "migration-manifest.yaml"
    text = manifest.read_text(encoding="utf-8")
    for old, new in (
        (biomarkers.name, "S300002__analytics__biomarkers.sql"),
        (ranges.name, "S300001__analytics__reference_ranges.sql"),
    ):
        assert old in text
        (folder / old).rename(folder / new)
        text = text.replace(f"{old}\n", f"{new}\n")
    one, two = sorted(
        (line for line in text.splitlines() if "/S30000" in line),
        key=lambda line: line.split("/")[-1],
    )
    rest = [line for line in text.splitlines() if "/S30000" not in line]
    manifest.write_text("\n".join([*rest, one, two]) + "\n", encoding="utf-8")


MUTATIONS: tuple[Mutation, ...] = (
    Mutation(
        name="a second run meets the rows of the first",
        file="S100001",
        edit=substituted(r"\nON CONFLICT .*?;\s*\Z", ";\n"),
        rule="seed-not-idempotent",
        object="S100001",
    ),
    Mutation(
        name="a second run writes what has not changed",
        file="S200002",
        edit=substituted(r"\n    WHERE\n.*?;\s*\Z", ";\n"),
        rule="seed-not-idempotent",
        object="table progress.photo_positions",
    ),
    Mutation(
        name="a second run doubles the rows",
        file="S200001",
        edit=appended(
            "INSERT INTO progress.body_sites (slug, name, kind, unit, sort_order)\n"
            "SELECT\n    'local-' || count(*),\n    'Local',\n    'weight',\n    'kg',\n    99\n"
            "FROM progress.body_sites;"
        ),
        rule="seed-not-idempotent",
        object="table progress.body_sites",
    ),
    Mutation(
        name="a seed builds an index",
        file="S100001",
        edit=appended("CREATE INDEX IF NOT EXISTS plans_name_idx ON identity.plans (name);"),
        rule="seed-ddl",
        line="CREATE INDEX IF NOT EXISTS plans_name_idx ON identity.plans (name);",
        object="index identity.plans_name_idx",
    ),
    Mutation(
        name="a seed comments on a table",
        file="S100002",
        edit=appended("COMMENT ON TABLE protocol.foods IS 'Tabela de alimentos.';"),
        rule="seed-ddl",
        line="COMMENT ON TABLE protocol.foods IS 'Tabela de alimentos.';",
        object="table protocol.foods",
    ),
    Mutation(
        name="a seed needs one that comes after it",
        move=_swapped,
        file="S300001",
        at="backend/db/seeds/phase-300-v1_2/S300001__analytics__reference_ranges.sql",
        rule="seed-order",
        object="table analytics.reference_ranges",
    ),
    Mutation(
        name="a seed names a table that no phase has",
        file="S100001",
        edit=replaced("INSERT INTO identity.plans AS p", "INSERT INTO identity.plan AS p"),
        rule="seed-order",
        line="INSERT INTO identity.plan AS p (",
        object="S100001",
    ),
)
