"""The corpus: DDL of every form of the manual that applies to a database, as data.

A file of `corpus/` holds paragraphs. Those before `-- statements` prepare the area, each one
after it is a case. Comments of the form `-- word: text` above a case say what is special:
`since` is the PostgreSQL major version that knows the syntax, `differs` is the reason why
pg_dump and the catalog are of different opinions about it, `unlike` the reason why no replay of
a snapshot can have its effect.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).with_name("corpus")
_OLDEST = 16
_SPECIAL = re.compile(r"^-- (since|differs|unlike): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One statement; `differs` and `unlike` are the reasons of known exceptions."""

    sql: str
    line: int
    since: int
    differs: str | None
    unlike: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One file of the corpus, which has a database of its own."""

    name: str
    prologue: tuple[Case, ...]
    cases: tuple[Case, ...]


def read_corpus() -> tuple[Area, ...]:
    """Read all areas, by name."""
    return tuple(_area(path) for path in sorted(_FOLDER.glob("*.sql")))


def _area(path: Path) -> Area:
    text = path.read_text(encoding="utf-8")
    begins = text.index("-- statements\n")
    cases = tuple(
        _case(found.group(), line=text.count("\n", 0, found.start()) + 1)
        for found in re.finditer(r"(?:[^\n]+\n)+", text)
        if any(not line.startswith("--") for line in found.group().splitlines())
    )
    first = text.count("\n", 0, begins) + 1
    return Area(
        name=path.stem,
        prologue=tuple(case for case in cases if case.line < first),
        cases=tuple(case for case in cases if case.line > first),
    )


def _case(paragraph: str, line: int) -> Case:
    special = dict(_SPECIAL.findall(paragraph))
    return Case(
        sql=paragraph,
        line=line,
        since=int(special.get("since", _OLDEST)),
        differs=special.get("differs"),
        unlike=special.get("unlike"),
    )
