"""Rules of row security: who has none, what leaks through it, and which policies read tables."""

from __future__ import annotations

from collections.abc import Iterator

from harness.catalog.model import CatalogObject
from harness.checks import words
from harness.checks.finding import Finding, Proof, Rule
from harness.checks.isolation.doors import open_doors
from harness.checks.isolation.leaks import Action, Leak
from harness.checks.isolation.unprobed import could_not_be_probed
from harness.checks.schema.located import SchemaRule, located
from harness.checks.schema.origins import Origin
from harness.checks.schema.phase_schema import PhaseSchema

_DEEDS = {
    Action.UPDATES: "changes",
    Action.DELETES: "deletes",
    Action.INSERTS: "inserts",
    Action.MOVES: "gives away",
}


def _opened(seen: PhaseSchema, kind: str, relation: str, role: str) -> Origin | None:
    """Find what opened the way to rows where no policy did: a body, or a grant on a matview."""
    if kind == "materialized view":
        return seen.origins.of_grant(relation, role)
    return seen.origins.of_body(relation) if kind in {"function", "view"} else None


def _closed(seen: PhaseSchema, kind: str, relation: str, role: str) -> str | None:
    view = seen.catalog.find("view", relation)
    if view is not None and "security_invoker=true" not in view.facts.get("options", ""):
        return f"ALTER VIEW {relation} SET (security_invoker = true);"
    if kind == "materialized view":
        revoked = f"REVOKE SELECT ON TABLE {relation} FROM {role};"  # noqa: S608 - advice, not run
        return (
            f"{revoked}  -- it has no policies: show its rows through a view that compares their"
            " owner with the session's setting"
        )
    return None


def _rls_missing(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    if seen.tenancy is None:
        return
    with_policies = {each.parent for each in seen.catalog.of_kind("policy")}
    bare: dict[tuple[str, str], list[CatalogObject]] = {}
    for table in seen.tenancy.protected:
        found = seen.catalog.find("table", table)
        if found is None:
            continue
        parent = found.facts.get("partition of", "")
        state = found.facts.get("row security")
        lacks = _lacks(state, found.identity in with_policies or bool(parent))
        if lacks is not None:  # what partitions of one table lack alike is one mistake
            bare.setdefault((parent or table, lacks), []).append(found)
    for (whole, lacks), tables in bare.items():
        yield _bare(rule, seen, whole, lacks, tables)


def _bare(
    rule: SchemaRule, seen: PhaseSchema, whole: str, lacks: str, tables: list[CatalogObject]
) -> Finding:
    assert seen.tenancy is not None
    first = next((each for each in tables if each.identity.name == whole), tables[0])
    name, rest = first.identity.name, len(tables) - 1
    others = "another partition" if rest == 1 else f"{rest} more partitions"
    also = f" (like {others} of {whole})" if rest else ""
    more = "  -- and so for each of the others" if rest else ""
    return located(
        rule,
        seen,
        f"table {name} {lacks}{also}, and {seen.tenancy.protected[name]}",
        (name, whole),
        said=f"table {name}",
        fix=_instead(first) + more,
    )


def _lacks(state: str | None, has_policies: bool) -> str | None:
    """Say what a table lacks to be isolated; a partition may rely on its parent's policies."""
    if state not in {"enabled", "forced"}:
        return "has no row level security"
    if state == "enabled":
        return "does not force row level security on its owner"
    if not has_policies:
        return "has row level security without any policy"
    return None


def _instead(found: CatalogObject) -> str:
    """Write what is lacking, and no more; a partition may rely on its parent's policies."""
    table, state = found.identity.name, found.facts.get("row security")
    steps = [
        f"ALTER TABLE {table} {step} ROW LEVEL SECURITY;"
        for step, done in (
            ("ENABLE", state in {"enabled", "forced"}),
            ("FORCE", state == "forced"),
        )
        if not done
    ]
    if state != "enabled" and "partition of" not in found.facts:
        steps.append(f"CREATE POLICY … ON {table} TO … USING (…);")
    return " ".join(steps)


def _rls_leak(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    found: dict[tuple[str, str], list[Leak]] = {}
    for leak in seen.leaks:
        if not _said_already(leak, seen):
            found.setdefault((leak.kind, leak.relation), []).append(leak)
    for (kind, relation), leaks in found.items():
        doors = open_doors(seen, leaks)
        through = f" ({words.listed(map(str, doors))})" if doors else ""
        message = f"{kind} {relation}: " + words.listed(dict.fromkeys(map(_sentence, leaks)))
        names, said = (*(door.policy for door in doors), relation), f"{kind} {relation}"
        yield located(
            rule,
            seen,
            message + through,
            names,
            said=said,
            fix=_closed(seen, kind, relation, leaks[0].role),
            origin=_opened(seen, kind, relation, leaks[0].role),
        )
    yield from could_not_be_probed(rule, seen)


def _said_already(leak: Leak, seen: PhaseSchema) -> bool:
    """Whether rls-missing tells the cause: nothing binds the role, or the owner, there at all."""
    table = seen.catalog.find("table", leak.relation)
    if table is None or leak.kind != "table":
        return False
    state = table.facts.get("row security")
    return state not in {"enabled", "forced"} or (leak.role == seen.owner and state != "forced")


def _sentence(leak: Leak) -> str:
    if leak.action is Action.FAILS:
        return f"{leak.role} cannot read it with {_context(leak)}: {leak.said}"
    if leak.context in {"unset", "empty"}:
        return f"{leak.role} sees {_rows(leak)} with {_context(leak)}"
    if leak.action is Action.SEES:
        return f"{leak.role} sees {_rows(leak)} of another {leak.context}"
    if leak.action is Action.MOVES:
        return f"{leak.role} gives {_rows(leak)} of its own to another {leak.context}"
    return f"{leak.role} {_DEEDS[leak.action]} {_rows(leak)} of another {leak.context}"


def _context(leak: Leak) -> str:
    said = {"unset": "no setting set", "empty": "every setting empty"}
    return said.get(leak.context, f"{leak.context} set")


def _rows(leak: Leak) -> str:
    return "a row" if leak.rows == 1 else "rows"


def _rls_policy_scan(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    for scan in seen.policy_scans:
        lacks = (
            f"no index of {scan.table} begins with {scan.column}"
            if scan.column
            else "it compares no column with what is computed once for the query"
        )
        yield located(
            rule,
            seen,
            f"policy {scan.policy} makes each query read all of {scan.table}: {lacks}"
            f" ({scan.expression})",
            (scan.policy, scan.table),
            said=f"policy {scan.policy}",
            fix=f"CREATE INDEX CONCURRENTLY … ON {scan.table} ({scan.column});"
            if scan.column
            else "compare a column of the table itself with a scalar, (SELECT f()),"
            " and let an index begin with it",
        )


RULES: tuple[SchemaRule, ...] = (
    Rule(
        id="rls-missing",
        title="a table with a tenant's or a person's rows that row security does not isolate",
        effect="one forgotten condition in the application shows a practice another's patients",
        fix="ALTER TABLE … ENABLE ROW LEVEL SECURITY; ALTER TABLE … FORCE ROW LEVEL SECURITY;",
        proof=Proof.RUN,
        check=_rls_missing,
    ),
    Rule(
        id="rls-leak",
        title="rows that a role sees or changes although they are another's, or nobody's context",
        effect="health data of one practice or person is open to another",
        fix="compare the owner's column with the session's setting in USING and in WITH CHECK;"
        " views WITH (security_invoker = true)",
        proof=Proof.RUN,
        check=_rls_leak,
    ),
    Rule(
        id="rls-policy-scan",
        title="a policy whose expression no index serves",
        effect="every query of every user reads the whole table, however selective it is",
        fix="CREATE INDEX CONCURRENTLY … on the column that the policy compares",
        proof=Proof.RUN,
        check=_rls_policy_scan,
    ),
)
