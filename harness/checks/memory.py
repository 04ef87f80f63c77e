"""Memory: which costly proofs passed before, by everything that they follow from.

A proof is a function of the files, of the harness and of the server. Where none of them changed,
it would come out the same; so trials and probes that passed are not made again, while every
migration still runs forward, backward and forward again. Only what passed without a word is
remembered, never a failure.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import accumulate
from pathlib import Path

from harness.checks.static import Cache
from harness.plan import Migration, Phase, Plan

_READ_BY_PROOFS = ("scripts", "contracts", "observability", "../runbooks")
"""Folders, from the db root, whose files a proof may read beside the migrations."""


class Memory:
    """Remembers proofs of one plan on one server; ``server`` tells its kind and version."""

    def __init__(self, cache: Cache, plan: Plan, server: str) -> None:
        self._cache = cache
        self._plan = plan
        self._server = server

    def of_migration(self, check: str, migration: Migration) -> Proof:
        """Return the proof of a migration: it follows from the files up to its own."""
        place = self._plan.migrations.index(migration) + 1
        return self._proof(check, migration.version, self._prefixes[place])

    def of_phase(self, check: str, phase: Phase, of: str | None = None) -> Proof:
        """Return the proof of a phase's end, or of one of its seeds."""
        place = sum(len(each.migrations) for each in self._plan.phases if each.order <= phase.order)
        seeds = [seed.script.sha256 for each in self._plan.phases for seed in each.seeds]
        return self._proof(check, of or phase.id, self._prefixes[place], *seeds)

    def of_file(self, check: str, file: str, program: str = "") -> Proof:
        """Return the proof of a file that operators use: it follows from the whole db root.

        ``program`` names what it was proven with beside the harness, where that is something.
        """
        seeds = [seed.script.sha256 for each in self._plan.phases for seed in each.seeds]
        return self._proof(check, file, program, self._prefixes[-1], *seeds)

    def _proof(self, check: str, of: str, *causes: str) -> Proof:
        return Proof(self._cache, _digest(self._setting, check, of, *causes))

    @cached_property
    def _setting(self) -> str:
        plan = self._plan
        beside = [_content(plan.root / each) for each in _READ_BY_PROOFS]
        told = (plan.owner, plan.roles, plan.app_roles, plan.schema_per_domain, plan.postgres)
        return _digest(_harness(), self._server, repr(told), *beside)

    @cached_property
    def _prefixes(self) -> tuple[str, ...]:
        """Digest the chain up to each place."""
        steps = (_step(phase, each) for phase in self._plan.phases for each in phase.migrations)
        return tuple(accumulate(("", *steps), _digest))


class Proof:
    """One proof, as far as it is remembered."""

    def __init__(self, cache: Cache, key: str) -> None:
        self._cache = cache
        self._key = f"korevitta/proofs/{key[:40]}"

    @property
    def passed(self) -> bool:
        """Whether it passed before."""
        return self._cache.get(self._key, None) == "passed"

    def keep(self) -> None:
        """Remember that it passed."""
        self._cache.set(self._key, "passed")


def _step(phase: Phase, migration: Migration) -> str:
    told = (
        phase.id,
        phase.release,
        phase.domains,
        migration.file,
        migration.after,
        migration.ready,
        migration.loses,
    )
    backward = migration.backward.sha256 if migration.backward else ""
    return _digest(repr(told), migration.forward.sha256, backward)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _content(folder: Path) -> str:
    """Digest the names and bytes of every file below a folder; a missing one has none."""
    found = sorted(each for each in folder.rglob("*") if each.is_file())
    return _digest(
        *(
            f"{each.relative_to(folder).as_posix()} {hashlib.sha256(each.read_bytes()).hexdigest()}"
            for each in found
        )
    )


@cache
def _harness() -> str:
    """Digest this harness itself, and what it proves with."""
    programs = (f"{each} {version(each)}" for each in ("psycopg", "postgast"))
    sources = (hashlib.sha256(each.read_bytes()).hexdigest() for each in _sources(files("harness")))
    return _digest(sys.version, *programs, *sources)


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for each in sorted(folder.iterdir(), key=lambda found: found.name):
        if each.is_dir():
            yield from _sources(each)
        elif each.name.endswith((".py", ".sql")):
            yield each
