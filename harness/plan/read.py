"""Read a db root: manifest and folders in, a `Plan` and its faults out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from harness.errors import UsageError
from harness.plan.contracts import contract_faults
from harness.plan.files import (
    SqlFile,
    Tree,
    encoding_fault,
    find_repository,
    read_bytes,
    read_file,
)
from harness.plan.lock import LOCK
from harness.plan.manifest import Entry, Manifest, PhaseEntry, read_manifest
from harness.plan.model import ChangeType, Fault, Migration, Missing, Phase, Plan, Seed
from harness.plan.names import FileName, guess_name, printable, read_name
from harness.plan.placement import name_faults, order_faults
from harness.plan.released import lock_faults
from harness.plan.rollbacks import Rollbacks
from harness.plan.shape import Faults
from harness.sql import Script

MANIFEST = "migration-manifest.yaml"


def read_plan(root: Path, repository: Path | None = None) -> tuple[Plan, tuple[Fault, ...]]:
    """Read a db root; what is wrong with it comes back as faults, in the order of files.

    ``repository`` is what file names are relative to: by default the nearest folder above the
    root that is a repository or a project. Migrations of a phase run in the order of their
    versions, also where the manifest lists them in another (which is a fault). Raises
    `UsageError` where the root is no directory or has no manifest.
    """
    root = _absolute(root)
    if not os.path.isdir(root):  # noqa: PTH112 - Path.is_dir raises where it may not look
        raise UsageError(f"{root} is no directory: --db-root needs one with a {MANIFEST}")
    path = root / MANIFEST
    if not os.path.lexists(path):
        raise UsageError(f"{root} has no {MANIFEST}: --db-root needs a directory with one")
    tree = Tree(root, _absolute(repository) if repository else find_repository(root))
    faults = Faults(tree.name(path))
    manifest = _manifest(path, faults)
    reading = _Reading(tree, faults, Rollbacks(tree))
    phases = tuple(reading.phase(each) for each in manifest.phases)
    plan = Plan(
        root=root,
        repository=tree.repository,
        manifest_file=faults.file,
        project=manifest.project or root.name,
        schema_per_domain=manifest.schema_per_domain,
        postgres=manifest.postgres,
        owner=manifest.owner,
        roles=manifest.roles,
        app_roles=manifest.app_roles,
        phases=tuple(sorted(phases, key=lambda each: each.order)),
        incomplete=_incomplete(manifest, faults),
        missing=tuple(reading.missing(phases)),
    )
    unlisted = tuple(reading.unlisted(manifest))
    found = (*faults.found, *order_faults(manifest, faults.file), *unlisted)
    found += (*contract_faults(plan, manifest, whole=not faults.hides_files),)
    found += (*lock_faults(plan, manifest, tree.name(root / LOCK), whole=not faults.hides_files),)
    return plan, tuple(sorted(map(_legible, found), key=lambda each: (each.file, each.line)))


def _incomplete(manifest: Manifest, faults: Faults) -> Fault | None:
    """Return the fault that hides what would run, or as whom."""
    if not faults.hides_phases and not manifest.unclear & {"owner", "roles"}:
        return None
    return next((_legible(each) for each in faults.found if each.file == faults.file), None)


def _legible(fault: Fault) -> Fault:
    """Return a fault that can be printed, whatever a file of the tree is called."""
    fix = "\n".join(map(printable, fault.fix.splitlines())) if fault.fix else fault.fix
    return replace(fault, message=printable(fault.message), fix=fix)


def _absolute(path: Path) -> Path:
    """Make a path absolute, with its links as the caller wrote them."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def _manifest(path: Path, faults: Faults) -> Manifest:
    data = read_bytes(path)
    if isinstance(data, str):
        faults.hide(phases=True)
        faults.add(1, f"the manifest {data}")
        return Manifest()
    read = Faults(faults.file)
    manifest = read_manifest(data.decode("utf-8-sig", errors="replace"), read)
    wrong = encoding_fault(data)
    if wrong is None:
        faults.found += read.found
    else:
        line, message, fix = wrong
        faults.found.append(
            Fault(rule="encoding", file=faults.file, line=line, message=message, fix=fix)
        )
        if manifest.phases:  # else what is no YAML is so because it is no text
            faults.found += read.found
    faults.hides_files, faults.hides_phases = read.hides_files, read.hides_phases
    return manifest


@dataclass(slots=True)
class _Reading:
    """What is gathered while the manifest's entries are read."""

    tree: Tree
    faults: Faults
    rollbacks: Rollbacks
    versions: dict[str, str] = field(default_factory=dict)
    orders: dict[str, tuple[int, int]] = field(default_factory=dict)
    lost: list[tuple[PhaseEntry, FileName, Script | None]] = field(default_factory=list)

    def phase(self, entry: PhaseEntry) -> Phase:
        migrations = [each for line in entry.migrations for each in self._migration(line, entry)]
        seeds = [each for line in entry.seeds for each in self._seed(line, entry)]
        return Phase(
            id=entry.id,
            order=entry.order,
            release=entry.release,
            released=entry.released,
            domains=entry.domains,
            migrations=tuple(each for _, each in sorted(migrations, key=_by_version)),
            seeds=tuple(each for _, each in sorted(seeds, key=_by_version)),
            line=entry.line,
        )

    def _migration(self, entry: Entry, phase: PhaseEntry) -> Iterator[tuple[FileName, Migration]]:
        name, read = self._named("V", entry, phase)
        rollback = self.rollbacks.claim(entry.path, name.version, is_there=read is not None)
        if read is None:
            self._lose(name, phase, rollback)
            return
        if not self._is_new(name.version, entry):
            return
        self.orders[name.version] = name.order
        backward = self._backward(entry, name.version, rollback)
        path = self.tree.root / entry.path
        migration = Migration(
            version=name.version,
            path=path,
            file=self.tree.name(path),
            rollback_path=self.tree.root / rollback if rollback and backward else None,
            rollback_file=self._file(rollback) if rollback and backward else None,
            expected_rollback_file=self._file(Rollbacks.expected(entry.path)),
            domain=name.domain,
            change_type=name.change_type or ChangeType.EXPAND,
            slug=name.slug,
            phase=phase.id,
            release=phase.release,
            line=entry.line,
            after=entry.after,
            ready=entry.ready,
            loses=entry.loses,
            forward=read.script,
            backward=backward.script if backward else None,
        )
        yield name, migration

    def _lose(self, name: FileName, phase: PhaseEntry, rollback: str | None) -> None:
        """Remember a migration without a file, and what its rollback would take back."""
        back = read_file(self.tree.root / rollback, rollback, name.version) if rollback else None
        script = back.script if isinstance(back, SqlFile) else None
        self.lost.append((phase, name, script))

    def missing(self, phases: tuple[Phase, ...]) -> Iterator[Missing]:
        """Yield the migrations without a file, each with its place in the chain of the others."""
        places = [
            (phase.order, self.orders[each.version])
            for phase in phases
            for each in phase.migrations
        ]
        for phase, name, script in self.lost:
            place = sum(1 for each in places if each < (phase.order, name.order))
            yield Missing(version=name.version, place=place, backward=script)

    def _seed(self, entry: Entry, phase: PhaseEntry) -> Iterator[tuple[FileName, Seed]]:
        name, read = self._named("S", entry, phase)
        if read is None or not self._is_new(name.version, entry):
            return
        path = self.tree.root / entry.path
        yield (
            name,
            Seed(
                version=name.version,
                path=path,
                file=self.tree.name(path),
                domain=name.domain,
                slug=name.slug,
                phase=phase.id,
                line=entry.line,
                script=read.script,
            ),
        )

    def _named(
        self, letter: str, entry: Entry, phase: PhaseEntry
    ) -> tuple[FileName, SqlFile | None]:
        """Read a listed file and its name; a name that no file bears is nobody's mistake."""
        path = PurePosixPath(entry.path)
        name = read_name(letter, path.name)
        known = name or guess_name(letter, path.name, path.parent.name)
        read = self._read(entry.path, known.version, entry.line)
        if read is not None:
            file = self._file(entry.path)
            self.faults.found.extend(name_faults(letter, path, name, phase, file))
        return known, read

    def _read(self, path: str, version: str, line: int) -> SqlFile | None:
        read = read_file(self.tree.root / path, self._file(path), version)
        if isinstance(read, SqlFile):
            self.faults.found.extend(read.faults)
            return read
        message = f"{path} is listed, but {read}"
        self._say("manifest-missing-file", self.faults.file, line, message, version)
        return None

    def _backward(self, entry: Entry, version: str, rollback: str | None) -> SqlFile | None:
        expected = rollback or Rollbacks.expected(entry.path)
        read = read_file(self.tree.root / expected, self._file(expected), version)
        if isinstance(read, SqlFile):
            self.faults.found.extend(read.faults)
            return read
        message = f"{version} has no rollback: {expected} {read}"
        self._say("rollback-missing", self._file(entry.path), 1, message, version)
        return None

    def _is_new(self, version: str, entry: Entry) -> bool:
        first = self.versions.setdefault(version, entry.path)
        if first == entry.path:
            return True
        message = f"{version} is the version of {entry.path} and of {first}"
        self._say("version-duplicate", self.faults.file, entry.line, message, version)
        return False

    def unlisted(self, manifest: Manifest) -> Iterator[Fault]:
        """Yield the files that no phase lists, then what is wrong with the rollbacks."""
        listed = {
            each.path for phase in manifest.phases for each in (*phase.migrations, *phase.seeds)
        }
        known = set(self.versions)
        for letter, folder, rule in (
            ("V", "migrations", "file-name"),
            ("S", "seeds", "seed-name"),
        ):
            for path in self.tree.found(folder):
                name = read_name(letter, PurePosixPath(path).name)
                known.add(name.version if name else "")
                if path not in listed and (name is None or not self.faults.hides_files):
                    yield self._stray(path, name, rule)
        for path, reason in self.tree.closed:
            message = f"{path} cannot be read ({reason}): nobody knows what it holds"
            yield Fault(
                rule="manifest-missing-file", file=self._file(path), line=1, message=message
            )
        yield from self.rollbacks.faults(frozenset(known))

    def _stray(self, path: str, name: FileName | None, rule: str) -> Fault:
        base = PurePosixPath(path).name
        if name is None:
            message = f'"{base}" is no name of a file of this folder'
            return Fault(rule=rule, file=self._file(path), line=1, message=message)
        message = f"{base} is listed in no phase of {self.faults.file}, so it never runs"
        return Fault(
            rule="manifest-unlisted-file",
            file=self._file(path),
            line=1,
            message=message,
            migration=name.version if name.letter == "V" else None,
            fix=f"- {path}",
        )

    def _file(self, path: str) -> str:
        return self.tree.name(self.tree.root / path)

    def _say(self, rule: str, file: str, line: int, message: str, version: str) -> None:
        self.faults.found.append(
            Fault(rule=rule, file=file, line=line, message=message, migration=version)
        )


def _by_version(pair: tuple[FileName, object]) -> tuple[int, int]:
    return pair[0].order
