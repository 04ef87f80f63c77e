"""What a migration does to the schema, object by object, for the one who reviews it.

What a partition only repeats of its table is told with the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from harness.catalog import Catalog, CatalogObject
from harness.diff import AttributeChange, Delta

_LONGEST = 200
"""Characters that a change may take to be told in full; a longer one is in the schema files."""

_TABLES = ("table", "foreign table")


def additions(after: Catalog, delta: Delta) -> Iterator[str]:
    """Name what is new, each with what came along with it in a list below."""
    return _with_belongings(after, delta.added)


def removals(before: Catalog, delta: Delta) -> Iterator[str]:
    """Name what is gone, each with what went along."""
    return _with_belongings(before, delta.removed)


def changes(before: Catalog, after: Catalog, delta: Delta) -> Iterator[str]:
    """Say what is different; the order of columns is not, and equal changes are told at once."""
    alike: dict[tuple[str, str, str | None, str | None], list[AttributeChange]] = {}
    for each in delta.without_column_order.changed:
        if not all(
            _is_repeated(state, state.by_identity[each.identity]) for state in (before, after)
        ):
            key = (each.identity.kind, each.attribute, each.before, each.after)
            alike.setdefault(key, []).append(each)
    for same in alike.values():
        names = ", ".join(f"`{each.identity.name}`" for each in same)
        yield f"{same[0].identity.kind} {names}: {_difference(same[0])}"


def _difference(change: AttributeChange) -> str:
    """Use the words of the comparison, without the object's name before them."""
    said = str(change).removeprefix(str(change.identity)).removeprefix(":").strip()
    return said if len(said) <= _LONGEST else f"{change.attribute} is another"


def _with_belongings(catalog: Catalog, objects: Iterable[CatalogObject]) -> Iterator[str]:
    told = [each for each in objects if not _is_repeated(catalog, each)]
    present = {each.identity for each in told}
    tops: dict[str, dict[CatalogObject, list[CatalogObject]]] = {}
    for each in told:
        top = each
        while top.parent in present:
            top = catalog.by_identity[top.parent]
        below = tops.setdefault(_word(top), {}).setdefault(top, [])
        if top is not each:
            below.append(each)
    for kind, belongings in tops.items():
        bare = [each.identity.name for each, below in belongings.items() if not below]
        if bare:
            yield _named(kind, sorted(bare))
        for top, below in belongings.items():
            if below:
                lines = _belongings(catalog, top, below)
                yield "\n".join((_named(kind, (top.identity.name,)), *lines))


def _named(kind: str, names: Sequence[str]) -> str:
    listed = ", ".join(f"`{each}`" for each in names)
    return f"{kind if len(names) == 1 else _plural(kind)} {listed}"


def _belongings(
    catalog: Catalog, top: CatalogObject, objects: Iterable[CatalogObject]
) -> Iterator[str]:
    """Name what belongs to an object: its columns first, what only its partitions have last."""
    own: dict[str, dict[str, None]] = {}
    of_partitions: dict[str, dict[str, None]] = {}
    for each in sorted(objects, key=_place):
        above = catalog.by_identity[each.parent] if each.parent is not None else top
        kinds = own if above is top else of_partitions
        kinds.setdefault(_word(each), {})[_short(each, above)] = None
    yield from (f"  - {_named(kind, tuple(names))}" for kind, names in own.items())
    yield from (
        f"  - of partitions: {_named(kind, tuple(names))}" for kind, names in of_partitions.items()
    )


def _place(item: CatalogObject) -> tuple[bool, str, int, str]:
    """Put columns first, as they stand in their table; all else by kind and name."""
    is_column = item.identity.kind == "column"
    place = int(item.facts["position"]) if is_column else 0
    return not is_column, _word(item), place, item.identity.name


def _short(item: CatalogObject, top: CatalogObject) -> str:
    own = item.identity.name.removeprefix(f"{top.identity.name}.")
    return own if top.schema is None else own.removeprefix(f"{top.schema}.")


def _word(item: CatalogObject) -> str:
    return "partition" if _is_partition(item) else item.identity.kind


def _plural(kind: str) -> str:
    if kind.endswith("y") and not kind.endswith("key"):
        return f"{kind[:-1]}ies"
    return kind if kind.endswith("s") else f"{kind}es" if kind.endswith("x") else f"{kind}s"


def _is_partition(item: CatalogObject) -> bool:
    return item.identity.kind in _TABLES and "partition of" in item.facts


def _is_repeated(catalog: Catalog, item: CatalogObject) -> bool:
    """Whether a partition has something because its table has it."""
    above = catalog.by_identity.get(item.parent) if item.parent is not None else None
    if above is None or not _is_partition(above) or _is_partition(item):
        return False
    facts = item.facts
    return (
        facts.get("inherited") == "yes" or "partition of" in facts or item.identity.kind == "column"
    )
