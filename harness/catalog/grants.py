"""Access control lists as text: one line per grantee, the same on every PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from harness.catalog.versions import hide_newer_privileges

PRIVILEGES: Mapping[str, str] = {
    "r": "SELECT",
    "a": "INSERT",
    "w": "UPDATE",
    "d": "DELETE",
    "D": "TRUNCATE",
    "x": "REFERENCES",
    "t": "TRIGGER",
    "m": "MAINTAIN",
    "X": "EXECUTE",
    "U": "USAGE",
    "C": "CREATE",
    "c": "CONNECT",
    "T": "TEMPORARY",
}
_TABLE = "rawdDxt"
_ALL_OF_KIND: Mapping[str, str] = {
    "table": _TABLE,
    "view": _TABLE,
    "materialized view": _TABLE,
    "foreign table": _TABLE,
    "column": "rawx",
    "sequence": "rwU",
    "schema": "UC",
    "function": "X",
    "procedure": "X",
    "aggregate": "X",
    "type": "U",
    "domain": "U",
    "language": "U",
    "foreign-data wrapper": "U",
    "server": "U",
}
_ITEM = re.compile(
    r'(?P<grantee>"(?:[^"]|"")*"|[^=]*)=(?P<letters>[^/]*)/(?P<grantor>.*)', re.DOTALL
)
_GRANTABLE = " (grantable)"


def describe_grants(
    items: Sequence[str], *, kind: str, owner: str | None, roles: Mapping[str, str]
) -> str | None:
    """Say who may do what: ``role: PRIVILEGE, …`` a line, sorted; None where nobody may anything.

    ``ALL`` stands for every privilege of a kind that has several, ``(grantable)`` for the grant
    option; a grantor who is not the owner is named: ``role by grantor: …``.
    """
    lines = sorted(_line(item, kind=kind, owner=owner, roles=roles) for item in items)
    return "\n".join(lines) or None


def _line(item: str, *, kind: str, owner: str | None, roles: Mapping[str, str]) -> str:
    match = _ITEM.fullmatch(item)
    if match is None:
        raise ValueError(f"not an access control item: {item!r}")
    grantee = _role(match["grantee"], roles)
    grantor = _role(match["grantor"], roles)
    by = "" if grantor == owner else f" by {grantor}"
    return f"{grantee}{by}: {_privileges(match['letters'], kind)}"


def _role(name: str, roles: Mapping[str, str]) -> str:
    if not name:
        return "PUBLIC"
    plain = name[1:-1].replace('""', '"') if name.startswith('"') else name
    return roles.get(plain, name)


def _privileges(letters: str, kind: str) -> str:
    complete = _ALL_OF_KIND[kind]
    granted = {letter: bool(star) for letter, star in re.findall(r"([a-zA-Z])(\*?)", letters)}
    granted = hide_newer_privileges(granted)
    if len(complete) > 1 and set(granted) == set(complete) and len(set(granted.values())) == 1:
        return "ALL" + (_GRANTABLE if all(granted.values()) else "")
    return ", ".join(
        sorted(PRIVILEGES[each] + (_GRANTABLE if star else "") for each, star in granted.items())
    )
