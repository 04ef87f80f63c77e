"""A db root to run the scripts in, and a program in psql's place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.powershell.shells import Recorder, record_in
from tests.powershell.source import SCRIPTS
from tests.real_tree import real_database, real_end, real_plan

__all__ = ["psql", "real_database", "real_end", "real_plan", "root"]

MIGRATIONS = (
    "phase-000-base/ops/V000001__ops__expand__first.sql",
    "phase-100-mvp/zebra/V100001__zebra__expand__first.sql",
    "phase-100-mvp/apple/V100002__apple__expand__second.sql",
    "phase-100-mvp/zebra/V1000010__zebra__expand__tenth.sql",
)
SEEDS = (
    "phase-100-mvp/S100001__zebra__first.sql",
    "phase-100-mvp/S100002__apple__second.sql",
)
MANIFEST = """\
version: 1
prerequisites:
  owner: zoo_owner # runs everything
phases:
  - id: phase-000-base
    order: 0
    migrations:
      - migrations/phase-000-base/ops/V000001__ops__expand__first.sql
    seeds: []
  - id: "phase-100-mvp" # the second
    order: 100
    migrations:
      - migrations/phase-100-mvp/zebra/V1000010__zebra__expand__tenth.sql
      - path: migrations/phase-100-mvp/apple/V100002__apple__expand__second.sql
        after: [V000001]
      # - migrations/phase-100-mvp/apple/V100009__apple__expand__none.sql
      - "migrations/phase-100-mvp/zebra/V100001__zebra__expand__first.sql"
    seeds: [seeds/phase-100-mvp/S100002__apple__second.sql,
            seeds/phase-100-mvp/S100001__zebra__first.sql]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Provide a small db root, at a path with spaces, with the scripts in it."""
    root = tmp_path / "a b" / "db"
    for name in (
        *(f"migrations/{each}" for each in MIGRATIONS),
        *(f"seeds/{each}" for each in SEEDS),
        "rollback/phase-100-mvp/apple/R100002__apple__expand__second.sql",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("SELECT 1;\n", encoding="utf-8")
    (root / "migration-manifest.yaml").write_text(MANIFEST, encoding="utf-8")
    shutil.copytree(SCRIPTS, root / "scripts")
    return root


@pytest.fixture
def psql(tmp_path: Path) -> Recorder:
    """Provide a program in psql's place, at a path with a space."""
    return record_in(tmp_path / "the programs")
