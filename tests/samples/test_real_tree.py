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
