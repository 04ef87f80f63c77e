"""Views and materialized views."""

from __future__ import annotations

from collections.abc import Iterator

from harness.catalog import Catalog, CatalogObject
from harness.render.ddl.belongings import indexes_of, rules_of, statistics_of, triggers_of
from harness.render.ddl.columns import column_aftermath, column_settings, columns_of
from harness.render.ddl.names import storage_options
from harness.render.ddl.target import aftermath, extension_dependency


def view(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a view and what belongs to it."""
    name = item.identity.name
    options = f" WITH ({storage_options(item.facts['options'])})" if "options" in item.facts else ""
    yield f"CREATE VIEW {name}{options} AS\n{item.facts['definition']};"
    for column in columns_of(catalog, item):
        if "default" in column.facts:
            own = column.identity.name.removeprefix(f"{name}.")
            yield f"ALTER VIEW {name} ALTER COLUMN {own} SET DEFAULT {column.facts['default']};"
    yield from triggers_of(catalog, item)
    yield from rules_of(catalog, item)
    yield from aftermath(catalog, item)
    yield from column_aftermath(catalog, item)


def materialized_view(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a materialized view, not filled, and what belongs to it."""
    name, facts = item.identity.name, item.facts
    head = f"CREATE MATERIALIZED VIEW {name}"
    if "access method" in facts:
        head += f" USING {facts['access method']}"
    if "options" in facts:
        head += f" WITH ({storage_options(facts['options'])})"
    if "tablespace" in facts:
        head += f" TABLESPACE {facts['tablespace']}"
    yield f"{head} AS\n{facts['definition']}\nWITH NO DATA;"
    for column in columns_of(catalog, item):
        yield from column_settings(column, f"MATERIALIZED VIEW {name}", separate_storage=True)
    yield from indexes_of(catalog, item)
    yield from statistics_of(catalog, item)
    yield from extension_dependency(item, f"MATERIALIZED VIEW {name}")
    yield from aftermath(catalog, item)
    yield from column_aftermath(catalog, item)
