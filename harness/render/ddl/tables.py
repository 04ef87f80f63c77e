"""Tables with everything that belongs to them, their partitions included."""

from __future__ import annotations

from collections.abc import Iterator

from harness.catalog import Catalog, CatalogObject
from harness.render.ddl.belongings import (
    below,
    indexes_of,
    row_security_of,
    rules_of,
    statistics_of,
    triggers_of,
)
from harness.render.ddl.columns import (
    column_aftermath,
    column_constraints,
    column_line,
    column_settings,
    columns_of,
    sequence_of,
    sequence_options,
)
from harness.render.ddl.cycles import waits_for_functions
from harness.render.ddl.names import (
    foreign_options,
    literal,
    local_name,
    storage_options,
    unqualified,
)
from harness.render.ddl.partitions import differing_columns, implied_indexes, is_implied
from harness.render.ddl.target import aftermath, comment_of, labels_of

_INLINE = ("primary key", "unique constraint", "exclusion constraint", "check constraint")
_REPLICA_IDENTITY = {"full": "FULL", "nothing": "NOTHING"}


def table(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a table and all that belongs to it, in the order in which it is read."""
    name = item.identity.name
    attached = "partition of" in item.facts and not is_implied(catalog, item)
    yield _create(catalog, item)
    if attached:
        parent, bounds = item.facts["partition of"], item.facts["bounds"]
        yield f"ALTER TABLE {parent} ATTACH PARTITION {name} {bounds};"
    yield from _sequences(catalog, item)
    yield from _column_changes(catalog, item, attached=attached)
    yield from _constraints(catalog, item, attached=attached)
    yield from indexes_of(catalog, item, implied_indexes(catalog, item))
    yield from _replica_identity(item)
    yield from statistics_of(catalog, item)
    yield from triggers_of(catalog, item)
    yield from rules_of(catalog, item)
    yield from row_security_of(catalog, item)
    yield from aftermath(catalog, item)
    yield from column_aftermath(catalog, item)
    yield from _constraint_comments(catalog, item)
    for partition in below(catalog, item, "table", "foreign table"):
        yield from table(catalog, partition)


def sequence(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a sequence that no column draws its identity from."""
    facts, name = item.facts, item.identity.name
    unlogged = "UNLOGGED " if "persistence" in facts else ""
    type_ = "" if facts["type"] == "bigint" else f" AS {facts['type']}"
    options = "".join(f"\n    {each}" for each in sequence_options(item))
    yield f"CREATE {unlogged}SEQUENCE {name}{type_}{options};"
    if "owned by" in facts:
        yield f"ALTER SEQUENCE {name} OWNED BY {facts['owned by']};"
    yield from aftermath(catalog, item, owner_follows="owned by" in facts)


def _create(catalog: Catalog, item: CatalogObject) -> str:
    facts, name = item.facts, item.identity.name
    foreign = item.identity.kind == "foreign table"
    unlogged = "UNLOGGED " if "persistence" in facts else ""
    head = f"CREATE {unlogged}{'FOREIGN TABLE' if foreign else 'TABLE'} {name}"
    if is_implied(catalog, item):
        head += f"\n    PARTITION OF {facts['partition of']} {facts['bounds']}"
    else:
        of_type = f" OF {facts['of type']}" if "of type" in facts else ""
        body = [*_columns(catalog, item), *_inline_constraints(catalog, item)]
        inside = "\n    " + ",\n    ".join(body) + "\n" if body else ""
        head += f"{of_type} ({inside})" if inside or not of_type else of_type
    if "inherits" in facts:
        head += f"\nINHERITS ({facts['inherits']})"
    return head + _suffix(item) + ";"


def _suffix(item: CatalogObject) -> str:
    facts, words = item.facts, ""
    if "partition by" in facts:
        words += f" PARTITION BY {facts['partition by']}"
    if "server" in facts:
        words += f" SERVER {facts['server']}{foreign_options(facts.get('foreign options'))}"
    if "access method" in facts:
        words += f" USING {facts['access method']}"
    if "options" in facts:
        words += f" WITH ({storage_options(facts['options'])})"
    if "tablespace" in facts:
        words += f" TABLESPACE {facts['tablespace']}"
    return words


def _columns(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    typed = "of type" in item.facts
    for column in columns_of(catalog, item):
        with_default = not waits_for_functions(catalog, column.facts.get("default", ""))
        if typed:
            words = column_constraints(catalog, column, with_default=with_default)
            if words:
                yield f"{local_name(column)} WITH OPTIONS {' '.join(words)}"
        elif column.facts.get("inherited") != "yes":
            yield column_line(catalog, column, with_default=with_default)


def _is_inline(catalog: Catalog, constraint: CatalogObject) -> bool:
    facts = constraint.facts
    return (
        constraint.identity.kind in _INLINE
        and facts["validated"] == "yes"
        and not waits_for_functions(catalog, facts["definition"])
    )


def _inline_constraints(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    for kind in _INLINE:
        for each in below(catalog, item, kind):
            inherited = each.facts.get("inherited") == "yes" and "partition of" not in item.facts
            if _is_inline(catalog, each) and not inherited:
                yield f"CONSTRAINT {local_name(each)} {each.facts['definition']}"


def _constraints(catalog: Catalog, item: CatalogObject, *, attached: bool) -> Iterator[str]:
    """Yield the constraints that do not stand inside CREATE TABLE, and the settings of all."""
    name = item.identity.name
    implied = "partition of" in item.facts and not attached
    for each in below(catalog, item, *_INLINE, "foreign key"):
        follows = each.facts.get("inherited") == "yes" or "partition of" in each.facts
        if not follows and (implied or not _is_inline(catalog, each)):
            yield _added(each, name, item.identity.kind)
        yield from _index_settings(each, name)


def _added(constraint: CatalogObject, table_name: str, kind: str) -> str:
    definition = constraint.facts["definition"]
    unproven = constraint.facts["validated"] == "no" and "NOT ENFORCED" not in definition
    suffix = " NOT VALID" if unproven else ""
    added = f"ADD CONSTRAINT {local_name(constraint)} {definition}{suffix}"
    return f"ALTER {kind.upper()} {table_name}\n    {added};"


def _index_settings(constraint: CatalogObject, table_name: str) -> Iterator[str]:
    facts = constraint.facts
    assert constraint.schema is not None
    index = f"{constraint.schema}.{local_name(constraint)}"
    if "index options" in facts:
        yield f"ALTER INDEX {index} SET ({storage_options(facts['index options'])});"
    if "index tablespace" in facts:
        yield f"ALTER INDEX {index} SET TABLESPACE {facts['index tablespace']};"
    if "clustered" in facts:
        yield f"ALTER TABLE {table_name} CLUSTER ON {local_name(constraint)};"


def _constraint_comments(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    for each in below(catalog, item, *_INLINE, "foreign key"):
        yield from comment_of(each)
        yield from labels_of(catalog, each)
        if "index comment" in each.facts:
            index = f"{each.schema}.{local_name(each)}"
            yield f"COMMENT ON INDEX {index} IS {literal(each.facts['index comment'])};"


def _replica_identity(item: CatalogObject) -> Iterator[str]:
    identity, name = item.facts.get("replica identity"), item.identity.name
    if identity is None:
        return
    index = identity.removeprefix("index ")
    how = _REPLICA_IDENTITY.get(identity, f"USING INDEX {unqualified(index)}")
    yield f"ALTER TABLE {name} REPLICA IDENTITY {how};"


def _column_changes(catalog: Catalog, item: CatalogObject, *, attached: bool) -> Iterator[str]:
    name = item.identity.name
    relation = f"{item.identity.kind.upper()} ONLY {name}"
    separate = item.identity.kind == "foreign table"
    if "partition of" in item.facts and not attached:
        yield from differing_columns(catalog, item)
    for column in columns_of(catalog, item):
        default = column.facts.get("default", "")
        if waits_for_functions(catalog, default) or (
            default and column.facts.get("inherited") == "yes"
        ):
            yield f"ALTER {relation} ALTER COLUMN {local_name(column)} SET DEFAULT {default};"
        yield from column_settings(column, relation, separate_storage=separate)


def _sequences(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    for each in below(catalog, item, "sequence"):
        if "of identity" not in each.facts:
            yield from sequence(catalog, each)
    for column in columns_of(catalog, item):
        drawn = sequence_of(catalog, column)
        if drawn is not None:
            if drawn.facts.get("persistence") != item.facts.get("persistence"):
                how = "UNLOGGED" if "persistence" in drawn.facts else "LOGGED"
                yield f"ALTER SEQUENCE {drawn.identity.name} SET {how};"
            yield from aftermath(catalog, drawn, owner_follows=True)
