"""Where a table needs a function that needs the table: what has to be said afterwards."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from harness.catalog import Catalog, CatalogObject, Identity
from harness.render.ddl.names import QUALIFIED

_CALL = re.compile(rf"({QUALIFIED})\(")
_NAME = re.compile(QUALIFIED)
_RELATIONS = ("table", "foreign table", "view", "materialized view")


def waits_for_functions(catalog: Catalog, expression: str) -> bool:
    """Tell whether an expression calls a function that cannot exist before the tables do."""
    called = {found[1] for found in _CALL.finditer(expression)}
    return any(
        _needs_relations(catalog, function)
        for name in called
        for function in _functions_named(catalog, name)
    )


def _functions_named(catalog: Catalog, name: str) -> Iterator[CatalogObject]:
    first = Identity(kind="function", name=f"{name}(")
    place = bisect_left(catalog.objects, first, key=lambda each: each.identity)
    for each in catalog.objects[place:]:
        if each.identity.kind != "function" or not each.identity.name.startswith(first.name):
            return
        yield each


def _needs_relations(catalog: Catalog, function: CatalogObject) -> bool:
    texts = (function.facts.get(each, "") for each in ("arguments", "returns", "sql body"))
    names = {found.group() for text in texts for found in _NAME.finditer(text)}
    return any(catalog.find(kind, name) for name in names for kind in _RELATIONS)
