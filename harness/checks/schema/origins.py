"""Where an object of the catalog comes from: the file and line that first names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.plan import Migration, Phase, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A place in the files; ``version`` is None where only the manifest can be named."""

    file: str
    line: int
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Finds where objects were made, among the migrations that ran; else ``otherwise``."""

    otherwise: Origin
    migrations: tuple[Migration, ...] = ()

    def of(self, *names: str) -> Origin:
        """Find the first statement that names one of ``names``, the first of them first.

        A name is qualified as the catalog writes it. The object's own name comes first, then
        that of what it belongs to, for objects that no file names (a partition made by a
        function).
        """
        for name in names:
            for pattern in _patterns(name):
                found = self._first(pattern)
                if found is not None:
                    return found
        return self.otherwise

    def _first(self, pattern: re.Pattern[str]) -> Origin | None:
        for migration in self.migrations:
            for statement in migration.forward.statements:
                match = pattern.search(statement.text)
                if match is not None:
                    line = statement.line + statement.text.count("\n", 0, match.start())
                    return Origin(file=migration.file, line=line, version=migration.version)
        return None


def origins_of(plan: Plan, phase: Phase) -> Origins:
    """Look for origins in the migrations of a phase and of those before it."""
    return Origins(
        otherwise=Origin(file=plan.manifest_file, line=phase.line),
        migrations=tuple(
            each
            for before in plan.phases
            if before.order <= phase.order
            for each in before.migrations
        ),
    )


def _patterns(name: str) -> Iterator[re.Pattern[str]]:
    """Match the qualified name first, then its last part alone (a constraint's, a policy's)."""
    bare = name.partition("(")[0]
    last = bare.rpartition(".")[2]
    for text in dict.fromkeys((bare, last)):
        yield re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE)
