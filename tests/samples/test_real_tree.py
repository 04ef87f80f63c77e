"""Sample rows for the real tree: a thousand in every table, quickly."""

from __future__ import annotations

import os
from time import perf_counter

from harness.database import Database
from harness.plan import Plan
from harness.samples import fill

SECONDS = 10
"""What a thousand rows in every table may take where the machine has nothing else to do."""


def test_a_thousand_rows_in_every_table(real_database: Database, real_plan: Plan) -> None:
    with real_database.connect() as connection:
        started = perf_counter()
        filled = fill(connection, rows=1000)
        seconds = perf_counter() - started
        in_default = connection.execute(
            "SELECT count(*) FROM pg_partitioned_table AS p"
            " WHERE EXISTS (SELECT FROM pg_class AS c"
            "  WHERE c.oid = p.partdefid AND pg_relation_size(c.oid) > 0)"
        ).fetchone()
    assert filled.unfilled == ()
    assert set(filled.rows.values()) == {1000}
    assert in_default == (0,)
    assert seconds < SECONDS * max(1.0, os.getloadavg()[0])


def test_a_few_rows_fall_to_two_practices_with_two_patients_each(real_database: Database) -> None:
    with real_database.connect() as connection:
        fill(connection, rows=12)
        tables = connection.execute(
            "SELECT DISTINCT conrelid::regclass::text FROM pg_constraint AS c"
            " WHERE c.contype = 'f' AND c.confrelid = 'core.patients'::regclass"
            " AND c.conparentid = 0 AND cardinality(c.conkey) = 2"
        ).fetchall()
        poor = []
        for (table,) in tables:
            practices = connection.execute(
                f"SELECT count(DISTINCT patient_id) FROM {table} GROUP BY professional_id".encode()
            ).fetchall()
            if sum(patients >= 2 for (patients,) in practices) < 2:
                poor.append(table)
    assert len(tables) > 10
    assert poor == []
