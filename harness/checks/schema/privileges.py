"""Rules of who may do what: owners, PUBLIC, and functions that run with another's rights."""

from __future__ import annotations

from collections.abc import Iterator

from harness.catalog import CatalogObject
from harness.checks.finding import Finding, Proof, Rule
from harness.checks.schema.located import SchemaRule, located
from harness.checks.schema.phase_schema import PhaseSchema

_OWNED_BY_NOBODY = frozenset({"pg_database_owner"})
_ROUTINES = ("function", "procedure")
_RELATIONS = ("table", "view", "materialized view", "foreign table", "sequence")


def _security_definer_path(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    for routine in seen.catalog.of_kind(*_ROUTINES):
        if routine.facts.get("security") != "definer" or "sql body" in routine.facts:
            continue  # a body of parsed SQL is bound when it is created, whatever the path
        weakness = _weakness(routine, seen)
        if weakness is not None:
            yield located(
                rule,
                seen,
                f"{routine.identity} runs with its owner's rights and {weakness}",
                (routine.identity.name,),
                said=str(routine.identity),
                fix=f"ALTER {routine.identity.kind.upper()} {routine.identity.name} SET search_path"
                " = pg_catalog, pg_temp;  -- and qualify the names in its body",
                origin=seen.origins.of_body(routine.identity.name),
            )


def _weakness(routine: CatalogObject, seen: PhaseSchema) -> str | None:
    settings = dict(
        line.partition("=")[::2] for line in routine.facts.get("settings", "").splitlines()
    )
    path = settings.get("search_path")
    if path is None:
        return "with the search_path of whoever calls it"
    schemas = [part.strip().strip('"') for part in path.split(",") if part.strip(' "')]
    if "$user" in schemas:
        return 'looks into the caller\'s own schema ("$user" in its search_path)'
    if "pg_temp" in schemas[:-1]:
        return "looks into temporary tables before other schemas (pg_temp must come last)"
    owner = routine.facts.get("owner", "")
    for schema in schemas:
        others = _creators(seen, schema) - {owner}
        if others:
            named = ", ".join(sorted(others))
            return f"looks into schema {schema}, in which {named} may create"
    return None


def _creators(seen: PhaseSchema, schema: str) -> set[str]:
    found = seen.catalog.find("schema", schema)
    if found is None:
        return set()
    owner = found.facts.get("owner", "")
    return {
        grantee
        for grantee, privileges in _grants(found)
        if privileges & {"CREATE", "ALL"} and grantee not in {owner, "pg_database_owner"}
    }


def _grants(found: CatalogObject) -> Iterator[tuple[str, set[str]]]:
    """Read the lines of an object's grants: ``role: SELECT, UPDATE (grantable)``."""
    for line in found.facts.get("grants", "").splitlines():
        grantee, _, listed = line.partition(": ")
        privileges = {part.removesuffix(" (grantable)").strip() for part in listed.split(",")}
        yield grantee.partition(" by ")[0], privileges


def _public_privilege(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    for found in seen.catalog.of_kind("schema", *_ROUTINES, *_RELATIONS, "column"):
        for grantee, privileges in _grants(found):
            excess = _excess(found, privileges) if grantee == "PUBLIC" else set()
            if not excess:
                continue
            listed = ", ".join(sorted(excess))
            yield located(
                rule,
                seen,
                f"every role may {listed} on {found.identity}",
                (found.identity.name, found.parent.name if found.parent else found.identity.name),
                said=str(found.identity),
                fix=_revoked(found, listed),
                origin=seen.origins.of_grant(found.identity.name, grantee),
            )


def _revoked(found: CatalogObject, privileges: str) -> str:
    kind, name = found.identity.kind, found.identity.name
    if kind == "column" and found.parent is not None:
        own = name.removeprefix(f"{found.parent.name}.")
        return f"REVOKE {privileges} ({own}) ON TABLE {found.parent.name} FROM PUBLIC;"
    target = kind.upper() if kind in _NAMED_IN_GRANTS else "TABLE"
    return f"REVOKE {privileges} ON {target} {name} FROM PUBLIC;"


_NAMED_IN_GRANTS = frozenset({"schema", "sequence", *_ROUTINES})
"""What GRANT calls by its kind: every other relation is a TABLE to it."""


def _excess(found: CatalogObject, privileges: set[str]) -> set[str]:
    """Say what PUBLIC has too much: to create, to touch rows, to run with another's rights."""
    if found.identity.kind == "schema":
        return privileges & {"CREATE", "ALL"}
    if found.identity.kind in _ROUTINES:
        definer = found.facts.get("security") == "definer"
        return privileges & {"EXECUTE", "ALL"} if definer else set()
    return privileges - {""}


def _owner_differs(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    if seen.owner is None:
        return
    for found in seen.catalog.objects:
        owner = found.facts.get("owner")
        if owner is None or owner == seen.owner or owner in _OWNED_BY_NOBODY:
            continue
        yield located(
            rule,
            seen,
            f"{found.identity} belongs to {owner}, not to {seen.owner}",
            (found.identity.name,),
            said=str(found.identity),
            fix=f"ALTER {found.identity.kind.upper()} {found.identity.name} OWNER TO {seen.owner};",
        )


RULES: tuple[SchemaRule, ...] = (
    Rule(
        id="security-definer-path",
        title="a SECURITY DEFINER function without a fixed and safe search_path",
        effect="a caller puts an object of that name before the right one and runs code as owner",
        fix="ALTER FUNCTION … SET search_path = pg_catalog, pg_temp; and qualify names in the body",
        proof=Proof.RUN,
        check=_security_definer_path,
    ),
    Rule(
        id="public-privilege",
        title="PUBLIC may create in a schema, touch a table, or run a SECURITY DEFINER function",
        effect="every role that can connect has it, also those that do not exist yet",
        fix="REVOKE … FROM PUBLIC; and grant it to the roles that need it",
        proof=Proof.RUN,
        check=_public_privilege,
    ),
    Rule(
        id="owner-differs",
        title="an object that does not belong to the role that runs the migrations",
        effect="a later migration cannot alter or drop it, and its rights are another's",
        fix="ALTER … OWNER TO the owner",
        proof=Proof.RUN,
        check=_owner_differs,
    ),
)
