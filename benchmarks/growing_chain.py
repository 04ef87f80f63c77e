"""Rehearse synthetic chains that grow, and tell what a migration costs in each tenth of them.

`python -m benchmarks.growing_chain 100 300 1000`. The trees are generated into a temporary folder:
tables with keys, checks, row security, policies, indexes, comments and references, then columns,
indexes, functions and views on them, as real chains have them. Each migration is applied, rolled
back and applied again on filled tables, observed, its catalog read and compared three times.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import yaml

from benchmarks.measuring import load
from harness.checks.rehearsal.prepare import rehearse
from harness.checks.rehearsal.rehearsal import Rehearsal
from harness.database import Cluster
from harness.plan import MANIFEST, Plan, read_plan
from harness.server import ServerChoice
from harness.server.launch import running

_IN_A_PHASE = 200
_PARTS = 10

_TABLE = (
    """CREATE TABLE public.t{n} (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id bigint,
    label text NOT NULL CHECK (length(label) < 200),
    state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done')),
    created_at timestamptz NOT NULL DEFAULT now()
);
{reference}
CREATE INDEX t{n}_owner_id_idx ON public.t{n} (owner_id);
COMMENT ON TABLE public.t{n} IS 'table {n}';
ALTER TABLE public.t{n} ENABLE ROW LEVEL SECURITY;
CREATE POLICY t{n}_new ON public.t{n} USING (state = 'new');
""",
    "DROP TABLE public.t{n};\n",
)
_LATER = (
    (
        "ALTER TABLE public.t{t} ADD COLUMN note text;\n",
        "ALTER TABLE public.t{t} DROP COLUMN note;\n",
    ),
    (
        "CREATE INDEX CONCURRENTLY t{t}_created_at_idx ON public.t{t} (created_at);\n",
        "DROP INDEX CONCURRENTLY public.t{t}_created_at_idx;\n",
    ),
    (
        "CREATE FUNCTION public.f{t}(n bigint) RETURNS text LANGUAGE sql STABLE\n"
        "RETURN (SELECT label FROM public.t{t} WHERE id = n);\n"
        "CREATE VIEW public.v{t} AS SELECT id, label FROM public.t{t};\n",
        "DROP VIEW public.v{t};\nDROP FUNCTION public.f{t}(bigint);\n",
    ),
)
"""What follows a table, in this order: forward and backward."""


def main(lengths: list[int]) -> None:
    """Print the milliseconds of a migration, tenth by tenth, for each length of a chain."""
    with (
        running(ServerChoice.from_environment({"KOREVITTA_PG": "embedded"})) as server,
        Cluster(server.dsn) as cluster,
    ):
        print(f"PostgreSQL {server.version}; milliseconds a migration in each tenth of the chain")
        for length in lengths:
            with TemporaryDirectory() as folder:
                plan, faults = read_plan(write_chain(Path(folder) / "db", length))
                assert not faults, faults[0]
                each = _rehearse(plan, cluster, server.kind.value)
            tenths = [_mean(part) for part in _tenths(each)]
            growth = tenths[-1] / tenths[0]
            print(f"{length:5} {' '.join(f'{ms:6.1f}' for ms in tenths)}  x{growth:.2f}", end="  ")
            print(f"{sum(each) / 1000:.1f} s; load {load()}", flush=True)


def write_chain(root: Path, length: int) -> Path:
    """Write a db root with so many migrations; return it."""
    phases = []
    for first in range(0, length, _IN_A_PHASE):
        prefix = 100 + first // _IN_A_PHASE * 50
        phase = f"phase-{prefix}-p{prefix}"
        names = []
        for number in range(first, min(first + _IN_A_PHASE, length)):
            name = f"{prefix}{number - first + 1:03}__core__expand__step_{number}.sql"
            for kind, letter, text in zip(
                ("migrations", "rollback"), "VR", _texts(number), strict=True
            ):
                path = root / kind / phase / "core" / f"{letter}{name}"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            names.append(f"migrations/{phase}/core/V{name}")
        phases.append({"id": phase, "order": prefix, "domains": ["core"], "migrations": names})
    manifest = {
        "version": 1,
        "project": "benchmark",
        "strategy": "sql-first",
        "convention": {
            "pattern": "V{phase}{seq}__{domain}__{change_type}__{slug}.sql",
            "rollback_pattern": "R{phase}{seq}__{domain}__{change_type}__{slug}.sql",
            "change_type": ["expand", "contract"],
        },
        "phases": phases,
    }
    (root / MANIFEST).write_text(yaml.safe_dump(manifest, sort_keys=False), encoding="utf-8")
    return root


def _texts(number: int) -> tuple[str, str]:
    """Write a migration and its rollback: each fourth one makes a table, the others follow it."""
    table, step = divmod(number, 1 + len(_LATER))
    forward, backward = _TABLE if step == 0 else _LATER[step - 1]
    reference = (
        f"ALTER TABLE public.t{table} ADD CONSTRAINT t{table}_owner_id_fkey"
        f" FOREIGN KEY (owner_id) REFERENCES public.t{table - 1};"
        if table
        else ""
    )
    values = {"n": table, "t": table, "reference": reference}
    return forward.format(**values), backward.format(**values)


def _rehearse(plan: Plan, cluster: Cluster, kind: str) -> list[float]:
    """Rehearse every migration; return the milliseconds of each."""
    with rehearse(plan, cluster, kind, is_tried=lambda _: False) as rehearsal:
        return [_timed(rehearsal, each.version) for each in plan.migrations]


def _timed(rehearsal: Rehearsal, version: str) -> float:
    began = perf_counter()
    seen = rehearsal.migration(version)
    ms = (perf_counter() - began) * 1000
    assert seen.is_reversible, (version, seen.forward.failure)
    return ms


def _tenths(values: list[float]) -> list[list[float]]:
    size = max(len(values) // _PARTS, 1)
    return [values[at : at + size] for at in range(0, size * _PARTS, size)]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [100, 300, 1000])
