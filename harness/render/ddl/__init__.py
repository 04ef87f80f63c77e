"""Catalog objects as executable SQL, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from harness.catalog import Catalog, CatalogObject
from harness.render.ddl import database, foreign, functions, operators, search, types, views
from harness.render.ddl.tables import sequence, table

Writer = Callable[[Catalog, CatalogObject], Iterator[str]]

# The kinds of object that stand on their own; the others are written with what they belong to.
WRITERS: Mapping[str, Writer] = {
    "schema": database.schema,
    "extension": database.extension,
    "default privileges": database.default_privileges,
    "privileges": database.privileges,
    "event trigger": database.event_trigger,
    "publication": database.publication,
    "subscription": database.subscription,
    "type": types.type_,
    "domain": types.domain,
    "function": functions.routine,
    "procedure": functions.routine,
    "aggregate": functions.aggregate,
    "table": table,
    "foreign table": table,
    "sequence": sequence,
    "view": views.view,
    "materialized view": views.materialized_view,
    "operator": operators.operator,
    "operator family": operators.operator_family,
    "operator class": operators.operator_class,
    "cast": operators.cast_,
    "conversion": operators.conversion,
    "collation": operators.collation,
    "language": operators.language,
    "access method": operators.access_method,
    "transform": operators.transform,
    "foreign-data wrapper": foreign.wrapper,
    "server": foreign.server,
    "text search parser": search.parser,
    "text search template": search.template,
    "text search dictionary": search.dictionary,
    "text search configuration": search.configuration,
}
