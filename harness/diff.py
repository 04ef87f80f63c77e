"""Compare two catalogs: what is missing, what is left over, what changed, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.catalog.model import Catalog, CatalogObject, Identity

COLUMN_ORDER = "position"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeChange:
    """One attribute of one object that is not what it was; None where it does not apply."""

    identity: Identity
    attribute: str
    before: str | None
    after: str | None

    @property
    def is_column_order(self) -> bool:
        """Whether only a column's place in its table changed."""
        return self.identity.kind == "column" and self.attribute == COLUMN_ORDER

    def __str__(self) -> str:
        if self.before is None:
            return f"{self.identity} has {self.attribute} {_quoted(self.after)}, had none"
        if self.after is None:
            return f"{self.identity} lost its {self.attribute} {_quoted(self.before)}"
        gone, come = _line_difference(self.before, self.after)
        return f"{self.identity}: {self.attribute} was {_quoted(gone)}, is {_quoted(come)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """What it takes to get from one catalog to another.

    ``added`` and ``removed`` hold every object, children included; `roots` leaves out those
    that came or went with their parent.
    """

    added: tuple[CatalogObject, ...] = ()
    removed: tuple[CatalogObject, ...] = ()
    changed: tuple[AttributeChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    @property
    def without_column_order(self) -> Delta:
        """The same difference, as if the order of columns did not count."""
        kept = tuple(each for each in self.changed if not each.is_column_order)
        return Delta(added=self.added, removed=self.removed, changed=kept)

    @property
    def column_order(self) -> tuple[AttributeChange, ...]:
        """The columns that moved within their table."""
        return tuple(each for each in self.changed if each.is_column_order)


def compare(before: Catalog, after: Catalog) -> Delta:
    """Compare two catalogs object by object and attribute by attribute."""
    if before is after:
        return Delta()
    was, now = before.by_identity, after.by_identity
    return Delta(
        added=tuple(now[each] for each in sorted(now.keys() - was.keys())),
        removed=tuple(was[each] for each in sorted(was.keys() - now.keys())),
        changed=tuple(_changes(before, after)),
    )


def roots(objects: tuple[CatalogObject, ...]) -> tuple[CatalogObject, ...]:
    """Select the objects whose parent is not among the objects themselves."""
    present = {each.identity for each in objects}
    return tuple(each for each in objects if each.parent not in present)


def _changes(before: Catalog, after: Catalog) -> Iterator[AttributeChange]:
    for was in before.objects:
        now = after.by_identity.get(was.identity)
        if now is None or now is was or now.attributes == was.attributes:
            continue
        old, new = was.facts, now.facts
        for attribute in sorted(old.keys() | new.keys()):
            if old.get(attribute) != new.get(attribute):
                yield AttributeChange(
                    identity=was.identity,
                    attribute=attribute,
                    before=old.get(attribute),
                    after=new.get(attribute),
                )


def _line_difference(before: str, after: str) -> tuple[str, str]:
    """Keep only the lines that differ, so that one grant among twenty can be seen."""
    old, new = before.splitlines(), after.splitlines()
    if len(old) <= 1 and len(new) <= 1:
        return before, after
    gone = [line for line in old if line not in new]
    come = [line for line in new if line not in old]
    if not gone and not come:
        return before, after
    return "\n".join(gone), "\n".join(come)


def _quoted(value: str | None) -> str:
    if not value:
        return "nothing"
    return f"`{value}`" if "\n" not in value else "`" + " / ".join(value.split("\n")) + "`"
