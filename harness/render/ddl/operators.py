"""Operators and their classes, casts, conversions, collations, languages, access methods."""

from __future__ import annotations

from collections.abc import Iterator

from harness.catalog import Catalog, CatalogObject
from harness.render.ddl.names import literal
from harness.render.ddl.target import aftermath

_OPERANDS = {"LEFTARG": "left type", "RIGHTARG": "right type"}
_ESTIMATORS = {"RESTRICT": "restriction estimator", "JOIN": "join estimator"}
_CONTEXT = {"implicit": " AS IMPLICIT", "assignment": " AS ASSIGNMENT", "explicit": ""}


def operator(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield an operator."""
    facts, name = item.facts, _without_operands(item.identity.name)
    options = [f"FUNCTION = {facts['function']}"]
    options += [f"{option} = {facts[fact]}" for option, fact in _OPERANDS.items() if fact in facts]
    options += [
        f"{each.upper()} = {_reference(facts[each])}"
        for each in ("commutator", "negator")
        if each in facts
    ]
    options += [
        f"{option} = {facts[fact]}" for option, fact in _ESTIMATORS.items() if fact in facts
    ]
    options += [each.upper() for each in ("hashes", "merges") if each in facts]
    yield _with_options(f"CREATE OPERATOR {name}", options)
    yield from aftermath(catalog, item)


def operator_family(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield an operator family with the members that belong to no class."""
    yield f"CREATE OPERATOR FAMILY {item.identity.name};"
    members = item.facts.get("members")
    if members:
        lines = ",\n    ".join(members.splitlines())
        yield f"ALTER OPERATOR FAMILY {item.identity.name} ADD\n    {lines};"
    yield from aftermath(catalog, item)


def operator_class(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield an operator class with its members."""
    facts = item.facts
    name, _, method = item.identity.name.partition(" USING ")
    default = " DEFAULT" if "default" in facts else ""
    members = facts.get("members", "").splitlines()
    if "storage" in facts or not members:
        members.append(f"STORAGE {facts.get('storage', facts['type'])}")
    lines = ",\n    ".join(members)
    yield (
        f"CREATE OPERATOR CLASS {name}{default}\n"
        f"    FOR TYPE {facts['type']} USING {method} FAMILY {facts['family']} AS\n    {lines};"
    )
    yield from aftermath(catalog, item)


def cast_(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a cast."""
    method, context = item.facts["method"], _CONTEXT[item.facts["context"]]
    word, _, function = method.partition("function ")
    how = f"WITH FUNCTION {function}" if word == "with " and function else method.upper()
    yield f"CREATE CAST {item.identity.name} {how}{context};"
    yield from aftermath(catalog, item)


def conversion(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a conversion between encodings."""
    facts = item.facts
    default = "DEFAULT " if "default" in facts else ""
    encodings = f"{literal(facts['from'])} TO {literal(facts['to'])}"
    yield (
        f"CREATE {default}CONVERSION {item.identity.name}\n"
        f"    FOR {encodings} FROM {facts['function']};"
    )
    yield from aftermath(catalog, item)


def collation(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a collation."""
    facts = item.facts
    options = [f"PROVIDER = {facts['provider']}"]
    for option, fact in (
        ("LC_COLLATE", "collate"),
        ("LC_CTYPE", "character type"),
        ("LOCALE", "locale"),
        ("RULES", "rules"),
    ):
        if fact in facts:
            options.append(f"{option} = {literal(facts[fact])}")
    if "deterministic" in facts:
        options.append("DETERMINISTIC = false")
    yield _with_options(f"CREATE COLLATION {item.identity.name}", options)
    yield from aftermath(catalog, item)


def language(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a procedural language."""
    trusted = "TRUSTED " if "trusted" in item.facts else ""
    parts = [
        f"{each.upper()} {item.facts[each]}"
        for each in ("handler", "inline", "validator")
        if each in item.facts
    ]
    yield f"CREATE {trusted}LANGUAGE {item.identity.name} {' '.join(parts)};"
    yield from aftermath(catalog, item)


def access_method(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield an access method."""
    kind, handler = item.facts["type"].upper(), item.facts["handler"]
    yield f"CREATE ACCESS METHOD {item.identity.name} TYPE {kind} HANDLER {handler};"
    yield from aftermath(catalog, item)


def transform(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a transform."""
    parts = [
        f"{each.upper()} WITH FUNCTION {item.facts[each]}"
        for each in ("from sql", "to sql")
        if each in item.facts
    ]
    yield f"CREATE TRANSFORM {item.identity.name} ({', '.join(parts)});"
    yield from aftermath(catalog, item)


def _with_options(head: str, options: list[str]) -> str:
    return f"{head} (\n    " + ",\n    ".join(options) + "\n);"


def _without_operands(signature: str) -> str:
    return signature[: signature.rindex("(")]


def _reference(signature: str) -> str:
    name = _without_operands(signature)
    return f"OPERATOR({name if '.' in name else f'pg_catalog.{name}'})"
