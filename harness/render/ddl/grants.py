"""GRANT and REVOKE: from what an object grants by itself to what it does grant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.render.ddl.names import IDENTIFIER

_LINE = re.compile(rf"(?P<grantee>{IDENTIFIER}|PUBLIC)(?: by (?P<grantor>.+))?: (?P<privileges>.+)")
_GRANTABLE = " (grantable)"
_OF_EVERYONE = {
    "function": "EXECUTE",
    "procedure": "EXECUTE",
    "aggregate": "EXECUTE",
    "type": "USAGE",
    "domain": "USAGE",
    "language": "USAGE",
}
_SINGLE = {**_OF_EVERYONE, "server": "USAGE", "foreign-data wrapper": "USAGE"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What one role gave another; `grantor` None is the owner."""

    grantee: str
    grantor: str | None
    privileges: frozenset[str]
    grantable: frozenset[str]


def usual_grants(kind: str, owner: str) -> str:
    """Write what an object of a kind grants when nobody has granted anything."""
    everyone = _OF_EVERYONE.get(kind)
    lines = [f"PUBLIC: {everyone}"] if everyone else []
    return "\n".join([*lines, f"{owner}: {_SINGLE.get(kind, 'ALL')}"])


def grant_statements(*, target: str, before: str, after: str, columns: str = "") -> Iterator[str]:
    """Yield what turns the grants `before` into those `after`.

    ``target`` is what stands after ON (`TABLE core.patients`), ``columns`` a parenthesised list
    that follows each privilege.
    """
    had, has = _read(before), _read(after)
    for key, grant in had.items():
        if key not in has or not grant.privileges <= has[key].privileges:
            yield f"REVOKE ALL{columns} ON {target} FROM {grant.grantee};"
            had[key] = Grant(
                grantee=grant.grantee,
                grantor=grant.grantor,
                privileges=frozenset(),
                grantable=frozenset(),
            )
    for grant in _by_chain(has):
        if grant != had.get((grant.grantee, grant.grantor)):
            yield from _given(grant, target, columns)


def _given(grant: Grant, target: str, columns: str) -> Iterator[str]:
    lines = []
    for privileges, suffix in (
        (grant.privileges - grant.grantable, ""),
        (grant.grantable, " WITH GRANT OPTION"),
    ):
        if privileges:
            what = ", ".join(f"{each}{columns}" for each in sorted(privileges))
            lines.append(f"GRANT {what} ON {target} TO {grant.grantee}{suffix};")
    if lines and grant.grantor is not None:
        yield f"SET SESSION AUTHORIZATION {grant.grantor};"
        yield from lines
        yield "RESET SESSION AUTHORIZATION;"
    else:
        yield from lines


def _by_chain(grants: dict[tuple[str, str | None], Grant]) -> Iterator[Grant]:
    """Yield grants so that each grantor has received the grant option before."""
    waiting = list(grants.values())
    may_grant: set[str | None] = {None}
    while waiting:
        ready = [each for each in waiting if each.grantor in may_grant] or waiting
        yield from ready
        waiting = [each for each in waiting if each not in ready]
        may_grant |= {each.grantee for each in ready if each.grantable}


def _read(lines: str) -> dict[tuple[str, str | None], Grant]:
    grants = map(_grant, lines.splitlines())
    return {(each.grantee, each.grantor): each for each in grants}


def _grant(line: str) -> Grant:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"not a line of grants: {line!r}")
    parts = match["privileges"].split(", ")
    return Grant(
        grantee=match["grantee"],
        grantor=match["grantor"],
        privileges=frozenset(each.removesuffix(_GRANTABLE) for each in parts),
        grantable=frozenset(
            each.removesuffix(_GRANTABLE) for each in parts if each.endswith(_GRANTABLE)
        ),
    )
