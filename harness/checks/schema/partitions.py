"""Rules of partitioned tables: rows without a home, and keys that are unique in one part only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

from harness.checks.finding import Finding, Proof, Rule
from harness.checks.schema.facts import Index, Partitioned
from harness.checks.schema.located import SchemaRule, located
from harness.checks.schema.partition_facts import Span, spans
from harness.checks.schema.phase_schema import PhaseSchema


def _partition_gap(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    for table in seen.partitioned:
        for problem, fix in _problems(table, seen):
            yield located(
                rule, seen, f"table {table.name} {problem}", (table.name,),
                said=f"table {table.name}", fix=fix,
            )  # fmt: skip
    for routine, said in seen.partitions.upkeep_failed.items():
        yield located(
            rule, seen, f"upkeep {routine} fails: {said}", (routine,), said=routine,
            fix="let it run with the tables as they are at the end of the phase",
        )  # fmt: skip


def _problems(table: Partitioned, seen: PhaseSchema) -> Iterator[tuple[str, str | None]]:
    found = spans(table)
    if table.strategy != "hash" and not any(each.is_default for each in table.partitions):
        yield (
            "has no default partition: a row outside of the others is refused" + _gaps(found),
            f"CREATE TABLE … PARTITION OF {table.name} DEFAULT;",
        )
    for partition in table.partitions:
        rows = seen.partitions.stray.get(partition.name, 0)
        if rows:
            yield (
                f"keeps {rows} rows in its default partition {partition.name}",
                "move them into partitions of their own: while they are there, creating their"
                " month's partition scans the default under an exclusive lock and fails",
            )
    if found and seen.partitions.upkept and _ends_too_soon(found, seen):
        yield (
            "has no partition for next month, though upkeep "
            f"({', '.join(seen.partitions.upkept)}) has just run",
            "register the table with the upkeep that creates the months ahead",
        )


def _gaps(found: tuple[Span, ...]) -> str:
    """Say between which partitions rows have no home; with a default they go there."""
    return "".join(
        f", and so is one from {_said(one.high)} to {_said(two.low)}"
        for one, two in pairwise(found)
        if one.high is not None and two.low is not None and one.high < two.low
    )


def _ends_too_soon(found: tuple[Span, ...], seen: PhaseSchema) -> bool:
    """Whether no partition takes the first instant of next month."""
    today = seen.partitions.today
    if today is None:
        return False
    year, month = (today.year + 1, 1) if today.month == 12 else (today.year, today.month + 1)
    first = datetime(year, month, 1, tzinfo=UTC)
    return not any(
        (each.low is None or each.low <= first) and (each.high is None or first < each.high)
        for each in found
    )


def _said(instant: datetime) -> str:
    return instant.isoformat(sep=" ")


def _partition_key_missing(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    parents = {
        partition.name: table for table in seen.partitioned for partition in table.partitions
    }
    reported: set[tuple[str, tuple[str, ...]]] = set()
    for index in seen.indexes:
        table = parents.get(index.relation)
        if table is None or not _only_within(index, table):
            continue
        if (table.name, index.keys) in reported:
            continue  # the same key on every other month is one mistake
        reported.add((table.name, index.keys))
        yield located(
            rule,
            seen,
            f"{index.said} keeps ({', '.join(index.keys)}) unique within {index.relation} alone:"
            f" two partitions of {table.name} may hold the same key",
            (index.constraint or index.name, index.relation, table.name),
            said=index.said,
            fix=f"make the key unique on {table.name} with ({', '.join(table.keys)}) in it, or"
            " drop it: PostgreSQL has no key over several partitions without their column",
        )


def _only_within(index: Index, table: Partitioned) -> bool:
    """Whether an index is a partition's own and unique without what tells partitions apart."""
    return index.is_unique and index.partition_of is None and not set(table.keys) <= set(index.keys)


RULES: tuple[SchemaRule, ...] = (
    Rule(
        id="partition-gap",
        title="a partitioned table with rows that have no partition of their own",
        effect="inserts are refused at the turn of a month, or pile up in the default partition",
        fix="CREATE TABLE … PARTITION OF … for what is missing, and a DEFAULT partition",
        proof=Proof.RUN,
        check=_partition_gap,
    ),
    Rule(
        id="partition-key-missing",
        title="a key that is unique in each partition but not across them",
        effect="the same id can be stored twice, in two months, and nothing ever notices",
        fix="put the partition key's column into the unique key, on the partitioned table",
        proof=Proof.RUN,
        check=_partition_key_missing,
    ),
)
