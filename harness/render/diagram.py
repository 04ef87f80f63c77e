"""Entity-relationship diagrams in Mermaid, as GitHub draws them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.catalog import Catalog, CatalogObject, Identity
from harness.render.ddl.names import IDENTIFIER, QUALIFIED, local_name, plain, unqualified

_REFERENCE = re.compile(rf"FOREIGN KEY \((?P<columns>[^)]*)\) REFERENCES (?P<target>{QUALIFIED})\(")
_NO_WORD = re.compile(r"\W")
_NO_TYPE = re.compile(r"[^A-Za-z0-9_\[\]()-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reference:
    source: str
    target: str
    columns: tuple[str, ...]
    name: str


def er_diagram(catalog: Catalog, schema: str) -> str:
    """Draw the tables of a schema by their keys, with the tables that they refer to.

    Empty where the schema has no tables. Partitions are their table's own affair and not drawn.
    """
    tables = [
        each
        for each in catalog.of_kind("table")
        if each.schema == schema and "partition of" not in each.facts
    ]
    if not tables:
        return ""
    references = [each for table in tables for each in _references(catalog, table)]
    drawn = {table.identity.name for table in tables}
    lines = ["erDiagram"]
    foreign = sorted({each.target for each in references} - drawn)
    lines += [f'    {_entity(name, schema)}["{_text(name)}"]' for name in foreign]
    for table in tables:
        lines += _table(catalog, table, schema, references)
    lines += [_relationship(catalog, each, schema) for each in references]
    return "\n".join(lines)


def _references(catalog: Catalog, table: CatalogObject) -> Iterator[_Reference]:
    for key in catalog.children.get(table.identity, ()):
        found = _REFERENCE.match(key.facts.get("definition", ""))
        if key.identity.kind == "foreign key" and found:
            yield _Reference(
                source=table.identity.name,
                target=found["target"],
                columns=tuple(re.findall(IDENTIFIER, found["columns"])),
                name=local_name(key),
            )


def _table(
    catalog: Catalog, table: CatalogObject, schema: str, references: list[_Reference]
) -> Iterator[str]:
    name = table.identity.name
    primary = _key_columns(catalog, table, "primary key")
    referring = {column for each in references if each.source == name for column in each.columns}
    columns = catalog.children.get(table.identity, ())
    shown = [
        each
        for each in columns
        if each.identity.kind == "column" and local_name(each) in primary | referring
    ]
    shown.sort(key=lambda each: int(each.facts["position"]))
    alias = _entity(name, schema)
    label = f'["{_text(unqualified(name))}"]' if alias != unqualified(name) else ""
    yield f"    {alias}{label} {{"
    for column in shown:
        own = local_name(column)
        roles = [word for word, names in (("PK", primary), ("FK", referring)) if own in names]
        type_ = _NO_TYPE.sub(
            "_", column.facts["type"].replace("timestamp with time zone", "timestamptz")
        )
        yield f"        {type_} {_NO_WORD.sub('_', plain(own))} {', '.join(roles)}"
    yield "    }"


def _relationship(catalog: Catalog, reference: _Reference, schema: str) -> str:
    table = catalog.by_identity[Identity(kind="table", name=reference.source)]
    columns = set(reference.columns)
    required = all(
        "not null"
        in catalog.by_identity[Identity(kind="column", name=f"{reference.source}.{each}")].facts
        for each in columns
    )
    single = any(
        _keys(each) == columns
        for each in catalog.children.get(table.identity, ())
        if each.identity.kind in ("primary key", "unique constraint")
    )
    left, right = "||" if required else "|o", "o|" if single else "o{"
    ends = _entity(reference.target, schema), _entity(reference.source, schema)
    label = _text(", ".join(plain(each) for each in reference.columns))
    return f'    {ends[0]} {left}--{right} {ends[1]} : "{label}"'


def _key_columns(catalog: Catalog, table: CatalogObject, kind: str) -> set[str]:
    found = [
        each for each in catalog.children.get(table.identity, ()) if each.identity.kind == kind
    ]
    return _keys(found[0]) if found else set()


def _keys(constraint: CatalogObject) -> set[str]:
    inside = constraint.facts["definition"].partition("(")[2].partition(")")[0]
    return set(re.findall(IDENTIFIER, inside))


def _entity(name: str, schema: str) -> str:
    """Return a word for a table: its name, with its schema where that is another."""
    own = name.startswith(f"{schema}.")
    return _NO_WORD.sub("_", plain(unqualified(name)) if own else name.replace('"', ""))


def _text(name: str) -> str:
    return name.replace('"', "'")
