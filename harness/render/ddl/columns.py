"""Columns: their line inside CREATE TABLE, and what only ALTER can say."""

from __future__ import annotations

from collections.abc import Iterator

from harness.catalog import Catalog, CatalogObject
from harness.render.ddl.grants import grant_statements
from harness.render.ddl.names import (
    enclosed,
    foreign_options,
    literal,
    local_name,
    plain,
    storage_options,
    unqualified,
)
from harness.render.ddl.target import comment_of, labels_of

_LONGEST_NAME = 63
_LIMITS = {
    "smallint": (-(2**15), 2**15 - 1),
    "integer": (-(2**31), 2**31 - 1),
    "bigint": (-(2**63), 2**63 - 1),
}


def columns_of(catalog: Catalog, item: CatalogObject) -> list[CatalogObject]:
    """Return the columns of a relation, in order."""
    below = catalog.children.get(item.identity, ())
    columns = [each for each in below if each.identity.kind == "column"]
    return sorted(columns, key=lambda each: int(each.facts["position"]))


def column_line(catalog: Catalog, column: CatalogObject, *, with_default: bool = True) -> str:
    """Write a column as it stands inside CREATE TABLE."""
    facts = column.facts
    words = [local_name(column), facts["type"]]
    if "storage" in facts:
        words.append(f"STORAGE {facts['storage'].upper()}")
    if "compression" in facts:
        words.append(f"COMPRESSION {facts['compression']}")
    words += column_constraints(catalog, column, with_default=with_default)
    return " ".join(words)


def column_constraints(
    catalog: Catalog, column: CatalogObject, *, with_default: bool = True
) -> list[str]:
    """Write what follows a column's type: collation, options, default, NOT NULL."""
    facts, words = column.facts, []
    if "foreign options" in facts:
        words.append(foreign_options(facts["foreign options"]).strip())
    if "collation" in facts:
        words.append(f"COLLATE {facts['collation']}")
    if "generated" in facts:
        expression, _, when = facts["generated"].rpartition(" ")
        words.append(f"GENERATED ALWAYS AS {enclosed(expression)} {when}")
    if "identity" in facts:
        words.append(f"GENERATED {facts['identity'].upper()} AS IDENTITY")
        words += _identity_options(catalog, column)
    if "default" in facts and with_default:
        words.append(f"DEFAULT {facts['default']}")
    words += {"yes": ["NOT NULL"], "no inherit": ["NOT NULL NO INHERIT"]}.get(
        facts.get("not null", ""), []
    )
    return words


def sequence_of(catalog: Catalog, column: CatalogObject) -> CatalogObject | None:
    """Return the sequence that an identity column draws from."""
    assert column.parent is not None
    for each in catalog.children.get(column.parent, ()):
        if each.facts.get("owned by") == column.identity.name and "of identity" in each.facts:
            return each
    return None


def sequence_options(sequence: CatalogObject) -> list[str]:
    """Write the options of a sequence that are not those of its type and direction."""
    facts = sequence.facts
    lowest, highest = _LIMITS[facts["type"]]
    descending = facts["increment"].startswith("-")
    first, last = (lowest, -1) if descending else (1, highest)
    usual = {
        "increment": "1",
        "minimum": str(first),
        "maximum": str(last),
        "start": facts["maximum"] if descending else facts["minimum"],
        "cache": "1",
    }
    words = {
        "increment": "INCREMENT BY",
        "minimum": "MINVALUE",
        "maximum": "MAXVALUE",
        "start": "START WITH",
        "cache": "CACHE",
    }
    given = [f"{words[each]} {facts[each]}" for each in words if facts[each] != usual[each]]
    return given + (["CYCLE"] if "cycle" in facts else [])


def column_settings(
    column: CatalogObject, relation: str, *, separate_storage: bool = False
) -> Iterator[str]:
    """Yield what only ALTER can say of a column; `relation` is `TABLE core.patients`."""
    facts = column.facts
    alter = f"ALTER {relation} ALTER COLUMN {local_name(column)}"
    if separate_storage and "storage" in facts:
        yield f"{alter} SET STORAGE {facts['storage'].upper()};"
    if separate_storage and "compression" in facts:
        yield f"{alter} SET COMPRESSION {facts['compression']};"
    if "statistics" in facts:
        yield f"{alter} SET STATISTICS {facts['statistics']};"
    if "options" in facts:
        yield f"{alter} SET ({storage_options(facts['options'])});"
    if facts.get("not null") == "not validated":
        yield f"ALTER {relation} ADD NOT NULL {local_name(column)} NOT VALID;"


def column_aftermath(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield grants, comments and labels of a relation's columns."""
    columns = columns_of(catalog, item)
    for column in columns:
        yield from grant_statements(
            target=f"TABLE {item.identity.name}",
            before="",
            after=column.facts.get("grants", ""),
            columns=f" ({local_name(column)})",
        )
    for column in columns:
        yield from comment_of(column)
        yield from labels_of(catalog, column)
        if "not null comment" in column.facts:
            default = object_name(unqualified(item.identity.name), local_name(column), "not_null")
            text = literal(column.facts["not null comment"])
            yield f"COMMENT ON CONSTRAINT {default} ON {item.identity.name} IS {text};"


def object_name(first: str, second: str | None, label: str) -> str:
    """Make a name as PostgreSQL does for what nobody has named (`makeObjectName`).

    The longer part gives way when the whole is above 63 bytes. The parts are unqualified and may
    be quoted; the result is not.
    """
    parts = [plain(first).encode()] + ([] if second is None else [plain(second).encode()])
    room = _LONGEST_NAME - len(label) - 1 - (len(parts) - 1)
    while sum(map(len, parts)) > room:
        longest = max(range(len(parts)), key=lambda each: len(parts[each]))
        if len(parts) == 2 and len(parts[0]) == len(parts[1]):
            longest = 1
        parts[longest] = parts[longest][:-1]
    return "_".join([*(part.decode(errors="ignore") for part in parts), label])


def _identity_options(catalog: Catalog, column: CatalogObject) -> list[str]:
    sequence = sequence_of(catalog, column)
    if sequence is None:
        return []
    assert column.parent is not None
    table = column.parent.name
    options = sequence_options(sequence)
    usual = object_name(unqualified(table), local_name(column), "seq")
    if plain(unqualified(sequence.identity.name)) != usual or sequence.schema != _schema(table):
        options.insert(0, f"SEQUENCE NAME {sequence.identity.name}")
    return [f"({' '.join(options)})"] if options else []


def _schema(table: str) -> str:
    return table.removesuffix(f".{unqualified(table)}")
