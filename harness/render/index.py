"""The index of a schema snapshot: what there is, counted, and a diagram per schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from harness.catalog import Catalog, CatalogObject
from harness.render.diagram import er_diagram

# What a reviewer asks for first; other kinds follow by name.
_FIRST = (
    "table",
    "partition",
    "column",
    "view",
    "materialized view",
    "function",
    "procedure",
    "type",
    "domain",
    "index",
    "foreign key",
    "trigger",
    "policy",
)
_TABLES = ("table", "foreign table")
_NO_SCHEMA = "(database)"


def schema_index(catalog: Catalog, *, title: str) -> str:
    """Write the Markdown page that opens a snapshot folder.

    A partition counts as one, and nothing that it repeats of its table counts at all; nor do the
    columns of views.
    """
    parts = [f"# {title}", _counts(catalog)]
    for schema in catalog.of_kind("schema"):
        diagram = er_diagram(catalog, schema.identity.name)
        if diagram:
            parts.append(f"## {schema.identity.name}\n\n```mermaid\n{diagram}\n```")
    return "\n\n".join(parts) + "\n"


def _counts(catalog: Catalog) -> str:
    counted = Counter(_cells(catalog))
    schemas = sorted({schema for schema, _ in counted}, key=lambda each: (each == _NO_SCHEMA, each))
    present = {kind for _, kind in counted}
    kinds = [kind for kind in _FIRST if kind in present] + sorted(present - set(_FIRST))
    lines = [_line("schema", schemas), _line("---", ["--:"] * len(schemas))]
    lines += [_line(kind, [str(counted[each, kind] or "") for each in schemas]) for kind in kinds]
    return "\n".join(lines)


def _cells(catalog: Catalog) -> Iterator[tuple[str, str]]:
    for item in catalog.objects:
        above = catalog.by_identity.get(item.parent) if item.parent else None
        if above is not None and _is_partition(above) and not _is_partition(item):
            continue
        kind = "partition" if _is_partition(item) else item.identity.kind
        of_view = kind == "column" and item.parent is not None and item.parent.kind not in _TABLES
        if kind != "schema" and not of_view:
            yield item.schema or _NO_SCHEMA, kind


def _is_partition(item: CatalogObject) -> bool:
    return item.identity.kind in _TABLES and "partition of" in item.facts


def _line(first: str, cells: list[str]) -> str:
    return f"| {' | '.join([first, *cells])} |"
