"""Partitions: what follows from the partitioned table and needs no words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.catalog import Catalog, CatalogObject, Identity
from harness.render.ddl.belongings import below
from harness.render.ddl.columns import columns_of, object_name
from harness.render.ddl.names import local_name, plain, unqualified

_BACKED = ("primary key", "unique constraint", "exclusion constraint")
_FOLLOWING = ("type", "collation", "generated", "storage", "compression")
_LABELS = {"primary key": "pkey", "unique constraint": "key", "exclusion constraint": "excl"}
_LONGEST_COLUMNS = 64


def is_implied(catalog: Catalog, item: CatalogObject) -> bool:
    """Tell whether CREATE TABLE … PARTITION OF makes this partition as it is."""
    if "partition of" not in item.facts:
        return False
    above = catalog.by_identity[Identity(kind="table", name=item.facts["partition of"])]
    mine, theirs = columns_of(catalog, item), columns_of(catalog, above)
    return [_shape(each) for each in mine] == [_shape(each) for each in theirs] and all(
        plain(local_name(each)) == _usual_constraint_name(item, each)
        for each in below(catalog, item, *_BACKED)
        if "partition of" in each.facts
    )


def differing_columns(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield where the columns of an implied partition are not those of its table."""
    assert item.parent is not None
    theirs = {
        local_name(each): each for each in columns_of(catalog, catalog.by_identity[item.parent])
    }
    for column in columns_of(catalog, item):
        alter = f"ALTER TABLE ONLY {item.identity.name} ALTER COLUMN {local_name(column)}"
        usual = theirs[local_name(column)].facts
        if column.facts.get("default") != usual.get("default"):
            default = column.facts.get("default")
            yield f"{alter} SET DEFAULT {default};" if default else f"{alter} DROP DEFAULT;"
        if "not null" in column.facts and "not null" not in usual:
            yield f"{alter} SET NOT NULL;"


def implied_indexes(catalog: Catalog, item: CatalogObject) -> frozenset[str]:
    """Return the indexes of a partition that CREATE INDEX on its table makes under their name."""
    usual: dict[str, list[str]] = {}
    for index in below(catalog, item, "index"):
        above = index.facts.get("partition of")
        if above is not None and _reaches_down(catalog, above):
            usual.setdefault(_usual_index_name(item, index), []).append(index.identity.name)
    return frozenset(
        names[0]
        for expected, names in usual.items()
        if len(names) == 1 and plain(unqualified(names[0])) == expected
    )


def _reaches_down(catalog: Catalog, index_name: str) -> bool:
    index = catalog.find("index", index_name)
    return index is not None and index.facts["valid"] == "yes"


def _shape(column: CatalogObject) -> tuple[str | None, ...]:
    return (local_name(column), *(column.facts.get(each) for each in _FOLLOWING))


def _usual_constraint_name(item: CatalogObject, constraint: CatalogObject) -> str:
    table = unqualified(item.identity.name)
    label = _LABELS[constraint.identity.kind]
    if constraint.identity.kind == "primary key":
        return object_name(table, None, label)
    return object_name(table, _joined(_keys(constraint.facts["definition"])), label)


def _usual_index_name(item: CatalogObject, index: CatalogObject) -> str:
    table = unqualified(item.identity.name)
    return object_name(table, _joined(_keys(index.facts["definition"])), "idx")


def _keys(definition: str) -> list[str]:
    """Return the column names of a key, as PostgreSQL puts them into a name."""
    start = definition.index("(", max(definition.find(" USING "), 0))
    return [
        plain(part.split(" ")[0]) if _is_column(part) else "expr"
        for part in (*_parts(definition, start), *_included(definition))
    ]


def _included(definition: str) -> list[str]:
    found = definition.find(" INCLUDE (")
    return _parts(definition, found + len(" INCLUDE ")) if found >= 0 else []


def _is_column(part: str) -> bool:
    return re.match(r'(?:[a-z_][\w$]*|"(?:[^"]|"")+")(?: |$)', part) is not None


def _parts(text: str, start: int) -> list[str]:
    """Split what stands between the parentheses that open at `start`, at its commas."""
    depth, parts = 0, [""]
    for piece in re.findall(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|.", text[start:], re.DOTALL):
        depth -= piece == ")"
        if depth == 0:
            if piece == ")":
                break
        elif depth == 1 and piece == ",":
            parts.append("")
        else:
            parts[-1] += piece
        depth += piece == "("
    return [part.strip() for part in parts]


def _joined(names: list[str]) -> str:
    """Join names with underscores as far as a name may be long."""
    joined = ""
    for name in names:
        joined += ("_" if joined else "") + name
        if len(joined.encode()) >= _LONGEST_COLUMNS:
            break
    return joined.encode()[: _LONGEST_COLUMNS - 1].decode(errors="ignore")
