"""Foreign-data wrappers, servers and user mappings."""

from __future__ import annotations

from collections.abc import Iterator

from harness.catalog import Catalog, CatalogObject
from harness.render.ddl.names import foreign_options, literal
from harness.render.ddl.target import aftermath


def wrapper(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a foreign-data wrapper."""
    facts = item.facts
    parts = [f" {each.upper()} {facts[each]}" for each in ("handler", "validator") if each in facts]
    options = foreign_options(facts.get("foreign options"))
    yield f"CREATE FOREIGN DATA WRAPPER {item.identity.name}{''.join(parts)}{options};"
    yield from aftermath(catalog, item)


def server(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a foreign server with its user mappings."""
    facts = item.facts
    head = f"CREATE SERVER {item.identity.name}"
    for each in ("type", "version"):
        if each in facts:
            head += f" {each.upper()} {literal(facts[each])}"
    options = foreign_options(facts.get("foreign options"))
    yield f"{head} FOREIGN DATA WRAPPER {facts['wrapper']}{options};"
    yield from aftermath(catalog, item)
    for mapping in catalog.children.get(item.identity, ()):
        if mapping.identity.kind == "user mapping":
            options = foreign_options(mapping.facts.get("foreign options"))
            yield f"CREATE USER MAPPING FOR {mapping.identity.name}{options};"
