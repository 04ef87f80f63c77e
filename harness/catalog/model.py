"""A catalog as a value: every object of a database, by kind and qualified name, never by OID."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple


class Identity(NamedTuple):
    """What names an object: its kind and its qualified name as PostgreSQL would quote it.

    A tuple, since catalogs are sorted and looked up by identities all the time: a tuple is hashed
    and compared several times as fast.

    ``kind`` is the manual's word in lower case (``table``, ``column``, ``foreign key``…);
    ``name`` is qualified down to the object (``core.patients.email``, ``app.touch(uuid)``).
    """

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogObject:
    """One object and all that can be said of it.

    ``parent`` is the object whose disappearance takes this one along (a column's table, an
    index's table); ``schema`` is the schema it lives in, None for objects outside of any.
    ``attributes`` are sorted pairs; an attribute that does not apply is absent.
    """

    identity: Identity
    schema: str | None = None
    parent: Identity | None = None
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def facts(self) -> Mapping[str, str]:
        """The attributes, by name."""
        return MappingProxyType(dict(self.attributes))


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """All objects of a database, sorted by identity: equal catalogs are equal values."""

    objects: tuple[CatalogObject, ...] = ()
    by_identity: Mapping[Identity, CatalogObject] = field(
        init=False, repr=False, compare=False, hash=False
    )

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.objects, key=attrgetter("identity")))
        object.__setattr__(self, "objects", ordered)
        by_identity = {each.identity: each for each in ordered}
        if len(by_identity) != len(ordered):
            raise ValueError("two objects of one catalog have the same identity")
        object.__setattr__(self, "by_identity", MappingProxyType(by_identity))

    @cached_property
    def children(self) -> Mapping[Identity, tuple[CatalogObject, ...]]:
        """The objects below each parent, in order of identity."""
        found: dict[Identity, list[CatalogObject]] = {}
        for each in self.objects:
            if each.parent is not None:
                found.setdefault(each.parent, []).append(each)
        return MappingProxyType({parent: tuple(below) for parent, below in found.items()})

    def of_kind(self, *kinds: str) -> tuple[CatalogObject, ...]:
        """Select the objects of the given kinds, in order of identity."""
        return tuple(each for each in self.objects if each.identity.kind in kinds)

    def find(self, kind: str, name: str) -> CatalogObject | None:
        """Look an object up; None where there is none."""
        return self.by_identity.get(Identity(kind=kind, name=name))


def attributes(facts: Mapping[str, str | None]) -> tuple[tuple[str, str], ...]:
    """Sort facts into attribute pairs, leaving out those that do not apply (None)."""
    present: Iterable[tuple[str, str]] = (
        (name, value) for name, value in facts.items() if value is not None
    )
    return tuple(sorted(present))
