from __future__ import annotations

from tests.catalog.conftest import dumpable_cluster

__all__ = ["dumpable_cluster"]
