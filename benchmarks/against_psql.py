"""Compare a whole verification with one raw psql session that applies the same files.

`python -m benchmarks.against_psql [db root]`. psql is found as operators find it: PSQL_PATH, PATH.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

from psycopg.conninfo import conninfo_to_dict

from benchmarks.measuring import load, measured
from harness.checks.rehearsal.prepare import rehearse
from harness.checks.subjects import PlanRead
from harness.checks.verify import select, verify
from harness.database import Cluster
from harness.plan import Plan, read_plan
from harness.server import ServerChoice
from harness.server.launch import running


def main(root: Path) -> None:
    """Print both times and their ratio."""
    plan, faults = read_plan(root)
    with running(ServerChoice.from_environment({"KOREVITTA_PG": "embedded"})) as server:
        print(f"PostgreSQL {server.version}; load {load()}")
        folder = str(conninfo_to_dict(server.dsn)["host"])
        with Cluster(server.dsn) as cluster:
            rehearse(plan, cluster, server.kind.value).close()  # makes the roles
            raw = []
            for _ in range(3):
                with measured(folder) as spent:
                    _apply(plan, cluster)
                raw.append(spent)
                print(f"psql      {spent}")
            with measured(folder) as whole:
                report = verify(
                    PlanRead(plan=plan, faults=faults),
                    select(plan),
                    cluster,
                    postgres=server.version,
                    server=server.kind.value,
                )
        print(f"verify    {whole}  ({len(report.findings)} findings)")
        best = min(each.wall for each in raw)
        print(f"{whole.wall / best:.1f} times psql's best; load {load()}")


def _apply(plan: Plan, cluster: Cluster) -> None:
    """Have one psql run all files in their order, each in one transaction where it can have one."""
    psql = os.environ.get("PSQL_PATH") or shutil.which("psql")
    if psql is None:
        raise SystemExit("found no psql: set PSQL_PATH or add it to PATH")
    database = cluster.create(plan.owner)
    with NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as file:
        file.write("\\set ON_ERROR_STOP on\nSET client_min_messages = warning;\n")
        if plan.owner:
            file.write(f'SET SESSION AUTHORIZATION "{plan.owner}";\n')
        for phase in plan.phases:
            for script in (
                *(each.forward for each in phase.migrations),
                *(each.script for each in phase.seeds),
            ):
                body = script.text.rstrip() + "\n;\n"
                file.write(f"BEGIN;\n{body}COMMIT;\n" if script.transactional else body)
        file.flush()
        subprocess.run(
            [psql, "-q", "-X", "-d", database.dsn, "-f", file.name],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    cluster.drop(database)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "backend/db"))
