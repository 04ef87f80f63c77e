"""What may change on an existing object without an old client noticing: a table of data.

Everything that is not listed here counts as a change: any kind of object, any attribute.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from harness.catalog.model import Catalog
from harness.diff import AttributeChange

Allowed = Callable[[str | None, str | None], bool]


def _always(_before: str | None, _after: str | None) -> bool:
    return True


def _more_lines(before: str | None, after: str | None) -> bool:
    """Whether nothing of a list of lines is lost: enum labels in their order, for one."""
    new = iter((after or "").splitlines())
    return all(line in new for line in (before or "").splitlines())


def _more_grants(before: str | None, after: str | None) -> bool:
    """Whether every grantee keeps every privilege."""
    old, new = _grants(before), _grants(after)
    return all(
        "ALL" in new.get(who, set()) or privileges <= new.get(who, set())
        for who, privileges in old.items()
    )


def _grants(lines: str | None) -> dict[str, set[str]]:
    parted = (line.partition(": ") for line in (lines or "").splitlines())
    return {who: set(privileges.split(", ")) for who, _, privileges in parted}


def _becomes(*values: str | None) -> Allowed:
    return lambda _before, after: after in values


def _appears(before: str | None, _after: str | None) -> bool:
    return before is None


def _larger(before: str | None, after: str | None) -> bool:
    return before is not None and after is not None and int(after) >= int(before)


def wider_type(before: str | None, after: str | None) -> bool:
    """Whether every value of the old type is one of the new, written and read the same way."""
    if before is None or after is None:
        return before == after
    if before == after or (before, after) in _WIDER:
        return True
    old, new = _SIZED.fullmatch(before), _SIZED.fullmatch(after)
    if old and old["name"] == "character varying" and after in {"text", "character varying"}:
        return True
    if old is None or new is None or (old["name"], old["zone"]) != (new["name"], new["zone"]):
        return False
    if old["name"] not in {"character varying", "numeric", "bit varying"}:
        return False
    return int(new["size"]) >= int(old["size"]) and old["scale"] == new["scale"]


_SIZED = re.compile(r"(?P<name>[a-z ]+?)\((?P<size>\d+)(?:,(?P<scale>-?\d+))?\)(?P<zone> .*)?")
_WIDER = frozenset(
    {
        ("character varying", "text"),
        ("cidr", "inet"),
        ("timestamp without time zone", "timestamp with time zone"),  # in UTC no row changes
    }
)


def _more_columns(before: str | None, after: str | None) -> bool:
    """Whether a view only got more columns at its end, from the same rows."""
    old_list, old_rest = _parted_at_from(before or "")
    new_list, new_rest = _parted_at_from(after or "")
    return old_rest == new_rest and new_list.startswith(f"{old_list},")


def _parted_at_from(definition: str) -> tuple[str, str]:
    head, keyword, rest = definition.partition("\n   FROM ")
    return head.rstrip(), keyword + rest


NOTICED_BY_NOBODY: Mapping[tuple[str | None, str], Allowed] = {
    # any kind
    (None, "comment"): _always,
    (None, "index comment"): _always,
    (None, "not null comment"): _always,
    (None, "grants"): _more_grants,
    # where and how rows are stored
    (None, "options"): lambda before, after: _security(before) == _security(after),
    (None, "tablespace"): _always,
    (None, "index tablespace"): _always,
    (None, "index options"): _always,
    (None, "clustered"): _always,
    (None, "statistics"): _always,
    ("column", "storage"): _always,
    ("column", "compression"): _always,
    ("column", "position"): _always,  # only ever moved by a column that was dropped
    ("table", "access method"): _always,
    ("table", "replica identity"): _always,
    ("table", "persistence"): _becomes(None),  # SET LOGGED
    # partitions: what comes under a parent is still there by its own name
    (None, "partition of"): _appears,
    (None, "inherited"): _always,
    ("table", "bounds"): _appears,
    # proofs and promises that rows already keep
    (None, "validated"): _becomes("yes"),
    ("index", "valid"): _becomes("yes"),
    (None, "index valid"): _becomes(None),
    # wider values
    ("column", "type"): wider_type,
    ("attribute", "type"): wider_type,
    ("column", "not null"): _becomes(None),
    ("domain", "not null"): _becomes(None),
    ("type", "labels"): _more_lines,
    ("view", "definition"): _more_columns,
    ("sequence", "maximum"): _larger,
    ("sequence", "type"): _becomes("bigint"),
    ("sequence", "cache"): _always,
    # what the planner is told
    ("function", "cost"): _always,
    ("function", "rows"): _always,
    ("function", "support"): _always,
    ("function", "parallel"): _always,
    # only objects of the future are concerned
    ("default privileges", "grants"): _always,
}
"""By kind (None: every kind) and attribute: how it may change from before to after."""


def _security(options: str | None) -> frozenset[str]:
    """Return the options of a view that decide who sees what."""
    watched = ("security_", "check_option")
    return frozenset(each for each in (options or "").splitlines() if each.startswith(watched))


def goes_unnoticed(change: AttributeChange, before: Catalog) -> bool:
    """Whether no client of the release before can notice a change."""
    kind = change.identity.kind
    for key in ((kind, change.attribute), (None, change.attribute)):
        allowed = NOTICED_BY_NOBODY.get(key)
        if allowed is not None:
            return allowed(change.before, change.after) or _proven(change, before)
    return False


def _proven(change: AttributeChange, before: Catalog) -> bool:
    """Whether a column was never NULL before either, since a validated CHECK forbids it."""
    return (change.identity.kind, change.attribute, change.after) == (
        "column",
        "not null",
        "yes",
    ) and proof_of_not_null(before, change.identity.name) is not None


def proof_of_not_null(catalog: Catalog, column: str) -> str | None:
    """Return the name of the validated CHECK that forbids a column's NULL."""
    found = catalog.find("column", column)
    if found is None or found.parent is None:
        return None
    own = column.removeprefix(f"{found.parent.name}.")
    for each in catalog.children.get(found.parent, ()):
        facts = each.facts
        if (
            each.identity.kind == "check constraint"
            and facts.get("validated") == "yes"
            and re.match(rf"CHECK \(\({re.escape(own)} IS NOT NULL\)\)", facts["definition"])
        ):
            return each.identity.name
    return None
