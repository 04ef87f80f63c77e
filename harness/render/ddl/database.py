"""What stands for a whole schema or the whole database: extensions, privileges, publications."""

from __future__ import annotations

from collections.abc import Iterator

from harness.catalog import Catalog, CatalogObject
from harness.render.ddl.grants import grant_statements
from harness.render.ddl.names import literal
from harness.render.ddl.target import aftermath, comment_of

_STATES = {"disabled": "DISABLE", "replica": "ENABLE REPLICA", "always": "ENABLE ALWAYS"}
_USUAL_OPERATIONS = "insert, update, delete, truncate"
# How GRANT calls a kind, where it has another word for it.
_PRIVILEGED = {
    "materialized view": "TABLE",
    "view": "TABLE",
    "foreign table": "TABLE",
    "aggregate": "FUNCTION",
    "foreign-data wrapper": "FOREIGN DATA WRAPPER",
    "server": "FOREIGN SERVER",
}
_EVERYONE = {"FUNCTIONS": "EXECUTE", "TYPES": "USAGE"}


def schema(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a schema with the default privileges inside."""
    existing = "IF NOT EXISTS " if item.identity.name == "public" else ""
    yield f"CREATE SCHEMA {existing}{item.identity.name};"
    yield from aftermath(catalog, item)
    for each in catalog.of_kind("default privileges"):
        if each.schema == item.identity.name:
            yield from default_privileges(catalog, each)


def extension(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield an extension, and what was granted on its members since."""
    yield f"CREATE EXTENSION {item.identity.name} WITH SCHEMA {item.facts['installed in']};"
    yield from comment_of(item)
    for each in catalog.children.get(item.identity, ()):
        if each.identity.kind == "privileges":
            yield from privileges(catalog, each)


def default_privileges(_: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield what a role's future objects will grant."""
    where, kind = item.identity.name.rsplit(" ON ", 1)
    owner = item.facts["owner"]
    alone = item.schema is None
    everyone = f"PUBLIC: {_EVERYONE[kind]}\n" if kind in _EVERYONE else ""
    own = "EXECUTE" if kind == "FUNCTIONS" else "USAGE" if kind == "TYPES" else "ALL"
    for statement in grant_statements(
        target=kind,
        before=f"{everyone}{owner}: {own}" if alone else "",
        after=item.facts.get("grants", ""),
    ):
        yield f"ALTER DEFAULT PRIVILEGES FOR ROLE {where}\n    {statement}"


def privileges(_: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield what was granted or revoked on an object of PostgreSQL or of an extension."""
    target, columns = _privileged(item.identity.name)
    yield from grant_statements(
        target=target,
        before=item.facts.get("original grants", ""),
        after=item.facts.get("grants", ""),
        columns=columns,
    )


def event_trigger(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield an event trigger."""
    facts, name = item.facts, item.identity.name
    tags = ", ".join(literal(each) for each in facts.get("tags", "").split(", ") if each)
    when = f"\n    WHEN TAG IN ({tags})" if tags else ""
    yield (
        f"CREATE EVENT TRIGGER {name} ON {facts['event']}{when}\n"
        f"    EXECUTE FUNCTION {facts['function']}();"
    )
    if facts["state"] in _STATES:
        yield f"ALTER EVENT TRIGGER {name} {_STATES[facts['state']]};"
    yield from aftermath(catalog, item)


def publication(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a publication."""
    facts = item.facts
    published = [f"TABLE {each}" for each in facts.get("tables", "").splitlines()]
    published += [f"TABLES IN SCHEMA {each}" for each in facts.get("schemas", "").splitlines()]
    what = ["ALL TABLES"] if "all tables" in facts else published
    head = f"CREATE PUBLICATION {item.identity.name}"
    if what:
        head += " FOR " + ",\n    ".join(what)
    options = []
    if facts["operations"] != _USUAL_OPERATIONS:
        options.append(f"publish = {literal(facts['operations'])}")
    if "via root" in facts:
        options.append("publish_via_partition_root = true")
    if "generated columns" in facts:
        options.append("publish_generated_columns = stored")
    yield head + (f"\n    WITH ({', '.join(options)});" if options else ";")
    yield from aftermath(catalog, item)


def subscription(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a subscription, not connected."""
    facts = item.facts
    slot = facts["slot"] if facts["slot"] == "NONE" else literal(facts["slot"])
    options = ["connect = false", f"slot_name = {slot}", f"streaming = {facts['streaming']}"]
    for option, fact in (
        ("binary", "binary"),
        ("two_phase", "two phase"),
        ("disable_on_error", "disable on error"),
        ("run_as_owner", "run as owner"),
        ("failover", "failover"),
    ):
        if fact in facts:
            options.append(f"{option} = true")
    if "password required" in facts:
        options.append("password_required = false")
    for option, fact in (("origin", "origin"), ("synchronous_commit", "synchronous commit")):
        if fact in facts:
            options.append(f"{option} = {facts[fact]}")
    yield (
        f"CREATE SUBSCRIPTION {item.identity.name}\n"
        f"    CONNECTION {literal(facts['connection'])}\n"
        f"    PUBLICATION {facts['publications']}\n"
        f"    WITH ({', '.join(options)});"
    )
    yield from aftermath(catalog, item)


def _privileged(name: str) -> tuple[str, str]:
    """Write what GRANT names, and the column if it is one."""
    for kind, word in _PRIVILEGED.items():
        if name.startswith(f"{kind} "):
            return f"{word} {name.removeprefix(f'{kind} ')}", ""
    if name.startswith("column "):
        table, _, column = name.removeprefix("column ").rpartition(".")
        return f"TABLE {table}", f" ({column})"
    kind, _, rest = name.partition(" ")
    return f"{kind.upper()} {rest}", ""
