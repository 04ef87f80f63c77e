"""How ALTER, COMMENT and GRANT name an object, and the statements that all kinds share."""

from __future__ import annotations

from collections.abc import Iterator

from harness.catalog import Catalog, CatalogObject
from harness.render.ddl.grants import grant_statements, usual_grants
from harness.render.ddl.names import literal, local_name, name_of

_CONSTRAINTS = frozenset(
    {
        "primary key",
        "unique constraint",
        "foreign key",
        "check constraint",
        "exclusion constraint",
    }
)
_OF_TABLE = {"trigger": "TRIGGER", "policy": "POLICY", "rule": "RULE"}
_WORDS = {"attribute": "COLUMN", "foreign-data wrapper": "FOREIGN DATA WRAPPER"}
_GRANTED_AS = {
    "view": "TABLE",
    "materialized view": "TABLE",
    "foreign table": "TABLE",
    "aggregate": "FUNCTION",
    "server": "FOREIGN SERVER",
}
# What has a comment in an empty database.
_COMES_WITH = {"schema public": "standard public schema"}
_GRANTING = frozenset(
    {
        "schema",
        "table",
        "foreign table",
        "view",
        "materialized view",
        "sequence",
        "function",
        "procedure",
        "aggregate",
        "type",
        "domain",
        "language",
        "foreign-data wrapper",
        "server",
    }
)


def phrase(item: CatalogObject) -> str:
    """Return what stands after COMMENT ON or ALTER: the kind and the name."""
    kind, name = item.identity.kind, item.identity.name
    parent = item.parent.name if item.parent else ""
    if kind in _CONSTRAINTS:
        return f"CONSTRAINT {local_name(item)} ON {parent}"
    if kind == "domain constraint":
        return f"CONSTRAINT {local_name(item)} ON DOMAIN {parent}"
    if kind in _OF_TABLE:
        return f"{_OF_TABLE[kind]} {local_name(item)} ON {parent}"
    if kind == "aggregate":
        return f"AGGREGATE {name_of(item)}({item.facts['arguments'] or '*'})"
    if kind == "cast":
        return f"CAST {name}"
    return f"{_WORDS.get(kind, kind.upper())} {name}"


def owner_statement(item: CatalogObject) -> Iterator[str]:
    """Yield the statement that gives an object to its owner."""
    owner = item.facts.get("owner")
    if owner is not None:
        yield f"ALTER {phrase(item)} OWNER TO {owner};"


def grants_of(item: CatalogObject) -> Iterator[str]:
    """Yield what an object grants beyond its kind's usual."""
    kind, owner = item.identity.kind, item.facts["owner"]
    before = usual_grants(kind, owner)
    if item.identity.name == "public" and kind == "schema":
        before = f"PUBLIC: USAGE\n{before}"
    yield from grant_statements(
        target=f"{_GRANTED_AS.get(kind, kind.upper().replace('-', ' '))} {item.identity.name}",
        before=before,
        after=item.facts.get("grants", ""),
    )


def comment_of(item: CatalogObject) -> Iterator[str]:
    """Yield an object's comment."""
    comment = item.facts.get("comment")
    if comment == _COMES_WITH.get(str(item.identity)):
        return
    if comment:
        yield f"COMMENT ON {phrase(item)} IS {literal(comment)};"
    elif comment == "" or str(item.identity) in _COMES_WITH:
        yield f"COMMENT ON {phrase(item)} IS NULL;"


def labels_of(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield the security labels of an object."""
    for label in catalog.children.get(item.identity, ()):
        if label.identity.kind == "security label":
            provider, text = label.facts["provider"], literal(label.facts["label"])
            yield f"SECURITY LABEL FOR {provider} ON {phrase(item)} IS {text};"


def extension_dependency(item: CatalogObject, word: str) -> Iterator[str]:
    """Yield the dependency on extensions that ALTER … DEPENDS ON EXTENSION declares."""
    for extension in filter(None, item.facts.get("depends on extension", "").split(", ")):
        yield f"ALTER {word} DEPENDS ON EXTENSION {extension};"


def aftermath(
    catalog: Catalog, item: CatalogObject, *, owner_follows: bool = False
) -> Iterator[str]:
    """Yield owner (unless it follows from another object's), grants, comment and labels."""
    if not owner_follows:
        yield from owner_statement(item)
    if "owner" in item.facts and item.identity.kind in _GRANTING:
        yield from grants_of(item)
    yield from comment_of(item)
    yield from labels_of(catalog, item)
