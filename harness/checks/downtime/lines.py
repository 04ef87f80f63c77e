"""Where in a file an object was changed: the catalog knows what, the text knows the line."""

from __future__ import annotations

import re
from typing import Any

from harness.catalog.model import CatalogObject, Identity
from harness.checks.downtime.instead import parted
from harness.checks.downtime.moments import Observed
from harness.checks.finding import Finding, Rule
from harness.diff import AttributeChange
from harness.sql import Script, Statement

_VERBS = {
    "added": r"create|add",
    "removed": r"drop|rename|detach",
    "attached": r"attach|partition\s+of",
    "detached": r"detach",
    "comment": r"comment",
    "default": r"default",
    "grants": r"grant|revoke",
    "not null": r"not\s+null",
    "owner": r"owner",
    "row security": r"row\s+level",
    "type": r"type",
}
"""What a statement says that adds or removes an object, or changes one of its attributes."""

OF_PARTITIONS = frozenset({"bounds", "inherited", "partition of"})
"""The attributes that come and go with a partition's place."""

_OTHER = r"alter|replace|create|rename"


def verb_of(change: AttributeChange) -> str:
    """Name a change as `line_of` knows it: where partitions come or go, else by its attribute."""
    if change.attribute not in OF_PARTITIONS:
        return change.attribute
    return "detached" if change.after is None else "attached"


def line_of(script: Script, identity: Identity, change: str, of: Identity | None = None) -> int:
    """Return the line of the statement that names the object best; of the first one otherwise.

    ``change`` is an attribute, ``added``, ``removed``, ``attached`` or ``detached``. The object's
    own name counts most, then a verb that makes such a change, then the names of its table and
    schema; ``of`` is the table where its name does not tell it.
    """
    names = (*_names(identity), *(_names(of) if of else ()))
    verb = re.compile(rf"\b({_VERBS.get(change, _OTHER)})\b", re.IGNORECASE)
    ranked = [
        (*_score(statement, names, verb), -place, statement.line)
        for place, statement in enumerate(script.statements)
    ]
    return max(ranked)[-1] if ranked else 1


def about(
    rule: Rule[Any],
    seen: Observed,
    message: str,
    found: CatalogObject,
    change: str,
    *,
    fix: str | None = None,
) -> Finding:
    """Make a finding about an object of the catalog, at the line that changed it."""
    return rule.finding(
        message,
        file=seen.migration.file,
        line=line_of(seen.migration.forward, found.identity, change, found.parent),
        migration=seen.migration.version,
        object=str(found.identity),
        fix=fix,
    )


def _names(identity: Identity) -> tuple[str, ...]:
    """Return the identifiers of a name, the object's own first."""
    rest, _, _ = identity.name.partition("(")
    found: list[str] = []
    while rest:
        rest, own = parted(rest)
        found.append(own.strip('"'))
    return tuple(found)


def _score(
    statement: Statement, names: tuple[str, ...], verb: re.Pattern[str]
) -> tuple[int, int, int]:
    mentioned = [_mentions(statement.text, each) for each in names]
    own = int(bool(mentioned) and mentioned[0])
    return own, int(verb.search(statement.text) is not None), sum(mentioned)


def _mentions(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
