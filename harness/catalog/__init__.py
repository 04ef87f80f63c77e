"""A database's catalog as a value: read it, compare it, render it."""

from harness.catalog.model import Catalog, CatalogObject, Identity, attributes
from harness.catalog.read import read_catalog
from harness.catalog.reader import CatalogReader

__all__ = [
    "Catalog",
    "CatalogObject",
    "CatalogReader",
    "Identity",
    "attributes",
    "read_catalog",
]
