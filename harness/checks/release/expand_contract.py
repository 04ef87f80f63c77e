"""Rules of expand and contract: what a migration may add, change or take away, by the catalog."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from harness.catalog.model import CatalogObject, Identity
from harness.checks import words
from harness.checks.downtime.instead import parted
from harness.checks.downtime.lines import OF_PARTITIONS, about, verb_of
from harness.checks.downtime.moments import Observed, is_done
from harness.checks.finding import Finding, Proof, Rule
from harness.checks.release.widening import goes_unnoticed, proof_of_not_null
from harness.diff import AttributeChange, Delta, roots
from harness.plan import ChangeType


def _expand_not_additive(rule: Rule[Observed], seen: Observed) -> Iterator[Finding]:
    if not is_done(seen, ChangeType.EXPAND):
        return
    delta = seen.forward_delta
    renamed = dict(_renames(delta))
    for gone in _missed(seen):
        heir = renamed.get(gone.identity)
        was = words.belonging(gone)
        said = f"{was} is renamed to {parted(heir.name)[1]}" if heir else f"{was} is removed"
        yield about(rule, seen, said, gone, "removed", fix=_instead_of_removal(gone, heir))
    detached = [change for change in delta.changed if _detaches(change)]
    for change in delta.changed:
        found = seen.before.by_identity[change.identity]
        if change in detached:
            said, fix = _detached(change)
            yield about(rule, seen, said, found, "detached", fix=fix)
        elif not (
            goes_unnoticed(change, seen.before)
            or _came_with(change, renamed)
            or _follows(change, found, detached)
            or _only_casts(change, found, delta)
        ):
            yield about(rule, seen, str(change), found, verb_of(change))
    for column in _required(seen):
        if column.identity in renamed.values():
            continue
        said = f"{column.identity} must have a value and has no default"
        table, name = parted(column.identity.name)
        fix = (
            f"ALTER TABLE {table} ADD COLUMN {name} {column.facts['type']} NOT NULL DEFAULT …;"
            "  -- or nullable, and NOT NULL in a contract once everybody writes it"
        )
        yield about(rule, seen, said, column, "added", fix=fix)
    for added in delta.added:
        restricts = added.facts.get("mode") == "restrictive" and added.identity.kind == "policy"
        if restricts and added.parent in seen.before.by_identity:
            said = f"restrictive {words.belonging(added)} takes rows from those who saw them"
            yield about(rule, seen, said, added, "added")


def _detaches(change: AttributeChange) -> bool:
    is_of = change.identity.kind == "table" and change.attribute == "partition of"
    return is_of and change.after is None


def _detached(change: AttributeChange) -> tuple[str, str]:
    """Say what a table that is detached takes along, and what to do instead."""
    return (
        f"{change.identity} is no partition of {change.before} any more, which lacks its rows",
        "detach it in a contract of a later release, once nobody looks for its rows there",
    )


def _follows(
    change: AttributeChange, found: CatalogObject, detached: list[AttributeChange]
) -> bool:
    """Whether bounds, indexes and constraints went only where their detached table went."""
    tables = {each.identity for each in detached}
    concerned = change.identity in tables or found.parent in tables
    return concerned and change.attribute in OF_PARTITIONS and change.after is None


def _only_casts(change: AttributeChange, found: CatalogObject, delta: Delta) -> bool:
    """Whether an expression only casts a column whose type was changed: that is told already."""
    typed = {
        parted(each.identity.name)[0]
        for each in delta.changed
        if (each.identity.kind, each.attribute) == ("column", "type")
    }
    of_table = found.parent is not None and found.parent.name in typed
    return of_table and _without_casts(change.before) == _without_casts(change.after)


def _without_casts(text: str | None) -> str:
    return re.sub(r"::[a-z ]+(\(\d+(,\d+)?\))?(\[\])?|[()]", "", text or "")


def _missed(seen: Observed) -> Iterator[CatalogObject]:
    """Yield what was removed by itself, and not replaced by what does the same and more."""
    for gone in roots(seen.forward_delta.removed):
        if not any(is_kept(seen, gone) for is_kept in _KEPT_OTHERWISE):
            yield gone


def _became_not_null(seen: Observed, gone: CatalogObject) -> bool:
    """Whether a CHECK made way for the NOT NULL that it proved."""
    if gone.identity.kind != "check constraint" or gone.parent is None:
        return False
    return any(
        proof_of_not_null(seen.before, each.identity.name) == gone.identity.name
        for each in seen.after.children.get(gone.parent, ())
        if each.identity.kind == "column" and each.facts.get("not null") == "yes"
    )


def _became_constraint(seen: Observed, gone: CatalogObject) -> bool:
    """Whether an index went on to back a constraint over its columns (USING INDEX)."""
    columns = gone.facts.get("definition", "").rpartition("(")[2]
    return gone.identity.kind == "index" and any(
        each.parent == gone.parent and each.facts["definition"].rpartition("(")[2] == columns
        for each in seen.forward_delta.added
        if each.identity.kind in {"primary key", "unique constraint"}
    )


def _became_inherited(seen: Observed, gone: CatalogObject) -> bool:
    """Whether a partition's own constraint was taken over by the same one of its parent."""
    return any(
        each.identity.kind == gone.identity.kind
        and each.facts.get("definition") == gone.facts.get("definition")
        for each in _constraints_above(seen, gone)
    )


def _became_bounds(seen: Observed, gone: CatalogObject) -> bool:
    """Whether a CHECK over a partition's key only proved the bounds that now hold by themselves."""
    if gone.identity.kind != "check constraint" or gone.parent is None:
        return False
    table = seen.after.by_identity.get(gone.parent)
    parent = seen.after.find("table", table.facts.get("partition of", "")) if table else None
    if parent is None:
        return False
    key = parent.facts.get("partition by", "")
    named = {
        name
        for each in seen.after.children.get(gone.parent, ())
        if each.identity.kind == "column"
        and _is_word(name := parted(each.identity.name)[1], gone.facts["definition"])
    }
    return bool(named) and all(_is_word(name, key) for name in named)


def _constraints_above(seen: Observed, gone: CatalogObject) -> tuple[CatalogObject, ...]:
    table = seen.after.by_identity.get(gone.parent) if gone.parent else None
    parent = seen.after.find("table", table.facts.get("partition of", "")) if table else None
    return seen.after.children.get(parent.identity, ()) if parent else ()


def _is_word(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _went_with_column(seen: Observed, gone: CatalogObject) -> bool:
    """Whether an index or constraint is gone with a column of its own: that one is told."""
    return any(
        column.identity.kind == "column"
        and column.parent == gone.parent
        and _is_word(parted(column.identity.name)[1], gone.facts.get("definition", ""))
        for column in seen.forward_delta.removed
        if gone.identity.kind != "column"
    )


_KEPT_OTHERWISE = (
    _went_with_column,
    _became_not_null,
    _became_constraint,
    _became_inherited,
    _became_bounds,
)


def _renames(delta: Delta) -> Iterator[tuple[Identity, Identity]]:
    """Pair what is gone with what came in its place: same kind, same place, same attributes."""
    come = list(roots(delta.added))
    for gone in roots(delta.removed):
        for heir in come:
            if _same_but_for_name(gone, heir):
                come.remove(heir)
                yield gone.identity, heir.identity
                break


def _same_but_for_name(one: CatalogObject, other: CatalogObject) -> bool:
    same_place = (one.identity.kind, one.parent) == (other.identity.kind, other.parent)
    if not same_place or (one.parent is None and one.schema != other.schema):
        return False
    own, heir = parted(one.identity.name)[1], parted(other.identity.name)[1]
    pairs = {name: value.replace(own, heir) for name, value in one.attributes}
    return pairs == {name: value.replace(own, heir) for name, value in other.attributes}


def _came_with(change: AttributeChange, renamed: Mapping[Identity, Identity]) -> bool:
    """Whether an attribute only speaks of a renamed object by its new name."""
    return any(
        _spoken_of(change.after or "", parted(new.name)[1], parted(old.name)[1]) == change.before
        for old, new in renamed.items()
    )


def _spoken_of(text: str, new: str, old: str) -> str:
    """Write the old name again; a view keeps it as an alias, which then says nothing."""
    named = re.sub(rf"(?<!\w){re.escape(new)}(?!\w)", lambda _: old, text)
    return named.replace(f"{old} AS {old}", old)


def _required(seen: Observed) -> Iterator[CatalogObject]:
    for added in seen.forward_delta.added:
        facts = added.facts
        if (
            added.identity.kind == "column"
            and added.parent in seen.before.by_identity
            and facts.get("not null") is not None
            and not facts.keys() & {"default", "identity", "generated"}
        ):
            yield added


def _instead_of_removal(gone: CatalogObject, heir: Identity | None) -> str | None:
    if heir is None:
        return None
    kind = gone.identity.kind
    if kind == "column":
        table, name = parted(gone.identity.name)
        new = parted(heir.name)[1]
        return (
            f"ALTER TABLE {table} ADD COLUMN {new} {gone.facts['type']};  -- keep it equal to"
            f" {name} with a trigger, backfill in batches, drop {name} in a later contract"
        )
    if kind == "table":
        schema, name = parted(gone.identity.name)
        return (
            f"keep {gone.identity.name} and give it a second name: CREATE VIEW"
            f" {schema}.{parted(heir.name)[1]} WITH (security_invoker) AS TABLE {schema}.{name};"
        )
    return f"keep {parted(gone.identity.name)[1]} and create {parted(heir.name)[1]} beside it"


def _contract_not_removal(rule: Rule[Observed], seen: Observed) -> Iterator[Finding]:
    if not is_done(seen, ChangeType.CONTRACT) or seen.migration.forward.does_nothing:
        return  # a file without statements is told as such
    delta = seen.forward_delta
    for added in roots(delta.added):
        if added.identity.kind not in _COMPLETES_A_CONTRACT:
            said = f"{words.belonging(added)} is new: a contract only takes away"
            yield about(rule, seen, said, added, "added")
    if not delta.removed and not delta.added and not delta.changed:
        yield rule.finding(
            "the contract takes nothing away",
            file=seen.migration.file,
            line=min((each.line for each in seen.migration.forward.statements), default=1),
            migration=seen.migration.version,
        )


_COMPLETES_A_CONTRACT = frozenset(
    {
        "check constraint",
        "domain constraint",
        "exclusion constraint",
        "foreign key",
        "primary key",
        "unique constraint",
    }
)
"""What forbids, and so takes away from what clients may do."""


RULES: tuple[Rule[Observed], ...] = (
    Rule(
        id="expand-not-additive",
        title="an expand removes, renames, narrows or changes what was there before",
        effect="the application of the release before is still running, and meets what it does not"
        " know",
        fix="only add in an expand; take the old away in a contract of a later release",
        proof=Proof.RUN,
        check=_expand_not_additive,
    ),
    Rule(
        id="contract-not-removal",
        title="a contract adds what an expand should",
        effect="what is new arrives only once the old is gone, and cannot be released on its own",
        fix="move what is new to an expand of this release; leave in the contract what it takes"
        " away",
        proof=Proof.RUN,
        check=_contract_not_removal,
    ),
)
