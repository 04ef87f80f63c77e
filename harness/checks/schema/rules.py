"""Rules of the schema at the end of each phase: indexes, constraints, functions, names."""

from __future__ import annotations

from collections.abc import Iterator

from harness.checks.finding import Finding, Proof, Rule
from harness.checks.schema import privileges
from harness.checks.schema.facts import ForeignKey, Index
from harness.checks.schema.located import SchemaRule, located
from harness.checks.schema.names import cut_names, long_names
from harness.checks.schema.phase_schema import PhaseSchema

_SMALL = frozenset({"smallint", "integer"})
_ENOUGH = 2**53


def _foreign_key_unindexed(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    for key in seen.foreign_keys:
        if any(_serves(index, key, seen) for index in seen.indexes):
            continue
        columns = ", ".join(key.columns)
        yield located(
            rule,
            seen,
            f"no index of {key.relation} begins with ({columns}), the columns of foreign key"
            f" {key.name} to {key.parent}",
            (f"{key.relation}.{key.name}", key.relation),
            said=f"foreign key {key.relation}.{key.name}",
            fix=f"CREATE INDEX CONCURRENTLY … ON {key.relation} ({columns});",
        )


def _serves(index: Index, key: ForeignKey, seen: PhaseSchema) -> bool:
    """Whether the rows of one parent can be found by an index.

    Its first columns must be the key's, in any order; or some of them that identify the parent
    by themselves, as in a key that carries the tenant along.
    """
    if index.relation != key.relation or not index.is_valid or index.has_expressions:
        return False
    if index.method not in {"btree", "hash"} or not _of_all_rows(index, key):
        return False
    pairs = dict(zip(key.columns, key.parent_columns, strict=True))
    leading: list[str] = []
    for column in index.keys:
        if column not in pairs:
            break
        leading.append(column)
    if len(leading) == len(key.columns):
        return True
    return any(
        other.relation == key.parent
        and other.is_unique
        and other.predicate is None
        and set(other.keys) <= {pairs[column] for column in leading}
        for other in seen.indexes
    )


def _of_all_rows(index: Index, key: ForeignKey) -> bool:
    """Whether an index holds every row that refers to a parent: NULLs may be left out."""
    if index.predicate is None:
        return True
    return index.predicate in {f"({column} IS NOT NULL)" for column in key.columns}


def _index_duplicate(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    for place, index in enumerate(seen.indexes):
        if index.partition_of is not None:
            continue
        for other in seen.indexes[place + 1 :]:
            if other.partition_of is None and _same(index, other):
                extra, kept = _superfluous(index, other)
                yield located(
                    rule,
                    seen,
                    f"{extra.said} repeats {kept.said} on {index.relation}"
                    f" ({', '.join(index.keys)})",
                    (extra.constraint or extra.name, extra.relation),
                    said=extra.said,
                    fix=_removal(extra),
                )


def _same(index: Index, other: Index) -> bool:
    return (
        index.relation == other.relation
        and index.method == other.method
        and index.keys == other.keys
        and index.ordering == other.ordering
        and index.predicate == other.predicate
        and set(index.included) == set(other.included)
        and not (index.is_unique and other.is_unique and _differ_in_nulls(index, other))
        and "exclusion constraint" not in {index.constraint_kind, other.constraint_kind}
    )


def _differ_in_nulls(index: Index, other: Index) -> bool:
    return index.nulls_not_distinct != other.nulls_not_distinct


def _superfluous(index: Index, other: Index) -> tuple[Index, Index]:
    """Say which of two can go: what proves more stays."""
    ranked = sorted((index, other), key=lambda each: (each.constraint is None, not each.is_unique))
    return ranked[1], ranked[0]


def _removal(index: Index) -> str:
    if index.constraint is not None:
        return f"ALTER TABLE {index.relation} DROP CONSTRAINT {index.constraint};"
    return f"DROP INDEX CONCURRENTLY {index.name};"


def _index_invalid(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    for index in seen.indexes:
        if not index.is_valid:
            yield located(
                rule,
                seen,
                f"{index.said} on {index.relation} is not valid: its build was interrupted, or a"
                " partition's index was not attached to it",
                (index.constraint or index.name, index.relation),
                said=index.said,
                fix=f"DROP INDEX CONCURRENTLY {index.name}; and build it again, or attach what"
                " is missing",
            )


def _constraint_not_valid(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    if not seen.ends_release:
        return
    for constraint in seen.catalog.of_kind("foreign key", "check constraint"):
        if constraint.facts.get("validated") == "no":
            table = constraint.parent.name if constraint.parent else ""
            name = constraint.identity.name.removeprefix(f"{table}.")
            yield located(
                rule,
                seen,
                f"{constraint.identity} was added NOT VALID and is still not validated at the"
                " end of the release",
                (constraint.identity.name, table),
                said=str(constraint.identity),
                fix=f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}; in a migration of its own",
            )


def _function_broken(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    for broken in seen.broken:
        yield located(
            rule,
            seen,
            f"{broken.kind} {broken.name} cannot run: {broken.said}",
            (broken.name,),
            said=f"{broken.kind} {broken.name}",
            origin=seen.origins.of_body(broken.name),
        )


def _sequence_exhaustible(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    for sequence in seen.catalog.of_kind("sequence"):
        facts = sequence.facts
        column = seen.catalog.find("column", facts.get("owned by", ""))
        kind = column.facts.get("type", "") if column else ""
        reach = int(facts["maximum"]) // max(1, abs(int(facts["increment"])))
        if kind not in _SMALL and reach >= _ENOUGH:
            continue
        feeds = f"{column.identity} ({kind})" if column else "no column"
        yield located(
            rule,
            seen,
            f"{sequence.identity} ({facts['type']}) feeds {feeds} and ends after"
            f" {min(reach, _largest(kind))} values",
            (
                facts.get("owned by", sequence.identity.name),
                sequence.identity.name,
                sequence.parent.name if sequence.parent else sequence.identity.name,
            ),
            said=str(sequence.identity),
        )


def _largest(kind: str) -> int:
    return {"smallint": 2**15 - 1, "integer": 2**31 - 1}.get(kind, 2**63 - 1)


def _identifier_too_long(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    for name in long_names(seen.origins.migrations, seen.catalog):
        yield rule.finding(
            f"the name {name.text} has {name.size} bytes: PostgreSQL keeps the first 63,"
            f" {name.kept}",
            file=name.file,
            line=name.line,
            migration=name.version,
            object=name.kept,
        )
    for said in cut_names(seen.origins.migrations, seen.catalog):
        yield located(
            rule,
            seen,
            f"{said} has a name of 63 bytes that no file writes: dynamic SQL gave a longer one",
            (said.partition(" ")[2].rpartition(".")[0] or said,),
            said=said,
        )


RULES: tuple[SchemaRule, ...] = (
    Rule(
        id="foreign-key-unindexed",
        title="a foreign key without an index on its own columns",
        effect="each delete or key update of a parent reads the whole child table, holding locks",
        fix="CREATE INDEX CONCURRENTLY … ON child (the key's columns);",
        proof=Proof.RUN,
        check=_foreign_key_unindexed,
    ),
    Rule(
        id="index-duplicate",
        title="two indexes with the same keys, order, predicate and included columns",
        effect="every write keeps both up to date, and one of them is never needed",
        fix="drop the one that no constraint needs",
        proof=Proof.RUN,
        check=_index_duplicate,
    ),
    Rule(
        id="index-invalid",
        title="an index that is not valid",
        effect="queries ignore it, while every write pays for it; IF NOT EXISTS takes it for done",
        fix="drop it concurrently and build it again",
        proof=Proof.RUN,
        check=_index_invalid,
    ),
    Rule(
        id="constraint-not-valid",
        title="a constraint that a release leaves unvalidated",
        effect="older rows may break it, and the planner and the next release cannot rely on it",
        fix="ALTER TABLE … VALIDATE CONSTRAINT …; in a migration of its own",
        proof=Proof.RUN,
        check=_constraint_not_valid,
    ),
    Rule(
        id="function-broken",
        title="a function or procedure that cannot run as it stands",
        effect="whatever calls it fails at run time: a trigger's function stops every write",
        fix="write the body against the schema as it is at the end of the phase",
        proof=Proof.RUN,
        check=_function_broken,
    ),
    *privileges.RULES,
    Rule(
        id="sequence-exhaustible",
        title="a sequence, or the column that it feeds, smaller than bigint",
        effect="when it ends, every insert fails, and widening the column rewrites the table",
        fix="make the column bigint GENERATED ALWAYS AS IDENTITY, or a uuid",
        proof=Proof.RUN,
        check=_sequence_exhaustible,
    ),
    Rule(
        id="identifier-too-long",
        title="a name longer than the 63 bytes that PostgreSQL keeps",
        effect="the name is cut without an error: two long names meet, and rollbacks miss theirs",
        fix="choose a name of at most 63 bytes",
        proof=Proof.RUN,
        check=_identifier_too_long,
    ),
)
