"""Db roots for tests, written to a folder from a few lines."""

from tests.trees.builder import DbRoot, migration, seed, write_tree

__all__ = ["DbRoot", "migration", "seed", "write_tree"]
