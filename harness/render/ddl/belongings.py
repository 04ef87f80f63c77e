"""What belongs to a relation: indexes, statistics, triggers, rules, policies."""

from __future__ import annotations

from collections.abc import Iterator

from harness.catalog import Catalog, CatalogObject
from harness.render.ddl.names import enclosed, local_name, unqualified
from harness.render.ddl.target import (
    aftermath,
    comment_of,
    extension_dependency,
    labels_of,
)

_STATES = {"disabled": "DISABLE", "replica": "ENABLE REPLICA", "always": "ENABLE ALWAYS"}


def below(catalog: Catalog, item: CatalogObject, *kinds: str) -> list[CatalogObject]:
    """Return the children of some kinds, by name."""
    return [each for each in catalog.children.get(item.identity, ()) if each.identity.kind in kinds]


def indexes_of(
    catalog: Catalog, item: CatalogObject, leave_out: frozenset[str] = frozenset()
) -> Iterator[str]:
    """Yield the indexes of a relation that back no constraint."""
    for index in below(catalog, item, "index"):
        if index.identity.name not in leave_out:
            yield from _index(catalog, index)
        yield from index_settings(catalog, index)


def index_settings(catalog: Catalog, index: CatalogObject) -> Iterator[str]:
    """Yield what follows the creation of an index."""
    name, facts = index.identity.name, index.facts
    assert index.parent is not None
    if "tablespace" in facts:
        yield f"ALTER INDEX {name} SET TABLESPACE {facts['tablespace']};"
    if "clustered" in facts:
        yield f"{_alter(index)} CLUSTER ON {unqualified(name)};"
    for line in facts.get("statistics", "").splitlines():
        column, _, target = line.partition(" = ")
        yield f"ALTER INDEX {name} ALTER COLUMN {column} SET STATISTICS {target};"
    yield from extension_dependency(index, f"INDEX {name}")
    yield from comment_of(index)
    yield from labels_of(catalog, index)


def statistics_of(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield the extended statistics of a relation."""
    for each in below(catalog, item, "statistics"):
        yield f"{each.facts['definition']};"
        if "target" in each.facts:
            yield f"ALTER STATISTICS {each.identity.name} SET STATISTICS {each.facts['target']};"
        yield from aftermath(catalog, each)


def triggers_of(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield the triggers of a relation with their state."""
    for trigger in below(catalog, item, "trigger"):
        follows = "partition of" in trigger.facts
        if not follows:
            yield f"{trigger.facts['definition']};"
        only = "ONLY " if follows else ""
        state = trigger.facts["state"]
        if state in _STATES or follows:
            how = _STATES.get(state, "ENABLE")
            name = item.identity.name
            yield f"ALTER TABLE {only}{name} {how} TRIGGER {local_name(trigger)};"
        yield from extension_dependency(
            trigger, f"TRIGGER {local_name(trigger)} ON {item.identity.name}"
        )
        yield from comment_of(trigger)


def rules_of(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield the rules of a relation with their state."""
    for rule in below(catalog, item, "rule"):
        yield f"{rule.facts['definition']};"
        if rule.facts["state"] in _STATES:
            how = _STATES[rule.facts["state"]]
            yield f"ALTER TABLE {item.identity.name} {how} RULE {local_name(rule)};"
        yield from comment_of(rule)


def row_security_of(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a table's row security and its policies."""
    name, state = item.identity.name, item.facts.get("row security")
    if state in ("enabled", "forced"):
        yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;"
    if state in ("forced", "forced when enabled"):
        yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY;"
    for policy in below(catalog, item, "policy"):
        yield _policy(policy, name)
    for policy in below(catalog, item, "policy"):
        yield from comment_of(policy)


def _policy(policy: CatalogObject, table: str) -> str:
    facts = policy.facts
    mode = " AS RESTRICTIVE" if facts["mode"] == "restrictive" else ""
    lines = [
        f"CREATE POLICY {local_name(policy)} ON {table}{mode}",
        f"FOR {facts['command'].upper()} TO {facts['roles']}",
    ]
    lines += [
        f"{clause.upper()} {enclosed(facts[clause])}"
        for clause in ("using", "with check")
        if clause in facts
    ]
    return "\n    ".join(lines) + ";"


def _index(catalog: Catalog, index: CatalogObject) -> Iterator[str]:
    """Yield CREATE INDEX; that of a partitioned table reaches its partitions while it is valid."""
    facts, definition = index.facts, index.facts["definition"]
    assert index.parent is not None
    table = catalog.by_identity[index.parent]
    if "partition by" not in table.facts:
        yield f"{definition};"
    elif facts["valid"] == "yes":
        yield f"{definition.replace(' ON ONLY ', ' ON ', 1)};"
    else:
        yield f"{definition};"
        for each in catalog.of_kind("index"):
            if each.facts.get("partition of") == index.identity.name:
                yield f"ALTER INDEX {index.identity.name} ATTACH PARTITION {each.identity.name};"


def _alter(index: CatalogObject) -> str:
    assert index.parent is not None
    return f"ALTER {index.parent.kind.upper()} {index.parent.name}"
