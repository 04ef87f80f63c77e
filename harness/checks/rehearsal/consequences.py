"""Root causes: tell a failure of its own from one that an earlier failure explains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from harness.checks.rehearsal.creations import Creation
from harness.execute.trace import Failure
from harness.sql import Script

# PostgreSQL's manual, appendix A: what is missing has one of these.
MISSING = frozenset(
    {
        "22P02",  # invalid_text_representation: a value that an enum does not have
        "3F000",  # invalid_schema_name
        "42703",  # undefined_column
        "42704",  # undefined_object
        "42883",  # undefined_function
        "42P01",  # undefined_table
    }
)
_PART = re.compile(r'^[a-z ]+ "([^"]+)" (?:of relation|for table|for relation) "([^"]+)" does not')
_ENUM_VALUE = re.compile(r'^invalid input value for enum ("?[^:]+"?): "([^"]+)"')
_COLUMN = re.compile(
    r'^column "?([^" ]+)"?(?: named in key| referenced in foreign key constraint)? does not exist'
)
_CALLED = re.compile(r"^(?:function|procedure|aggregate) ([^(]+)\(.*\) does not exist")
_NAMED = re.compile(r'^[a-z ]+ "([^"]+)".* does not exist')


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What a refusal says is not there.

    ``of`` is the table or type that lacks it. ``is_part`` without ``of``: a column, of whichever
    table the statement speaks.
    """

    name: tuple[str, ...]
    of: str | None = None
    is_part: bool = False


def missing_in(failure: Failure) -> Missing | None:
    """Read from a refusal what it misses; None for refusals of other kinds."""
    if failure.sqlstate not in MISSING:
        return None
    said = failure.message
    if found := _ENUM_VALUE.match(said):
        return Missing(name=(found[2],), of=_parts(found[1])[-1], is_part=True)
    if found := _PART.match(said):
        return Missing(name=(found[1],), of=_parts(found[2])[-1], is_part=True)
    if found := _COLUMN.match(said):
        return Missing(name=_parts(found[1])[-1:], is_part=True)
    named = _CALLED.match(said) or _NAMED.match(said)
    return Missing(name=_parts(named[1])) if named else None


def cause_of(
    failure: Failure, script: Script, broken: Mapping[str, frozenset[Creation]]
) -> str | None:
    """Name the earliest broken migration that would have created what the failure misses.

    ``script`` is the file that was refused; ``broken`` maps the versions that did not apply, in
    order, to what they would have created.
    """
    missing = missing_in(failure)
    if missing is None:
        return None
    # What is refused at the end of a transaction is no statement of the file.
    statement = "".join(each.text for each in script.statements[failure.statement :][:1])
    for version, created in broken.items():
        if any(_is_missed(each, missing, statement) for each in created):
            return version
    return None


def guarded_by(
    failure: Failure, after: Iterable[str], broken: Mapping[str, frozenset[Creation]]
) -> str | None:
    """Name the broken expand for whose sake a contract refuses to run, by a RAISE of its own.

    ``after`` are the expands that the contract completes.
    """
    if not (failure.context or "").endswith(" at RAISE"):
        return None
    return next((version for version in after if version in broken), None)


def _is_missed(created: Creation, missing: Missing, statement: str) -> bool:
    if missing.is_part != (created.of is not None):
        return False
    if missing.is_part and missing.of is None:  # the table goes by its name or by an alias
        speaks_of_it = re.search(rf"(?i)\b{re.escape(created.of or '')}\b", statement)
        return created.name == missing.name and speaks_of_it is not None
    if missing.of != created.of:
        return False
    known = min(len(created.name), len(missing.name))  # a schema that one does not say
    return created.name[-known:] == missing.name[-known:]


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip('"') for part in name.split("."))
