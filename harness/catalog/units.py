"""The units in which a catalog is read again, and which query reads which.

A unit is an object with all that is told beside it: a table's columns, constraints, indexes and
so on change by rows of their own, so they share the unit of their table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntFlag, StrEnum, auto
from typing import NamedTuple

FIRST_OF_USERS = 16384
"""The first OID that is not PostgreSQL's own (FirstNormalObjectId)."""


class Family(StrEnum):
    """What a unit is; the letters are those of `stamps/units.sql`."""

    RELATION = "r"
    FUNCTION = "f"
    TYPE = "t"
    SCHEMA = "s"
    DEFAULT_PRIVILEGES = "d"
    REST = "x"


class Parts(IntFlag):
    """What queries find of a unit; the bits are those of `stamps/units.sql`."""

    TABLE = auto()
    VIEW = auto()
    SEQUENCE = auto()
    COLUMN = auto()
    CONSTRAINT = auto()
    INDEX = auto()
    TRIGGER = auto()
    POLICY = auto()
    RULE = auto()
    STATISTICS = auto()
    FUNCTION = auto()
    AGGREGATE = auto()


class Unit(NamedTuple):
    """One unit, by its family's letter; what is always read whole is one unit, of OID 0."""

    family: str
    oid: int


class Stamp(NamedTuple):
    """What a unit was made of when it was read: equal stamps, equal objects but for names.

    There are many, made anew for each reading; hence tuples, and numbers for the `Parts`.
    """

    version: int
    parts: int
    shape: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """What a query reads: a family, and what a unit of it has if the query finds anything."""

    family: Family
    part: Parts | None = None


BY_UNIT: Mapping[str, Reads] = {
    "tables": Reads(family=Family.RELATION, part=Parts.TABLE),
    "views": Reads(family=Family.RELATION, part=Parts.VIEW),
    "sequences": Reads(family=Family.RELATION, part=Parts.SEQUENCE),
    "columns": Reads(family=Family.RELATION, part=Parts.COLUMN),
    "constraints": Reads(family=Family.RELATION, part=Parts.CONSTRAINT),
    "indexes": Reads(family=Family.RELATION, part=Parts.INDEX),
    "triggers": Reads(family=Family.RELATION, part=Parts.TRIGGER),
    "policies": Reads(family=Family.RELATION, part=Parts.POLICY),
    "rules": Reads(family=Family.RELATION, part=Parts.RULE),
    "statistics": Reads(family=Family.RELATION, part=Parts.STATISTICS),
    "functions": Reads(family=Family.FUNCTION, part=Parts.FUNCTION),
    "aggregates": Reads(family=Family.FUNCTION, part=Parts.AGGREGATE),
}
WHOLE: Mapping[str, Reads] = {
    "types": Reads(family=Family.TYPE),
    "domains": Reads(family=Family.TYPE),
    "domain_constraints": Reads(family=Family.TYPE),
    "schemas": Reads(family=Family.SCHEMA),
    "default_privileges": Reads(family=Family.DEFAULT_PRIVILEGES),
}


def reads(query: str) -> Reads:
    """Tell what a query reads."""
    return BY_UNIT.get(query) or WHOLE.get(query) or Reads(family=Family.REST)
