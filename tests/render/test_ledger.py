"""The ledger of a migration: what it says, and what it leaves out to be the same everywhere."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from harness.catalog import Catalog, CatalogObject, Identity
from harness.checks.rehearsal.chain import Walk
from harness.checks.rehearsal.evidence import MigrationEvidence
from harness.checks.rehearsal.rehearsal import Rehearsal
from harness.database import Cluster
from harness.execute import (
    Connection,
    Lock,
    Rewrite,
    Scan,
    ServerObserver,
    StatementTrace,
    Trace,
    Write,
)
from harness.plan import read_plan
from harness.render.ledger import ledger
from harness.samples import fill
from tests.trees import migration, write_tree

LOGS = (
    CatalogObject(identity=Identity(kind="table", name="core.logs"), schema="core"),
    *(
        CatalogObject(
            identity=Identity(kind="table", name=f"core.logs_{year}"),
            schema="core",
            parent=Identity(kind="table", name="core.logs"),
            attributes=(("partition of", "core.logs"),),
        )
        for year in (2025, 2026)
    ),
)


def told(tmp_path: Path, sql: str, *traces: StatementTrace, **more: Any) -> str:
    """Write the ledger of a migration of which this was seen."""
    root = write_tree(tmp_path / "db", migration("V100001", sql, "SELECT 1;", slug="work"))
    plan, _ = read_plan(root.path)
    before = Catalog(objects=LOGS)
    ran = Trace(ms=4321.0)
    seen = {"before": before, "after": before, "back": before, "backward": ran, "again": ran}
    return ledger(
        MigrationEvidence(
            migration=plan.migrations[0],
            forward=Trace(statements=traces, ms=4321.0),
            **{**seen, "again_after": more.get("after", before), **more},
        )
    )


def did(kind: str = "AlterTableStmt", **more: Any) -> StatementTrace:
    return StatementTrace(line=1, kind=kind, ms=1234.5, **more)


def test_times_counts_and_everyday_locks_are_left_out(tmp_path: Path) -> None:
    everyday = tuple(
        Lock(object="core.notes", mode=mode, rows=True)
        for mode in ("AccessShareLock", "RowShareLock", "RowExclusiveLock")
    )
    page = told(
        tmp_path,
        "ALTER TABLE core.notes ALTER COLUMN body SET NOT NULL;\nSELECT 2;",
        did(
            locks=(*everyday, Lock(object="core.notes", mode="ShareRowExclusiveLock")),
            scans=(Scan(object="core.notes", tuples=987, sequential=987),),
        ),
        did("SelectStmt", locks=everyday),
    )
    assert page.endswith(
        "- `ALTER TABLE core.notes ALTER COLUMN body SET NOT NULL`\n"
        "  - locks SHARE ROW EXCLUSIVE on `core.notes`\n"
        "  - scans `core.notes`\n"
        "\n"
        "The other statement locks no more than reads and writes do,"
        " and rewrites, scans and writes nothing.\n"
    )
    assert not [number for number in ("4321", "1234", "987") if number in page]


def test_a_partition_is_told_by_its_table_and_what_is_alike_at_once(tmp_path: Path) -> None:
    sql = "CREATE INDEX a ON core.logs_2025 (id);\nCREATE INDEX b ON core.logs_2026 (id);"
    locks = tuple((Lock(object=f"core.logs_{year}", mode="ShareLock"),) for year in (2025, 2026))
    read = (Scan(object="core.logs_2026", tuples=3, sequential=3),)
    page = told(
        tmp_path,
        sql,
        did("IndexStmt", locks=locks[0]),
        did("IndexStmt", locks=locks[1], scans=read),
    )
    assert page.endswith(
        "- `CREATE INDEX a ON core.logs_2025 …` and 1 alike\n"
        "  - locks SHARE on partitions of `core.logs`\n"
        "  - scans partitions of `core.logs`\n"
    )


def test_what_the_planner_chooses_how_to_read_is_only_read(tmp_path: Path) -> None:
    page = told(
        tmp_path,
        "UPDATE core.notes SET body = '';",
        did(
            "UpdateStmt",
            scans=(Scan(object="core.notes", tuples=1),),
            writes=(Write(object="core.notes", updated=1),),
        ),
    )
    assert "  - reads `core.notes`\n  - writes `core.notes`\n" in page


def test_a_rewrite_is_told_with_its_reason(tmp_path: Path) -> None:
    rewrite = Rewrite(object="core.notes", reason="its type changes", rows=True)
    page = told(tmp_path, "ALTER TABLE core.notes ALTER id TYPE bigint", did(rewrites=(rewrite,)))
    assert "  - rewrites `core.notes`: its type changes\n" in page


def test_a_new_table_is_told_with_its_columns_as_they_stand(tmp_path: Path) -> None:
    table = Identity(kind="table", name="core.notes")
    columns = tuple(
        CatalogObject(
            identity=Identity(kind="column", name=f"core.notes.{name}"),
            schema="core",
            parent=table,
            attributes=(("position", place),),
        )
        for name, place in (("id", "1"), ("body", "2"), ("at", "10"))
    )
    after = Catalog(objects=(*LOGS, CatalogObject(identity=table, schema="core"), *columns))
    page = told(tmp_path, "CREATE TABLE core.notes (id int)", did("CreateStmt"), after=after)
    assert "- adds table `core.notes`\n  - columns `id`, `body`, `at`\n" in page


def test_what_a_rollback_does_not_bring_back_is_said(tmp_path: Path) -> None:
    more = migration("V100001", "SELECT 1", "SELECT 1", slug="work", loses=["core.notes.body"])
    plan, _ = read_plan(write_tree(tmp_path / "db", more).path)
    empty, ran = Catalog(), Trace()
    seen = MigrationEvidence(
        migration=plan.migrations[0],
        before=empty,
        forward=Trace(statements=(did("SelectStmt"),)),
        after=empty,
        backward=ran,
        back=empty,
        again=ran,
        again_after=empty,
    )
    assert "but not what stood in `core.notes.body`." in ledger(seen)
    left = told(tmp_path / "other", "SELECT 1", did("SelectStmt"), back=Catalog())
    assert "Its rollback does not bring back the schema as it was." in left


@pytest.mark.server
def test_it_is_the_same_whatever_rows_the_tables_hold(tmp_path: Path, cluster: Cluster) -> None:
    root = write_tree(
        tmp_path / "db",
        migration(
            "V100001",
            """
            CREATE TABLE public.notes (id bigint PRIMARY KEY, body text, size int);
            CREATE TABLE public.logs (note_id bigint NOT NULL REFERENCES public.notes, at date)
                PARTITION BY RANGE (at);
            CREATE TABLE public.logs_2025 PARTITION OF public.logs
                FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            CREATE TABLE public.logs_rest PARTITION OF public.logs DEFAULT;
            """,
            "DROP TABLE public.logs, public.notes;",
        ),
        migration(
            "V100002",
            """
            CREATE INDEX logs_at_idx ON public.logs (at);
            UPDATE public.notes SET body = '' WHERE id IN (SELECT note_id FROM public.logs);
            ALTER TABLE public.notes ALTER COLUMN size TYPE bigint;
            """,
            None,
        ),
    )
    plan, _ = read_plan(root.path)

    def page(rows: int) -> str:
        with Rehearsal(plan, cluster, observer=_observe, fill=partial(_fill, rows)) as rehearsal:
            return ledger(rehearsal.migration("V100002"))

    assert page(8) == page(40)


def _observe(walk: Walk) -> ServerObserver:
    return ServerObserver(bystander=walk.database.connect)


def _fill(rows: int, session: Connection) -> None:
    fill(session, rows=rows)
