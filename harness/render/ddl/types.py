"""Types and domains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harness.catalog import Catalog, CatalogObject
from harness.render.ddl.names import literal, local_name
from harness.render.ddl.target import aftermath, comment_of, labels_of

_STORAGE = {"p": "plain", "e": "external", "x": "extended", "m": "main"}
_ALIGNMENT = {"c": "char", "s": "int2", "i": "int4", "d": "double"}


def type_(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield an enum, composite, range, base or shell type."""
    form, name = item.facts["form"], item.identity.name
    if form == "shell":
        yield f"CREATE TYPE {name};"
    elif form == "enum":
        labels = item.facts.get("labels", "").splitlines()
        yield f"CREATE TYPE {name} AS ENUM ({_indented(labels)});"
    elif form == "composite":
        yield f"CREATE TYPE {name} AS ({_indented(_attributes(catalog, item))});"
    elif form == "range":
        if "canonical" in item.facts:
            yield f"CREATE TYPE {name};"
        yield f"CREATE TYPE {name} AS RANGE ({_indented(_range_options(item.facts))});"
    else:
        yield f"CREATE TYPE {name};"
        yield f"CREATE TYPE {name} ({_indented(_base_options(item.facts))});"
    yield from aftermath(catalog, item)
    for attribute in _of_kind(catalog, item, "attribute"):
        yield from comment_of(attribute)
        yield from labels_of(catalog, attribute)


def domain(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a domain with its constraints."""
    facts, name = item.facts, item.identity.name
    lines = [f"CREATE DOMAIN {name} AS {facts['type']}"]
    if "collation" in facts:
        lines.append(f"COLLATE {facts['collation']}")
    if "default" in facts:
        lines.append(f"DEFAULT {facts['default']}")
    if "not null" in facts:
        lines.append("NOT NULL")
    constraints = _of_kind(catalog, item, "domain constraint")
    lines += [
        f"CONSTRAINT {local_name(each)} {each.facts['definition']}"
        for each in constraints
        if each.facts["validated"] == "yes"
    ]
    yield "\n    ".join(lines) + ";"
    for each in constraints:
        if each.facts["validated"] != "yes":
            added = f"CONSTRAINT {local_name(each)} {each.facts['definition']}"
            yield f"ALTER DOMAIN {name} ADD {added} NOT VALID;"
    yield from aftermath(catalog, item)
    for each in constraints:
        yield from comment_of(each)


def _of_kind(catalog: Catalog, item: CatalogObject, kind: str) -> list[CatalogObject]:
    below = catalog.children.get(item.identity, ())
    found = [each for each in below if each.identity.kind == kind]
    return sorted(found, key=lambda each: int(each.facts.get("position", 0)))


def _indented(lines: list[str]) -> str:
    return "\n    " + ",\n    ".join(lines) + "\n" if lines else ""


def _attributes(catalog: Catalog, item: CatalogObject) -> list[str]:
    return [
        f"{local_name(each)} {each.facts['type']}"
        + (f" COLLATE {each.facts['collation']}" if "collation" in each.facts else "")
        for each in _of_kind(catalog, item, "attribute")
    ]


def _range_options(facts: Mapping[str, str]) -> list[str]:
    return [
        f"{option} = {facts[fact]}"
        for option, fact in (
            ("SUBTYPE", "subtype"),
            ("SUBTYPE_OPCLASS", "subtype operator class"),
            ("COLLATION", "collation"),
            ("CANONICAL", "canonical"),
            ("SUBTYPE_DIFF", "subtype difference"),
            ("MULTIRANGE_TYPE_NAME", "multirange"),
        )
        if fact in facts
    ]


def _base_options(facts: Mapping[str, str]) -> list[str]:
    length = facts["length"]
    options = {
        "INPUT": facts["input"],
        "OUTPUT": facts["output"],
        "RECEIVE": facts.get("receive"),
        "SEND": facts.get("send"),
        "TYPMOD_IN": facts.get("modifier input"),
        "TYPMOD_OUT": facts.get("modifier output"),
        "ANALYZE": facts.get("analyze"),
        "SUBSCRIPT": facts.get("subscript"),
        "INTERNALLENGTH": "VARIABLE" if length == "-1" else length,
        "ALIGNMENT": _ALIGNMENT[facts["alignment"]],
        "STORAGE": _STORAGE[facts["storage"]],
        "CATEGORY": literal(facts["category"]),
        "PREFERRED": "true" if "preferred" in facts else None,
        "DEFAULT": literal(facts["default"]) if "default" in facts else None,
        "ELEMENT": facts.get("element"),
        "DELIMITER": literal(facts["delimiter"]) if "delimiter" in facts else None,
        "COLLATABLE": "true" if "collatable" in facts else None,
    }
    given = [f"{option} = {value}" for option, value in options.items() if value is not None]
    return [*given, *(["PASSEDBYVALUE"] if "passed by value" in facts else [])]
