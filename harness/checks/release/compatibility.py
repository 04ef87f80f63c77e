"""`old-app-breaks`: what the release before could do, it must be able to do after an expand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from harness.catalog.model import Identity
from harness.checks.downtime.lines import line_of
from harness.checks.downtime.moments import rows_of
from harness.checks.finding import Finding, Proof, Rule, Severity
from harness.checks.release.asking import Answer, Asked
from harness.checks.release.clients import Aspect, Verb
from harness.checks.release.old_app import OldApp
from harness.checks.release.widening import wider_type
from harness.checks.words import listed
from harness.execute.trace import WEAKEST_FIRST, Trace
from harness.plan import ChangeType, Migration


@dataclass(frozen=True, slots=True, kw_only=True)
class Compatibility:
    """A migration and the old application's statements before it, after V and after R.

    ``after_rollback`` is None where R did not run through or did not bring the catalog back.
    """

    migration: Migration
    forward: Trace
    app: OldApp
    after: tuple[Answer, ...]
    after_rollback: tuple[Answer, ...] | None = None


_FOREIGN_KEY_VIOLATION = "23503"

CompatibilityRule = Rule[Compatibility]


def _old_app_breaks(rule: CompatibilityRule, seen: Compatibility) -> Iterator[Finding]:
    migration = seen.migration
    if migration.change_type is not ChangeType.EXPAND or not seen.forward.succeeded:
        return
    for target, broken in _broken(seen.app, seen.after).items():
        released = broken[0].asked.is_released
        yield rule.finding(
            f"{target}: {_told(broken)}",
            file=migration.file,
            line=_line(seen, target, broken),
            migration=migration.version,
            object=str(target),
            effect=None if released else _YOUNG,
            fix=_fix(broken),
            severity=None if released else Severity.WARNING,
        )
    if seen.after_rollback is not None and migration.rollback_file is not None:
        for target, broken in _broken(seen.app, seen.after_rollback).items():
            yield rule.finding(
                f"after V and R, {target}: {_told(broken)}",
                file=migration.rollback_file,
                migration=migration.version,
                object=str(target),
                effect="the rollback leaves the application of the release before broken",
                fix="bring back in the rollback what V changed of this object, and its rows",
            )


_YOUNG = (
    "the object is as young as the release, so nobody uses it yet; but whoever tests the release"
    " step by step meets the error"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Break:
    """A request that goes another way than before, and how."""

    asked: Asked
    before: Answer
    after: Answer
    said: str

    @property
    def columns(self) -> frozenset[str]:
        """The columns that it is about: missing, refused or of another type."""
        if self.after.message is not None:
            return frozenset(_COLUMN.findall(self.after.message))
        return frozenset(name for name, _ in set(self.before.columns) - set(self.after.columns))


_COLUMN = re.compile(r'column "([^"]+)"')

Broken = list[_Break]


def _broken(app: OldApp, answers: tuple[Answer, ...]) -> Mapping[Identity, Broken]:
    found: dict[Identity, Broken] = {}
    for (asked, before), after in zip(app.requests, answers, strict=True):
        said = difference(asked, before, after)
        # Rows of what is being built in this release come and go; a refusal is worth a word.
        if said is not None and (asked.is_released or not after.worked):
            found.setdefault(asked.request.target, []).append(
                _Break(asked=asked, before=before, after=after, said=said)
            )
    return found


def difference(asked: Asked, before: Answer, after: Answer) -> str | None:
    """Say how an answer differs, in what counts for the request; None where it does not."""
    if not after.worked:
        # A new foreign key keeps rows that others refer to: that is what it is for.
        if asked.request.verb is Verb.DELETE and after.sqlstate == _FOREIGN_KEY_VIOLATION:
            return None
        inside = f" in {after.inside}" if after.inside else ""
        return f"fails{inside}: {after.message} (SQLSTATE {after.sqlstate})"
    if asked.request.aspect is Aspect.SUCCESS:
        return None
    other = _other_columns(before, after)
    counts = asked.request.aspect is Aspect.ROWS and before.rows != after.rows
    if other is None and counts and not _came(before, after):
        return f"reaches {rows_of(after.rows)}, reached {rows_of(before.rows)}"
    return other


def _came(before: Answer, after: Answer) -> bool:
    """Whether more is seen because there is more to see: V brought rows, it opened no door."""
    if before.total is None or after.total is None:
        return False
    return 0 < after.rows - before.rows <= after.total - before.total


def _other_columns(before: Answer, after: Answer) -> str | None:
    if len(before.columns) != len(after.columns):
        return f"returns {len(after.columns)} columns, returned {len(before.columns)}"
    for (name, was), (new_name, now) in zip(before.columns, after.columns, strict=True):
        if name != new_name:
            return f"returns a column {new_name} where {name} was"
        if not wider_type(was, now):
            return f"returns {name} as {now}, returned it as {was}"
    return None


def _told(broken: Broken) -> str:
    """Tell what differs, each difference once, with the statements that met it."""
    labels: dict[tuple[str, str], list[str]] = {}
    for each in broken:
        asked = each.asked
        met = labels.setdefault((f"as {asked.role} with {asked.context}", each.said), [])
        if asked.request.label not in met:
            met.append(asked.request.label)
    first_told: dict[str, str] = {}
    for (who, said), met in labels.items():
        others = f" (and {len(met) - 1} more)" if len(met) > 1 else ""
        first_told.setdefault(said, f"{met[0]}{others} {who} {said}")
    return listed(first_told.values())


def _names_any(text: str, columns: set[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text) for each in columns)


def _refusing(broken: Broken) -> str | None:
    """Name the function in which every one of the statements fails, if there is one."""
    inside = {each.after.inside for each in broken}
    return inside.pop() if len(inside) == 1 else None


def _fix(broken: Broken) -> str | None:
    function = _refusing(broken)
    if function is None:
        return None
    return (
        f"let {function} accept what the release before sends, and demand more in a contract, once"
        " nobody sends that"
    )


def _line(seen: Compatibility, target: Identity, broken: Broken) -> int:
    """Find the function that refuses, or the strongest lock on the object; else where it is named.

    A function that the file does not speak of is no place to look.
    """
    function = _refusing(broken)
    named = function.partition("(")[0] if function else ""
    if function and any(named in each.text for each in seen.migration.forward.statements):
        return line_of(seen.migration.forward, Identity(kind="function", name=function), "added")
    order = WEAKEST_FIRST.index
    columns = {name for each in broken for name in each.columns}
    texts = {each.line: each.text for each in seen.migration.forward.statements}
    locks = [
        (order(lock.mode), _names_any(texts[statement.line], columns), -statement.line)
        for statement in seen.forward.statements
        for lock in statement.locks
        if target.name in {lock.object, lock.table} and lock.mode != WEAKEST_FIRST[0]
    ]
    if locks:
        return -max(locks)[-1]
    return line_of(seen.migration.forward, target, "changed")


RULES: tuple[CompatibilityRule, ...] = (
    Rule(
        id="old-app-breaks",
        title="what the application of the release before does fails, or sees other rows",
        effect="while the release is rolled out the old application is still running: its users"
        " meet errors, or miss rows",
        fix="add beside the old: a nullable column or one with a constant default, a new view or"
        " function under a new name; narrow it in a contract, once nobody uses the old",
        proof=Proof.RUN,
        check=_old_app_breaks,
    ),
)
