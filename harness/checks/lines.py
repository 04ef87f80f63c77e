"""Where in a file an object was changed: the catalog knows what, the text knows the line."""

from __future__ import annotations

import re
from typing import Any

from harness.catalog.model import CatalogObject, Identity
from harness.checks.finding import Finding, Rule
from harness.checks.instead import parted
from harness.checks.moments import Observed
from harness.sql import Script, Statement

_CHANGES = ("Alter", "Drop", "Rename", "Grant", "CreatePolicy", "View", "CreateFunction", "Comment")
_NO_CHANGE = frozenset({"VariableSetStmt", "SelectStmt"})


def line_of(script: Script, identity: Identity) -> int:
    """Return the line of the statement that names the object best; of the first one otherwise.

    The object's own name counts most, then those of its table and schema; among equals, a
    statement that alters or drops wins over one that only mentions, and the first over later ones.
    """
    if not script.statements:
        return 1
    names = _names(identity)
    best = max(enumerate(script.statements), key=lambda each: (_score(each[1], names), -each[0]))
    return best[1].line


def about(
    rule: Rule[Any],
    seen: Observed,
    message: str,
    found: CatalogObject,
    *,
    fix: str | None = None,
) -> Finding:
    """Make a finding about an object of the catalog, at the line that changed it."""
    return rule.finding(
        message,
        file=seen.migration.file,
        line=line_of(seen.migration.forward, found.identity),
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


def _score(statement: Statement, names: tuple[str, ...]) -> tuple[int, int, int]:
    mentioned = [_mentions(statement.text, each) for each in names]
    own = int(bool(mentioned) and mentioned[0])
    changes = statement.kind.startswith(_CHANGES) - int(statement.kind in _NO_CHANGE)
    return own, sum(mentioned), changes


def _mentions(text: str, name: str) -> bool:
    return re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", text, re.IGNORECASE) is not None
