"""Text search parsers, templates, dictionaries and configurations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harness.catalog import Catalog, CatalogObject
from harness.render.ddl.target import aftermath

_PARSER = {
    "START": "start",
    "GETTOKEN": "token",
    "END": "end",
    "LEXTYPES": "token types",
    "HEADLINE": "headline",
}


def parser(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a parser."""
    yield _created(item, _options(item.facts, _PARSER))
    yield from aftermath(catalog, item)


def template(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a template."""
    yield _created(item, _options(item.facts, {"INIT": "init", "LEXIZE": "lexize"}))
    yield from aftermath(catalog, item)


def dictionary(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a dictionary."""
    options = [f"TEMPLATE = {item.facts['template']}"]
    yield _created(item, options + ([item.facts["options"]] if "options" in item.facts else []))
    yield from aftermath(catalog, item)


def configuration(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a configuration; the kinds of token that one list of dictionaries serves together."""
    yield _created(item, [f"PARSER = {item.facts['parser']}"])
    tokens: dict[str, list[str]] = {}
    for line in item.facts.get("mappings", "").splitlines():
        token, _, dictionaries = line.partition(": ")
        tokens.setdefault(dictionaries, []).append(token)
    for dictionaries, served in sorted(tokens.items()):
        yield (
            f"ALTER TEXT SEARCH CONFIGURATION {item.identity.name}\n"
            f"    ADD MAPPING FOR {', '.join(served)}\n    WITH {dictionaries};"
        )
    yield from aftermath(catalog, item)


def _created(item: CatalogObject, options: list[str]) -> str:
    inside = ",\n    ".join(options)
    return f"CREATE {item.identity.kind.upper()} {item.identity.name} (\n    {inside}\n);"


def _options(facts: Mapping[str, str], names: Mapping[str, str]) -> list[str]:
    return [f"{option} = {facts[fact]}" for option, fact in names.items() if fact in facts]
