"""A catalog as a folder of executable SQL: one file per object that a reviewer would name.

`schema_files` writes the whole of it, `changed_files` what a later state changes, `overlaid`
puts the second on top of the first. `replay.replay_order` says how to run such a folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from harness.catalog import Catalog, CatalogObject
from harness.render.ddl import WRITERS
from harness.render.ddl.names import name_of, plain

_REMOVED = "-- removed: "
_ROUTINES = frozenset({"function", "procedure", "aggregate"})
# Kinds that share one file, as their names are no names.
_TOGETHER = frozenset({"default privileges", "privileges", "cast", "transform"})
_SCHEMA_GONE = "public/schema.sql"


def schema_files(catalog: Catalog) -> Mapping[str, str]:
    """Write every object of a catalog: relative path to SQL text, sorted, LF, UTF-8.

    Functions that share a name share a file; partitions, indexes, policies and all else that goes
    with a table stand in the table's.
    """
    parts: dict[str, list[str]] = {}
    for item in catalog.objects:
        if _stands_alone(item):
            statements = WRITERS[item.identity.kind](catalog, item)
            parts.setdefault(_path(item), []).extend(statements)
    if catalog.find("schema", "public") is None:
        parts[_SCHEMA_GONE] = ["DROP SCHEMA public;"]
    return MappingProxyType({path: _page(parts[path]) for path in sorted(parts)})


def changed_files(before: Catalog, after: Catalog) -> Mapping[str, str]:
    """Write what differs: new and changed files whole, a removed one as a comment that says so."""
    old, new = schema_files(before), schema_files(after)
    changed = {path: text for path, text in new.items() if old.get(path) != text}
    changed |= {path: removal(path) for path in old.keys() - new.keys()}
    return MappingProxyType(dict(sorted(changed.items())))


def overlaid(earlier: Mapping[str, str], later: Mapping[str, str]) -> Mapping[str, str]:
    """Put the files of a later phase over those of the phases before it."""
    merged = {**earlier, **later}
    kept = {path: text for path, text in merged.items() if not text.startswith(_REMOVED)}
    return MappingProxyType(dict(sorted(kept.items())))


def removal(path: str) -> str:
    """Write the text that stands for a file whose object is gone."""
    return f"{_REMOVED}{path.removesuffix('.sql')}\n"


def folder_of(schema: str) -> str:
    """Return the folder of a schema's files; what stands in no schema stands in none."""
    return _safe(plain(schema))


def _page(statements: Sequence[str]) -> str:
    """Lay statements out, apart from each other unless they are short and alike."""
    page = ""
    for before, statement in pairwise(("", *statements)):
        apart = "\n" if _are_alike(before, statement) else "\n\n"
        page += (apart if before else "") + statement
    return page + "\n"


def _are_alike(one: str, other: str) -> bool:
    return "\n" not in one + other and _sort(one) == _sort(other)


def _sort(statement: str) -> str:
    words = statement.split()
    return " ".join(words[:2]) if words and words[0] == "CREATE" else "".join(words[:1])


def _stands_alone(item: CatalogObject) -> bool:
    kind = item.identity.kind
    if kind == "default privileges":
        return item.schema is None
    return kind in WRITERS and item.parent is None


def _path(item: CatalogObject) -> str:
    kind = item.identity.kind
    if kind in _TOGETHER:
        return f"{_word(kind)}.sql"
    if kind == "schema":
        return f"{folder_of(item.identity.name)}/schema.sql"
    name = name_of(item) if kind in _ROUTINES else item.identity.name
    file = f"{_word(kind)}.{'.'.join(_parts(item, name))}.sql"
    return file if item.schema is None else f"{folder_of(item.schema)}/{file}"


def _parts(item: CatalogObject, name: str) -> list[str]:
    """Split a name into what a file name holds: without its schema, the access method apart."""
    local = name if item.schema is None else name.removeprefix(f"{item.schema}.")
    return [_safe(plain(part)) for part in local.split(" USING ")]


def _word(kind: str) -> str:
    return kind.replace(" ", "_").replace("-", "_")


def _safe(name: str) -> str:
    """Write a name so that every file system takes it and none mixes up two of them."""
    return "".join(each if _is_safe(each) else f"%{ord(each):02x}" for each in name)


def _is_safe(character: str) -> bool:
    return character in "_-$" or (character.isalnum() and character == character.lower())
