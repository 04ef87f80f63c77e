"""Rules of row security: who has none, what leaks through it, and which policies read tables."""

from __future__ import annotations

from collections.abc import Iterator

from harness.checks import words
from harness.checks.finding import Finding, Proof, Rule
from harness.checks.phase_schema import PhaseSchema
from harness.checks.probe import Action, Leak, PolicyScan
from harness.checks.schema import located

SchemaRule = Rule[PhaseSchema]

_DEEDS = {
    Action.UPDATES: "changes",
    Action.DELETES: "deletes",
    Action.INSERTS: "inserts",
    Action.MOVES: "gives away",
}


def _rls_missing(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    if seen.tenancy is None:
        return
    with_policies = {each.parent for each in seen.catalog.of_kind("policy")}
    for table, reason in seen.tenancy.protected.items():
        found = seen.catalog.find("table", table)
        if found is None:
            continue
        state = found.facts.get("row security")
        lacks = _lacks(state, found.identity in with_policies or "partition of" in found.facts)
        if lacks is not None:
            yield located(
                rule,
                seen,
                f"table {table} {lacks}, and {reason}",
                (table, found.facts.get("partition of", table)),
                said=f"table {table}",
                fix=f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
                f" ALTER TABLE {table} FORCE ROW LEVEL SECURITY; and a policy for each role",
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


def _rls_leak(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    found: dict[tuple[str, str], list[Leak]] = {}
    for leak in seen.leaks:
        if not _said_already(leak, seen):
            found.setdefault((leak.kind, leak.relation), []).append(leak)
    for (kind, relation), leaks in found.items():
        yield located(
            rule,
            seen,
            f"{kind} {relation}: " + words.listed(dict.fromkeys(map(_sentence, leaks))),
            (relation,),
            said=f"{kind} {relation}",
        )
    for setting in seen.unprobed:
        yield located(
            rule,
            seen,
            f"nobody could be set against anybody for {setting}: no two owners have rows",
            (setting,),
            said=setting,
            fix="let the tables that it isolates take sample rows: "
            + "; ".join(f"{each.table}: {each.reason}" for each in seen.unfilled[:3]),
        )


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
        yield located(
            rule,
            seen,
            f"{scan.role} reads the whole table {scan.table}: no index serves its policies, "
            + _policies(seen, scan),
            (scan.table,),
            said=f"table {scan.table}",
            fix=f"CREATE INDEX CONCURRENTLY … ON {scan.table} (the column that the policy"
            " compares); and compare it with a scalar, (SELECT f()), not in a subquery per row",
        )


def _policies(seen: PhaseSchema, scan: PolicyScan) -> str:
    """List what decides which rows a role reads, as the catalog writes it."""
    return words.listed(
        f"{each.identity.name.rpartition('.')[2]}: {' '.join(each.facts['using'].split())}"
        for each in seen.catalog.of_kind("policy")
        if each.parent is not None
        and each.parent.name == scan.table
        and each.facts["command"] in {"all", "select"}
        and {scan.role, "PUBLIC"} & set(each.facts["roles"].split(", "))
        and "using" in each.facts
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
