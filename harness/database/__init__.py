"""The databases of a run: made, cloned, shared as templates, and dropped when it ends."""

from harness.database.access import Database, loss_in
from harness.database.cluster import PREFIX, Cluster

__all__ = ["PREFIX", "Cluster", "Database", "loss_in"]
