"""Rules of row security: who has none, what leaks through it, and which policies read tables."""

from __future__ import annotations

from collections.abc import Iterator

from harness.checks import words
from harness.checks.finding import Finding, Proof, Rule
from harness.checks.isolation.doors import open_doors
from harness.checks.isolation.leaks import Action, Leak
from harness.checks.isolation.unprobed import could_not_be_probed
from harness.checks.schema.located import SchemaRule, located
from harness.checks.schema.phase_schema import PhaseSchema

_DEEDS = {
    Action.UPDATES: "changes",
    Action.DELETES: "deletes",
    Action.INSERTS: "inserts",
    Action.MOVES: "gives away",
}


_WITH_BODY = frozenset({"function", "view"})
"""What is told where its last text stands."""


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
                fix=_instead(table, state),
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


def _instead(table: str, state: str | None) -> str:
    """Write what is lacking, and no more."""
    steps = [
        f"ALTER TABLE {table} {step} ROW LEVEL SECURITY;"
        for step, done in (
            ("ENABLE", state in {"enabled", "forced"}),
            ("FORCE", state == "forced"),
        )
        if not done
    ]
    if state != "enabled":
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
        origin = seen.origins.of_body(relation) if kind in _WITH_BODY else None
        names, said = (*(door.policy for door in doors), relation), f"{kind} {relation}"
        yield located(rule, seen, message + through, names, said=said, origin=origin)
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
