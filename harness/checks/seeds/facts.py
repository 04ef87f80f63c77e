"""Seeds run as an operator would, twice over, and what each run left in the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from psycopg import sql

from harness.catalog import read_catalog
from harness.checks.schema.facts import Connection, written_by_server
from harness.database import Database
from harness.diff import Delta, compare
from harness.execute import Trace, run_script
from harness.plan import Phase, Seed
from harness.samples.shape import list_tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a table holds: how many rows, and a digest of every column that rows do not order."""

    rows: int
    columns: Mapping[str, str] = field(default_factory=dict)


Contents = Mapping[str, Content]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentChange:
    """A table that a repeated run changed: rows before and after, and the columns that differ."""

    table: str
    before: int
    after: int
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SeedRun:
    """One seed: run in its place, run again at once, and once more after all of its phase.

    ``repeated`` is what the second run changed; ``late`` what the last one did, though the
    second had changed nothing: it found rows that a later seed had brought. ``helped_by`` names
    what had to come first (a later seed's version, or a later phase's id) before a seed that was
    refused in its place did run.
    """

    seed: Seed
    first: Trace
    second: Trace | None = None
    ddl: Delta = field(default_factory=Delta)
    repeated: tuple[ContentChange, ...] = ()
    late: tuple[ContentChange, ...] = ()
    helped_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class SeedEvidence:
    """A phase's seeds; ``waiting`` are those that nothing has helped yet, this phase's and older.

    Pass ``waiting`` on to the next phase: what runs there depends on a later phase.
    """

    phase: Phase
    runs: tuple[SeedRun, ...] = ()
    waiting: tuple[SeedRun, ...] = ()


def gather_seeds(
    database: Database, phase: Phase, waiting: tuple[SeedRun, ...] = ()
) -> SeedEvidence:
    """Run a phase's seeds on a database whose migrations stand at the end of the phase.

    The database is changed: at the end every seed that runs has run. Seeds run as the owner, each
    on a connection of its own. It may hold the seeds' rows already; then only the order among
    them cannot be told.
    """
    with database.connect() as admin:
        rescued = [
            SeedRun(seed=run.seed, first=run.first, helped_by=phase.id)
            for run in waiting
            if _run(database, run.seed).succeeded
        ]
        runs = list(_run_twice(database, admin, phase.seeds))
        runs = [_retried(database, run, runs) for run in runs]
        runs = [_run_late(database, admin, run) for run in runs]
    helped = {run.seed.version for run in rescued}
    return SeedEvidence(
        phase=phase,
        runs=(*rescued, *runs),
        waiting=tuple(
            [run for run in waiting if run.seed.version not in helped]
            + [run for run in runs if not run.first.succeeded and run.helped_by is None]
        ),
    )


def read_contents(connection: Connection) -> dict[str, Content]:
    """Digest the rows of every table; equal tables have equal digests, in whatever order.

    The hashes of values are added up: hashtextextended is the same on every platform.
    """
    columns = _columns(connection)
    listed = {name: columns.get(oid, []) for oid, name in list_tables(connection).items()}
    tables = {name: listed[name] for name in _filled(connection, list(listed))}
    found = {name: Content(rows=0) for name in listed}
    if not tables:
        return found
    asked = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {}, count(*), ARRAY[{}]::text[] FROM {} AS r").format(
            sql.Literal(table),
            sql.SQL(", ").join(_digest(name) for name in names),
            written_by_server(table),
        )
        for table, names in tables.items()
    )
    for table, rows, digests in connection.execute(asked, prepare=False).fetchall():
        found[table] = Content(rows=rows, columns=dict(zip(tables[table], digests, strict=True)))
    return found


def content_changes(before: Contents, after: Contents) -> tuple[ContentChange, ...]:
    """List the tables whose rows differ."""
    return tuple(
        ContentChange(
            table=table,
            before=before[table].rows,
            after=content.rows,
            columns=tuple(
                name
                for name, digest in content.columns.items()
                if before[table].columns.get(name) != digest
            ),
        )
        for table, content in after.items()
        if table in before and before[table] != content
    )


def _run_twice(database: Database, admin: Connection, seeds: tuple[Seed, ...]) -> Iterator[SeedRun]:
    catalog = read_catalog(admin) if seeds else None
    for seed in seeds:
        before = catalog or read_catalog(admin)
        first = _run(database, seed)
        catalog = read_catalog(admin)
        ddl = compare(before, catalog)
        if not first.succeeded:
            yield SeedRun(seed=seed, first=first, ddl=ddl)
            continue
        once = read_contents(admin)
        second = _run(database, seed)
        repeated = content_changes(once, read_contents(admin))
        yield SeedRun(seed=seed, first=first, second=second, ddl=ddl, repeated=repeated)


def _retried(database: Database, run: SeedRun, runs: list[SeedRun]) -> SeedRun:
    """Run a refused seed again now that the phase's others are there, and say which helped."""
    if run.first.succeeded or not _run(database, run.seed).succeeded:
        return run
    later = [each.seed for each in runs if each.first.succeeded and each.seed != run.seed]
    after = [seed for seed in later if seed.version > run.seed.version] or later
    return SeedRun(
        seed=run.seed,
        first=run.first,
        ddl=run.ddl,
        helped_by=after[-1].version if after else run.seed.phase,
    )


def _run_late(database: Database, admin: Connection, run: SeedRun) -> SeedRun:
    """Run a seed once more after all others: what it adds now, it missed in its place."""
    if not run.first.succeeded or run.repeated or run.second is None:
        return run
    before = read_contents(admin)
    _run(database, run.seed)
    return SeedRun(
        seed=run.seed,
        first=run.first,
        second=run.second,
        ddl=run.ddl,
        late=content_changes(before, read_contents(admin)),
    )


def _run(database: Database, seed: Seed) -> Trace:
    with database.connect(database.owner) as connection:
        return run_script(connection, seed.script)


def _filled(connection: Connection, tables: Sequence[str]) -> list[str]:
    """List the tables that hold any row: to digest an empty one costs as much as a small one."""
    if not tables:
        return []
    one = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
    asked = sql.SQL(" UNION ALL ").join(
        one.format(sql.Literal(table), written_by_server(table)) for table in tables
    )
    return [name for (name,) in connection.execute(asked, prepare=False)]


def _columns(connection: Connection) -> dict[int, list[str]]:
    rows = connection.execute(
        "SELECT attrelid::oid::int8, attname FROM pg_catalog.pg_attribute"
        " WHERE attnum > 0 AND NOT attisdropped ORDER BY attrelid, attnum"
    ).fetchall()
    found: dict[int, list[str]] = {}
    for oid, name in rows:
        found.setdefault(oid, []).append(name)
    return found


def _digest(column: str) -> sql.Composable:
    return sql.SQL(
        "coalesce(sum(pg_catalog.hashtextextended(r.{}::text, 0)::numeric), 0)::text"
    ).format(sql.Identifier(column))
