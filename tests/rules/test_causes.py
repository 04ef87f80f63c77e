"""What several checks find of one broken function is one cause; the rest are its consequences."""

from __future__ import annotations

from dataclasses import replace

from harness.checks.causes import explained
from harness.checks.finding import Finding, Severity

GUARD = "function core.guard()"


def finding(rule: str, message: str, *, version: str = "V200021", said: str = GUARD) -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.ERROR,
        file=f"{version}.sql",
        line=1,
        message=message,
        effect="it hurts",
        fix="mend it",
        migration=version,
        object=said,
    )


def causes(*findings: Finding) -> list[str]:
    found = explained(findings)
    assert len(found) == len(findings)
    return [each.rule for each in found if each.is_cause]


REFUSED = finding(
    "old-app-breaks", "table core.goals: INSERT fails in core.guard(): no", said="table core.goals"
)


def test_clients_that_a_broken_function_refuses_are_its_consequence() -> None:
    broken = finding("function-broken", f"{GUARD} cannot run: no")
    assert causes(REFUSED, broken) == ["function-broken"]
    assert explained((REFUSED, broken))[0].consequence_of == "V200021"


def test_rows_that_a_function_keeps_out_follow_from_the_clients_that_it_refuses() -> None:
    unprobed = finding("rls-leak", "table core.goals could not be probed: core.guard() refuses")
    assert causes(unprobed, REFUSED) == ["old-app-breaks"]
    assert causes(unprobed) == ["rls-leak"]


def test_what_another_function_or_migration_does_stays_a_cause() -> None:
    other = finding("function-broken", "function core.other() cannot run", said="function core.o()")
    assert len(causes(REFUSED, other)) == 2
    later = finding("function-broken", f"{GUARD} cannot run: no", version="V200022")
    assert len(causes(REFUSED, later)) == 2


def test_a_name_that_does_not_exist_lacks_no_schema() -> None:
    bare = finding("environment-dependent", "uiud without a schema: the search_path decides")
    refused = finding("apply-fails", 'the server refuses: type "uiud" does not exist')
    assert causes(bare, refused) == ["apply-fails"]
    assert len(causes(bare, finding("apply-fails", 'type "other" does not exist'))) == 2


def test_what_is_named_by_chance_differs_from_one_database_to_the_next() -> None:
    differs = finding("not-deterministic", "two applications on two fresh databases differ")
    dated = finding("environment-dependent", "EXECUTE defines an object by the clock, by chance")
    assert causes(differs, dated) == ["environment-dependent"]
    bare = finding("environment-dependent", "notes without a schema: the search_path decides")
    assert len(causes(differs, bare)) == 2


def test_an_empty_rollback_undoes_nothing() -> None:
    left = finding("rollback-asymmetric", "after V and R table core.notes is left over")
    empty = finding("empty-file", "the file holds no statement")
    assert causes(left, empty) == ["empty-file"]
    elsewhere = finding("empty-file", "the file holds no statement", version="V200022")
    assert len(causes(left, elsewhere)) == 2


def test_what_a_seed_does_to_the_catalog_is_its_own_mistake() -> None:
    made = "index core.extra_idx"
    ddl = replace(finding("seed-ddl", "changes the catalog", said=made), migration=None)
    again = replace(finding("seed-not-idempotent", "runs once and not again"), migration=None)
    walk = replace(finding("phase-not-reversible", f"{made} is missing"), migration=None)
    here = [replace(each, file="S100001__core__rows.sql") for each in (ddl, again)]
    assert causes(*here, walk) == ["seed-ddl"]
    assert explained((*here, walk))[-1].consequence_of == "S100001"
    assert len(causes(ddl, replace(again, line=7))) == 2


def test_a_policy_that_lets_everybody_in_needs_no_index() -> None:
    scan = finding("rls-policy-scan", "each query reads all", said="policy core.goals.all")
    leak = finding("rls-leak", "core.goals: (USING of policy core.goals.all asks for no setting)")
    assert causes(scan, leak) == ["rls-leak"]
    other = replace(leak, message="core.goals: (USING of policy core.goals.some asks for no one)")
    assert len(causes(scan, other)) == 2
