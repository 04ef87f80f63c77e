"""Tables whose isolation could not be tried, gathered by what keeps rows out of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from harness.checks.finding import Finding
from harness.checks.schema.located import SchemaRule, located
from harness.checks.schema.origins import Origin
from harness.checks.schema.phase_schema import PhaseSchema
from harness.samples import Refusal

_FIX = "let it take sample rows of several owners, so that isolation can be proven"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """What keeps rows out of a table, and out of all that refer to it.

    ``refusal`` is None where the table has rows, but not of two owners.
    """

    table: str
    refusal: Refusal | None

    @property
    def function(self) -> str | None:
        """The function that refuses the rows."""
        return self.refusal.raised_in if self.refusal is not None else None


def could_not_be_probed(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    """Say once for each lack that isolation is unproven; what else it leaves unproven follows."""
    settings: dict[str, list[str]] = {}
    for setting, table in seen.unprobed:
        settings.setdefault(table, []).append(setting)
    told: dict[Lack, str | None] = {}
    refusals = {each.table: each.refusal for each in seen.unfilled}
    lacks = {table: _lack(table, refusals) for table in settings}
    for table in sorted(settings, key=lambda each: (each != lacks[each].table, each)):
        lack = lacks[table]
        found = _told(rule, seen, table, settings[table], lack)
        cause = _broken(seen, lack) or told.get(lack)
        if cause is not None:
            yield replace(found.because_of(cause), fix=_FIX)
        else:
            told[lack] = found.migration
            yield found


def _lack(table: str, refusals: Mapping[str, Refusal]) -> Lack:
    """Follow missing parents up to the table that is refused itself."""
    met = [table]
    while (refusal := refusals.get(met[-1])) and refusal.parent and refusal.parent not in met:
        met.append(refusal.parent)
    return Lack(table=met[-1], refusal=refusals.get(met[-1]))


def _told(
    rule: SchemaRule, seen: PhaseSchema, table: str, settings: list[str], lack: Lack
) -> Finding:
    said = f"table {table} could not be probed for {' and '.join(settings)}"
    if lack.refusal is None:
        said += ": no two owners have rows in it"
    elif lack.function is None:
        said += f": no two owners have rows in {lack.table} ({lack.refusal.said})"
    else:
        said += f": {lack.function} refuses rows of {lack.table} ({lack.refusal.said})"
    if lack.function is None:
        return located(rule, seen, said, (lack.table,), said=f"table {table}", fix=_FIX)
    origin = seen.origins.of_body(lack.function)
    named = f"function {lack.function}"
    return located(rule, seen, said, (lack.table,), said=named, fix=_FIX, origin=origin)


def _broken(seen: PhaseSchema, lack: Lack) -> str | None:
    """Name the migration of a function that cannot run: `function-broken` tells the story."""
    if lack.function is None or all(each.name != lack.function for each in seen.broken):
        return None
    return seen.origins.of_body(lack.function).version


def cause_elsewhere(seen: PhaseSchema) -> Origin | None:
    """Return where the function stands that keeps rows out of every unprobed table, if one does."""
    refusals = {each.table: each.refusal for each in seen.unfilled}
    for _, table in seen.unprobed:
        lack = _lack(table, refusals)
        if _broken(seen, lack) is not None and lack.function is not None:
            return seen.origins.of_body(lack.function)
    return None
