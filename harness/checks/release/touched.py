"""What a migration touched of what was there before, and what depends on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.catalog.model import Catalog, CatalogObject
from harness.checks.downtime.moments import Observed
from harness.execute.trace import WEAKEST_FIRST

_READS = WEAKEST_FIRST[0]
_RELATIONS = ("table", "view", "materialized view")
_ROUTINES = ("function", "procedure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """Tables, views and functions whose statements may behave differently; qualified names.

    ``tables`` are the partitioned parents, too, of a partition that was touched. ``functions``
    are named with their argument types, as the catalog does.
    """

    tables: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tables or self.views or self.functions)


def everything(catalog: Catalog) -> Touched:
    """Take every table, view and function of a catalog for touched."""
    return Touched(
        tables=tuple(each.identity.name for each in catalog.of_kind("table")),
        views=tuple(each.identity.name for each in catalog.of_kind("view", "materialized view")),
        functions=tuple(each.identity.name for each in catalog.of_kind("function")),
    )


def touched(seen: Observed) -> Touched:
    """Collect from the trace and the catalog's delta what a client could notice."""
    before = seen.before
    names = set(_by_trace(seen)) | set(_by_delta(seen))
    changed = _changed_functions(seen)
    names |= {each for name in changed for each in _users_of(before, name)}
    names |= {above for name in names for above in _above(before, name)}
    tables = {each for each in names if before.find("table", each) is not None}
    views = _dependents(before, names)
    functions = changed | {
        each.identity.name
        for each in before.of_kind("function")
        if any(_mentions(_body(each), name) for name in tables | views)
    }
    return Touched(
        tables=tuple(sorted(tables)), views=tuple(sorted(views)), functions=tuple(sorted(functions))
    )


def _by_trace(seen: Observed) -> Iterator[str]:
    for statement in seen.forward.statements:
        for lock in statement.locks:
            if lock.mode != _READS:
                yield lock.table or lock.object
        for write in statement.writes:
            yield write.object


def _by_delta(seen: Observed) -> Iterator[str]:
    delta = seen.forward_delta
    for each in (*delta.added, *delta.removed):
        yield (each.parent or each.identity).name
        yield each.identity.name
    for change in delta.changed:
        was = seen.before.by_identity[change.identity]
        yield (was.parent or was.identity).name
        yield was.identity.name
        if was.identity.kind == "schema":
            yield from (
                each.identity.name
                for each in seen.before.of_kind(*_RELATIONS)
                if each.schema == was.identity.name
            )


def _changed_functions(seen: Observed) -> set[str]:
    delta = seen.forward_delta
    gone = {each.identity for each in delta.removed}
    gone |= {change.identity for change in delta.changed}
    return {each.name for each in gone if each.kind in _ROUTINES}


def _users_of(catalog: Catalog, function: str) -> Iterator[str]:
    """Yield the tables whose policies, triggers or defaults call a function."""
    called = function.partition("(")[0]
    for each in catalog.of_kind("policy", "trigger", "column", "check constraint"):
        said = " ".join(value for _, value in each.attributes)
        if each.parent is not None and _mentions(said, called):
            yield each.parent.name


def _above(catalog: Catalog, table: str) -> Iterator[str]:
    found = catalog.find("table", table)
    while found is not None and "partition of" in found.facts:
        yield found.facts["partition of"]
        found = catalog.find("table", found.facts["partition of"])


def _dependents(catalog: Catalog, names: set[str]) -> set[str]:
    """Collect the views among the names and those that read from any of them, however deep."""
    views = catalog.of_kind("view", "materialized view")
    found = {each.identity.name for each in views if each.identity.name in names}
    grew = True
    while grew:
        grew = False
        for each in views:
            read = each.facts.get("definition", "")
            if each.identity.name not in found and any(
                _mentions(read, name) for name in names | found
            ):
                found.add(each.identity.name)
                grew = True
    return found


def _body(function: CatalogObject) -> str:
    facts = function.facts
    return facts.get("body", "") + facts.get("sql body", "")


def _mentions(text: str, name: str) -> bool:
    return name in text and re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", text) is not None
