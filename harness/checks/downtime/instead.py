"""What to write instead: SQL made from the very objects that a migration created or changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.catalog.model import CatalogObject, Identity
from harness.checks.downtime.moments import Observed, family
from harness.diff import AttributeChange

ALONE = "-- alone in a file, which then runs outside of a transaction"
NEXT = "-- in a migration after it"

VALIDATED_LATER = frozenset({"foreign key", "check constraint", "domain constraint"})
BACKED_BY_INDEX = frozenset({"primary key", "unique constraint"})


def own_name(found: CatalogObject) -> str:
    """Return a constraint's, trigger's or policy's name without its table's."""
    parent = found.parent.name if found.parent else ""
    return found.identity.name.removeprefix(f"{parent}.")


def new_on(seen: Observed, table: str, *kinds: str) -> tuple[CatalogObject, ...]:
    """Return what a migration added to a table, or to the partitioned table above it."""
    wanted = family(seen, table)
    return tuple(
        each
        for each in seen.forward_delta.added
        if each.identity.kind in kinds and each.parent is not None and each.parent.name in wanted
    )


def changes_of(seen: Observed, table: str, attribute: str) -> tuple[AttributeChange, ...]:
    """Return the changes of one attribute of the columns of a table."""
    prefix = f"{table}."
    return tuple(
        each
        for each in seen.forward_delta.changed
        if each.identity.kind == "column"
        and each.attribute == attribute
        and each.identity.name.startswith(prefix)
    )


def steps(*lines: str) -> str:
    """Write SQL of several files one below the other, with comments between them."""
    return "\n".join(lines)


def concurrent_index(seen: Observed, index: CatalogObject) -> str:
    """Write the index so that nobody waits for it; in three steps on a partitioned table."""
    definition = index.facts["definition"]
    table = index.parent.name if index.parent else ""
    parent = seen.after.find("table", table)
    if parent is None or "partition by" not in parent.facts:
        return steps(ALONE, f"{_concurrently(definition)};")
    only = definition if " ON ONLY " in definition else definition.replace(" ON ", " ON ONLY ", 1)
    rest = re.sub(r"^.*? ON (ONLY )?\S+ ", "", definition)
    return steps(
        f"{only};",
        f"{NEXT}, for each partition, {ALONE.removeprefix('-- ')}",
        f"CREATE INDEX CONCURRENTLY … ON … {rest};",
        NEXT,
        f"ALTER INDEX {index.identity.name} ATTACH PARTITION …;",
    )


def constraint(found: CatalogObject) -> str:
    """Write the constraint so that the existing rows are checked, or indexed, without a lock."""
    table = found.parent.name if found.parent else ""
    name, definition = own_name(found), found.facts["definition"]
    if found.identity.kind in VALIDATED_LATER:
        what = "DOMAIN" if found.identity.kind == "domain constraint" else "TABLE"
        return steps(
            f"ALTER {what} {table} ADD CONSTRAINT {name} {definition} NOT VALID;",
            NEXT,
            f"ALTER {what} {table} VALIDATE CONSTRAINT {name};",
        )
    if found.identity.kind in BACKED_BY_INDEX:
        word = "PRIMARY KEY" if found.identity.kind == "primary key" else "UNIQUE"
        columns = re.sub(r"^.*?(?=\()", "", definition)
        return steps(
            ALONE,
            f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON {table} {columns};",
            NEXT,
            f"ALTER TABLE {table} ADD CONSTRAINT {name} {word} USING INDEX {name};",
        )
    return (
        "create the table with its exclusion constraint from the start: PostgreSQL can neither"
        " build one concurrently nor add it NOT VALID; here, fill a new table that has it in"
        " batches and let a contract drop the old one"
    )


def not_null(change: AttributeChange) -> str:
    """Write SET NOT NULL so that a validated CHECK proves it without reading a row."""
    table, column = parted(change.identity.name)
    name = _identifier(f"{_bare(parted(table)[1])}_{_bare(column)}_not_null")
    return steps(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({column} IS NOT NULL) NOT VALID;",
        NEXT,
        f"ALTER TABLE {table} VALIDATE CONSTRAINT {name};",
        NEXT,
        f"ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL;",
        f"ALTER TABLE {table} DROP CONSTRAINT {name};",
    )


def type_change(seen: Observed, change: AttributeChange) -> str:
    """Write a type change, or a new collation, as expand, backfill and contract."""
    table, column = parted(change.identity.name)
    now = seen.after.by_identity[change.identity].facts
    collation = f" COLLATE {now['collation']}" if "collation" in now else ""
    new = _identifier(_bare(column) + "_new")
    return steps(
        f"ALTER TABLE {table} ADD COLUMN {new} {now['type']}{collation};",
        "-- write both columns from now on (a trigger), and backfill in batches",
        "-- in a contract of a later release",
        f"ALTER TABLE {table} DROP COLUMN {column};",
    )


def new_column(column: CatalogObject) -> str:
    """Write a new column whose value must be computed for each row: add, default, backfill."""
    table, name = parted(column.identity.name)
    facts = column.facts
    add = f"ALTER TABLE {table} ADD COLUMN {name} {facts['type']};"
    if "generated" in facts:
        expression = facts["generated"].removesuffix(" STORED")
        return steps(add, f"-- keep it equal to {expression} with a trigger, backfill in batches")
    if "identity" in facts or "nextval(" in facts.get("default", ""):
        sequence = _identifier(f"{_bare(parted(table)[1])}_{_bare(name)}_seq")
        qualified = f"{parted(table)[0]}.{sequence}"
        return steps(
            add,
            f"CREATE SEQUENCE {qualified} OWNED BY {table}.{name};",
            f"ALTER TABLE {table} ALTER COLUMN {name} SET DEFAULT nextval('{qualified}');",
            "-- the rows of before keep NULL: backfill in batches",
        )
    if "default" in facts:
        return steps(
            add,
            f"ALTER TABLE {table} ALTER COLUMN {name} SET DEFAULT {facts['default']};",
            "-- the rows of before keep NULL: backfill in batches",
        )
    return steps(
        add.replace(facts["type"], "…"),
        "-- of the domain's base type, with the domain's CHECK added NOT VALID and then validated",
    )


def attach(seen: Observed, partition: str) -> str:
    """Write ATTACH PARTITION so that a validated CHECK proves the bounds."""
    found = seen.after.find("table", partition)
    facts = found.facts if found else {}
    parent, bounds = facts.get("partition of", ""), facts.get("bounds", "")
    above = seen.after.find("table", parent)
    key = above.facts.get("partition by", "") if above else ""
    name = _identifier(f"{_bare(parted(partition)[1])}_bounds")
    check = f"ADD CONSTRAINT {name} CHECK ({_condition(key, bounds)}) NOT VALID;"
    return steps(
        f"ALTER TABLE {partition} {check}",
        NEXT,
        f"ALTER TABLE {partition} VALIDATE CONSTRAINT {name};",
        NEXT,
        f"ALTER TABLE {parent} ATTACH PARTITION {partition} {bounds};",
    )


def _condition(key: str, bounds: str) -> str:
    """Write the bounds of a partition by one column as the CHECK that implies them."""
    column = re.fullmatch(r'(?:RANGE|LIST) \(((?:"[^"]+"|[\w$]+))\)', key)
    between = re.fullmatch(r"FOR VALUES FROM \(([^()]+)\) TO \(([^()]+)\)", bounds)
    listed = re.fullmatch(r"FOR VALUES IN (\(.+\))", bounds)
    if column is None or (between is None and listed is None):
        return "what the bounds say, with the key IS NOT NULL"
    name = column[1]
    if listed is not None:
        return f"{name} IS NOT NULL AND {name} IN {listed[1]}"
    assert between is not None
    low = () if between[1] == "MINVALUE" else (f"{name} >= {between[1]}",)
    high = () if between[2] == "MAXVALUE" else (f"{name} < {between[2]}",)
    return " AND ".join((f"{name} IS NOT NULL", *low, *high))


def new_partition(partition: CatalogObject) -> str:
    """Write CREATE TABLE … PARTITION OF so that the parent is only locked against other DDL."""
    name, facts = partition.identity.name, partition.facts
    parent, bounds = facts.get("partition of", "…"), facts.get("bounds", "…")
    return steps(
        f"CREATE TABLE {name} (LIKE {parent} INCLUDING ALL);",
        f"ALTER TABLE {parent} ATTACH PARTITION {name} {bounds};",
    )


def detached(seen: Observed, name: str, parent: str) -> str:
    """Write DETACH PARTITION so that readers get in; beside a default partition there is no way."""
    has_default = any(
        each.facts.get("partition of") == parent and each.facts.get("bounds") == "DEFAULT"
        for each in seen.before.of_kind("table")
    )
    statement = f"ALTER TABLE {parent} DETACH PARTITION {name}"
    if not has_default:
        return steps(ALONE, f"{statement} CONCURRENTLY;")
    return steps(
        f"-- PostgreSQL refuses CONCURRENTLY while {parent} has a default partition",
        "-- alone in a file of a contract, under SET LOCAL lock_timeout, and declared:",
        "-- harness: allow lock-blocks-reads -- <reason>",
        f"{statement};",
    )


def related(seen: Observed, table: str) -> Iterator[CatalogObject]:
    """Yield the new constraints and indexes that explain why a table was read, likeliest first."""
    yield from new_on(seen, table, "primary key", "unique constraint", "exclusion constraint")
    yield from new_on(seen, table, "check constraint")
    yield from (
        each
        for each in seen.forward_delta.added
        if each.identity.kind == "foreign key"
        and (_is_on(each.parent, table) or f"REFERENCES {table}(" in each.facts["definition"])
    )
    yield from new_on(seen, table, "index")


def _is_on(parent: Identity | None, table: str) -> bool:
    return parent is not None and parent.name == table


def parted(name: str) -> tuple[str, str]:
    """Part a qualified name into what it is qualified with and its last identifier."""
    match = re.fullmatch(r'(?:(.*)\.)?("(?:[^"]|"")*"|[^".]*)', name)
    return (match[1] or "", match[2]) if match else ("", name)


def _concurrently(definition: str) -> str:
    return re.sub(r"^CREATE (UNIQUE )?INDEX ", r"CREATE \1INDEX CONCURRENTLY ", definition)


def _bare(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def _identifier(name: str) -> str:
    """Quote what PostgreSQL would not read as it is written."""
    plain = re.fullmatch(r"[a-z_][a-z0-9_$]*", name)
    return name if plain else '"' + name.replace('"', '""') + '"'
