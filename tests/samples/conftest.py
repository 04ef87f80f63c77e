"""The real tree's end, for the tests of this folder."""

from tests.real_tree import real_database, real_end, real_plan

__all__ = ["real_database", "real_end", "real_plan"]
