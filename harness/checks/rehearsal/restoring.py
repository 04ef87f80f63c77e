"""What a rollback lacks, as SQL: drop what is left over, make again what is missing, set back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from harness.catalog.model import Catalog, CatalogObject
from harness.diff import AttributeChange, Delta, roots

SHOWN = 6
"""How many statements are written out before the rest is counted."""

_ON_A_TABLE = frozenset({"policy", "rule", "trigger"})
_CONSTRAINTS = frozenset(
    {
        "check constraint",
        "domain constraint",
        "exclusion constraint",
        "foreign key",
        "primary key",
        "unique constraint",
    }
)
_BY_NAME = frozenset(
    {
        *("aggregate", "collation", "domain", "extension", "function", "index"),
        *("materialized view", "procedure", "schema", "sequence", "table", "type", "view"),
    }
)


def restoration(delta: Delta, before: Catalog) -> str:
    """Write the statements that undo a difference; a comment where the catalog tells no way."""
    lines = [
        *(_dropped(each) for each in roots(delta.added)),
        *(_created(each) for each in roots(delta.removed)),
        *(_set_back(each, before.by_identity[each.identity]) for each in delta.changed),
    ]
    rest = len(lines) - SHOWN
    return "\n".join([*lines[:SHOWN], *([f"-- and {rest} more"] if rest > 0 else [])])


def _dropped(found: CatalogObject) -> str:
    kind, name = found.identity.kind, found.identity.name
    if found.parent is not None and kind in _ON_A_TABLE:
        return f"DROP {kind.upper()} {_short(found)} ON {found.parent.name};"
    if _is_altered(found, "column"):
        return f"{_alter(found)} DROP COLUMN {_short(found)};"
    if _is_altered(found, *_CONSTRAINTS):
        return f"{_alter(found)} DROP CONSTRAINT {_short(found)};"
    if kind in _BY_NAME:
        return f"DROP {kind.upper()} {name};"
    return f"-- drop {found.identity}"


def _created(found: CatalogObject) -> str:
    facts = found.facts
    kind, definition = found.identity.kind, facts.get("definition")
    if kind in {"index", "trigger"} and definition is not None:
        return f"{definition};"
    if _is_altered(found, *_CONSTRAINTS) and definition is not None:
        return f"{_alter(found)} ADD CONSTRAINT {_short(found)} {definition};"
    if kind == "policy":
        return " ".join(_policy(found)) + ";"
    if _is_altered(found, "column"):
        return " ".join(_column(found)) + ";"
    if kind in {"schema", "extension"}:
        return f"CREATE {kind.upper()} {found.identity.name};"
    return f"-- create {found.identity} again, as it was"


def _policy(found: CatalogObject) -> Iterator[str]:
    facts = found.facts
    yield f"CREATE POLICY {_short(found)} ON {found.parent.name if found.parent else ''}"
    yield f"AS {facts.get('mode', 'permissive').upper()}"
    yield f"FOR {facts.get('command', 'all').upper()}"
    if "roles" in facts:
        yield f"TO {facts['roles']}"
    if "using" in facts:
        yield f"USING ({facts['using']})"
    if "with check" in facts:
        yield f"WITH CHECK ({facts['with check']})"


def _column(found: CatalogObject) -> Iterator[str]:
    facts = found.facts
    yield f"{_alter(found)} ADD COLUMN {_short(found)} {facts.get('type', '')}"
    if "default" in facts:
        yield f"DEFAULT {facts['default']}"
    if "not null" in facts:
        yield "NOT NULL"


def _set_back(change: AttributeChange, was: CatalogObject) -> str:
    write = _ATTRIBUTES.get(change.attribute)
    written = write(change, was) if write is not None else None
    if written is not None:
        return written
    value = "nothing" if change.before is None else f"`{' / '.join(change.before.splitlines())}`"
    return f"-- set {change.attribute} of {change.identity} back to {value}"


def _comment(change: AttributeChange, was: CatalogObject) -> str | None:
    text = "NULL" if change.before is None else _literal(change.before)
    kind = was.identity.kind
    if kind == "column" or kind in _BY_NAME:
        return f"COMMENT ON {kind.upper()} {was.identity.name} IS {text};"
    if was.parent is None:
        return None
    kind = "constraint" if kind in _CONSTRAINTS else kind
    return f"COMMENT ON {kind.upper()} {_short(was)} ON {was.parent.name} IS {text};"


def _row_security(change: AttributeChange, was: CatalogObject) -> str | None:
    before, after = change.before or "", change.after or ""
    wanted = ("enabled" if before in {"enabled", "forced"} else "", "forced" in before)
    found = ("enabled" if after in {"enabled", "forced"} else "", "forced" in after)
    actions = []
    if wanted[0] != found[0]:
        actions.append(f"{'ENABLE' if wanted[0] else 'DISABLE'} ROW LEVEL SECURITY")
    if wanted[1] != found[1]:
        actions.append(f"{'' if wanted[1] else 'NO '}FORCE ROW LEVEL SECURITY")
    return f"ALTER TABLE {was.identity.name} {', '.join(actions)};"


def _default(change: AttributeChange, was: CatalogObject) -> str | None:
    value = "DROP DEFAULT" if change.before is None else f"SET DEFAULT {change.before}"
    return _of_column(was, value)


def _not_null(change: AttributeChange, was: CatalogObject) -> str | None:
    return _of_column(was, "DROP NOT NULL" if change.before is None else "SET NOT NULL")


def _type(change: AttributeChange, was: CatalogObject) -> str | None:
    return _of_column(was, f"TYPE {change.before}")


def _owner(change: AttributeChange, was: CatalogObject) -> str | None:
    if was.identity.kind not in _BY_NAME or change.before is None:
        return None
    return f"ALTER {was.identity.kind.upper()} {was.identity.name} OWNER TO {change.before};"


def _grants(change: AttributeChange, was: CatalogObject) -> str | None:
    """Take from each grantee what was given, and give back what was taken."""
    if was.identity.kind not in _BY_NAME:
        return None
    on = {"view": "TABLE", "materialized view": "TABLE"}.get(
        was.identity.kind, was.identity.kind.upper()
    )
    before, after = _by_grantee(change.before), _by_grantee(change.after)
    if any("(grantable)" in each for each in (*before.values(), *after.values())):
        return None
    written = []
    for grantee in sorted(before.keys() | after.keys()):
        if before.get(grantee) != after.get(grantee):
            whom = f"ON {on} {was.identity.name}"
            if grantee in after:
                written.append(f"REVOKE {after[grantee]} {whom} FROM {grantee};")
            if grantee in before:
                written.append(f"GRANT {before[grantee]} {whom} TO {grantee};")
    return "\n".join(written)


def _by_grantee(grants: str | None) -> dict[str, str]:
    pairs = (line.partition(": ") for line in (grants or "").splitlines())
    return {grantee: privileges for grantee, _, privileges in pairs}


_ATTRIBUTES: Mapping[str, Callable[[AttributeChange, CatalogObject], str | None]] = {
    "comment": _comment,
    "default": _default,
    "grants": _grants,
    "not null": _not_null,
    "owner": _owner,
    "row security": _row_security,
    "type": _type,
}


def _is_altered(found: CatalogObject, *kinds: str) -> bool:
    """Whether a part is added and dropped by ALTER of the table or domain that it belongs to."""
    return (
        found.identity.kind in kinds
        and found.parent is not None
        and found.parent.kind in {"table", "foreign table", "domain"}
    )


def _alter(found: CatalogObject) -> str:
    assert found.parent is not None
    return f"ALTER {found.parent.kind.upper()} {found.parent.name}"


def _of_column(was: CatalogObject, action: str) -> str | None:
    if not _is_altered(was, "column") or was.facts.get("generated") is not None:
        return None
    return f"{_alter(was)} ALTER COLUMN {_short(was)} {action};"


def _short(found: CatalogObject) -> str:
    prefix = f"{found.parent.name}." if found.parent is not None else ""
    return found.identity.name.removeprefix(prefix)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
