"""Rules that need the plan around a migration: schemas, releases, and the owner's privileges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from harness.catalog.model import Catalog, Identity
from harness.checks import words
from harness.checks.downtime.lines import about
from harness.checks.downtime.moments import Observed, is_done
from harness.checks.finding import Finding, Proof, Rule
from harness.checks.text.structure import CONTRACT_SAME_RELEASE
from harness.diff import roots
from harness.execute.trace import Trace
from harness.plan import ChangeType, Plan

Provenance = Mapping[Identity, str]
"""Which migration, by its version, created each object that exists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A migration's evidence with what is only known from the plan around it.

    ``provenance`` tells which migration created each object of the catalog before V.
    ``as_superuser`` is how V ran as superuser, None where there was no reason to try.
    """

    seen: Observed
    plan: Plan
    provenance: Provenance = field(default_factory=dict)
    as_superuser: Trace | None = None


PlanRule = Rule[Placed]


def _schema_of_domain(rule: PlanRule, placed: Placed) -> Iterator[Finding]:
    seen = placed.seen
    if not placed.plan.schema_per_domain or not seen.forward.succeeded:
        return
    domain = seen.migration.domain
    others = {name for phase in placed.plan.phases for name in phase.domains} - {domain}
    has_own = _has_schema(seen.before, domain) or _has_schema(seen.after, domain)
    for added in roots(seen.forward_delta.added):
        if added.schema in {None, domain} or added.identity.kind in _GRANTED_ANYWHERE:
            continue
        if has_own or added.schema in others:
            yield about(
                rule,
                seen,
                f"{words.belonging(added)} is created in schema {added.schema} by a migration of"
                f" domain {domain}",
                added,
                "added",
                fix=f"create it in schema {domain}, or move the statement to a migration of domain"
                f" {added.schema}",
            )


_GRANTED_ANYWHERE = frozenset({"default privileges", "privileges", "security label"})
"""A grant creates nothing: any domain may give one on another's schema."""


def _has_schema(catalog: Catalog, name: str) -> bool:
    return catalog.find("schema", name) is not None


def _needs_superuser(rule: PlanRule, placed: Placed) -> Iterator[Finding]:
    seen = placed.seen
    failure, twin = seen.forward.failure, placed.as_superuser
    if twin is None or not twin.succeeded:
        return
    if failure is not None:
        yield rule.finding(
            f"runs as superuser only: as the owner, {words.refusal(failure)}",
            file=seen.migration.file,
            line=failure.line,
            migration=seen.migration.version,
        )
        return
    for mine, theirs in zip(seen.forward.statements, twin.statements, strict=True):
        written = {each.object: each for each in mine.writes}
        for each in theirs.writes:
            own = written.get(each.object)
            total = each.inserted + each.updated + each.deleted
            reached = own.inserted + own.updated + own.deleted if own else 0
            if reached < total:
                yield rule.finding(
                    f"row security hides rows of table {each.object} from the owner: the statement"
                    f" writes {reached} of the {total} rows that it writes with BYPASSRLS",
                    file=seen.migration.file,
                    line=mine.line,
                    migration=seen.migration.version,
                    object=f"table {each.object}",
                )


def _contract_same_release(rule: PlanRule, placed: Placed) -> Iterator[Finding]:
    seen = placed.seen
    if not is_done(seen, ChangeType.CONTRACT):
        return
    releases = {each.version: each.release for each in placed.plan.migrations}
    for gone in roots(seen.forward_delta.removed):
        version = placed.provenance.get(gone.identity)
        if version is not None and releases.get(version) == seen.migration.release:
            yield about(
                rule,
                seen,
                f"{words.belonging(gone)} was created by {version} of the same release"
                f" {seen.migration.release}",
                gone,
                "removed",
            )


RULES: tuple[PlanRule, ...] = (
    Rule(
        id="schema-of-domain",
        title="a migration creates objects outside of its domain's schema",
        effect="nobody finds the object where its domain's are, and grants by schema miss it",
        fix="one domain, one schema: create the object in the domain's own",
        proof=Proof.RUN,
        check=_schema_of_domain,
    ),
    Rule(
        id="needs-superuser",
        title="the migration runs only as superuser, or only with BYPASSRLS",
        effect="a managed service gives the owner neither: it fails, or changes no row, there",
        fix="use what the owner may do: trusted extensions, and a policy for the owner's backfills",
        proof=Proof.RUN,
        check=_needs_superuser,
    ),
    CONTRACT_SAME_RELEASE.over(_contract_same_release),
)
