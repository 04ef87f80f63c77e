"""Released files against the lock: edited, renamed, removed, added, or opened again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from harness.plan.files import read_bytes
from harness.plan.lock import (
    LOCK,
    Held,
    Locked,
    LockRead,
    file_name,
    files_of,
    read_lock,
    version_of,
)
from harness.plan.manifest import Manifest
from harness.plan.model import Fault, Phase, Plan

RULE = "released-file-changed"
LATER = "move it to a phase of a later release: what is released takes nothing new"


def lock_faults(plan: Plan, manifest: Manifest, lock_file: str, *, whole: bool) -> Iterator[Fault]:
    """Yield what differs between the released files and the lock, ``lock_file`` by name.

    Where the manifest was not read as a ``whole``, nobody knows which entries it lacks.
    """
    data = read_bytes(plan.root / LOCK)
    if isinstance(data, str):
        if data != "does not exist":
            yield _fault(lock_file, 1, f"the lock {data}", "korevitta-db lock")
            return
        data = b""
    lock = read_lock(data.decode("utf-8-sig", errors="replace"))
    yield from _form(lock, lock_file)
    compared = _Compared(plan, manifest, lock, lock_file)
    yield from compared.phases()
    yield from compared.files()
    if whole:
        yield from compared.gone()


def _form(lock: LockRead, lock_file: str) -> Iterator[Fault]:
    if lock.conflict is not None:
        message = "the lock holds a merge conflict"
        fix = "merge the manifest first, then korevitta-db lock"
        yield _fault(lock_file, lock.conflict, message, fix)
    for first, second in lock.twice:
        message = f"{second.path} stands twice in the lock, first on line {first.line}"
        yield _fault(lock_file, second.line, message, "korevitta-db lock")
    for number in lock.no_entries:
        message = "no line of a lock: it reads sha256, release, path"
        yield _fault(lock_file, number, message, "korevitta-db lock")


@dataclass(frozen=True)
class _Compared:
    """The lock beside the files that phases hold now."""

    plan: Plan
    manifest: Manifest
    lock: LockRead
    lock_file: str

    @cached_property
    def held(self) -> dict[str, tuple[Held, Phase]]:
        return {
            each.path: (each, phase)
            for phase in self.plan.phases
            for each in files_of(self.plan, phase)
        }

    @cached_property
    def locked(self) -> dict[str, tuple[Locked, ...]]:
        found: dict[str, tuple[Locked, ...]] = {}
        for each in self.lock.entries:
            found[each.path] = (*found.get(each.path, ()), each)
        return found

    @cached_property
    def renamed(self) -> dict[str, str]:
        """What released files are called now, by the names that the lock has of them."""
        new = {
            each.sha256: path for path, (each, _) in self.held.items() if path not in self.locked
        }
        return {
            path: new[entries[0].sha256]
            for path, entries in self.locked.items()
            if entries[0].sha256 in new and self._is_gone(path)
        }

    def _is_gone(self, path: str) -> bool:
        return path not in self.held and read_bytes(self.plan.root / path) == "does not exist"

    def phases(self) -> Iterator[Fault]:
        """Yield the phases that have no lock, were opened again, or bear another release."""
        entries = {each.id: each for each in self.manifest.phases}
        for phase in self.plan.phases:
            entry = entries[phase.id]
            held = list(files_of(self.plan, phase))
            locked = [self.locked[each.path][0] for each in held if each.path in self.locked]
            if phase.released and held and not locked:
                yield self._unlocked(phase, held)
            elif not locked or entry.unclear & {"status", "release"}:
                continue
            elif not phase.released:
                yield self._opened(phase, locked)
            elif phase.release not in _releases(locked, self.locked):
                yield self._other_release(phase, locked[0], entry.release_line)

    def files(self) -> Iterator[Fault]:
        """Yield the files that are not what was released, or came later."""
        started = {phase.id for path, (_, phase) in self.held.items() if path in self.locked}
        new_names = set(self.renamed.values())
        for path, (held, phase) in self.held.items():
            entries = self.locked.get(path, ())
            if entries and not self._is_same(held, entries):
                yield self._changed(entries[0])
            elif not entries and phase.released and phase.id in started and path not in new_names:
                yield self._added(held, phase)
        for old, new in self.renamed.items():
            yield self._renamed(self.locked[old][0], new)

    def gone(self) -> Iterator[Fault]:
        """Yield what was released and is there no more, under any name."""
        listed = {
            each.path: each.line
            for phase in self.manifest.phases
            for each in (*phase.migrations, *phase.seeds)
        }
        for path, (entry, *_) in self.locked.items():
            if path not in self.renamed and self._is_gone(path):
                file = self.plan.manifest_file if path in listed else self.lock_file
                message = f"{path} was released with {entry.release}, and is gone"
                yield _fault(file, listed.get(path, entry.line), message, path=path)

    def _is_same(self, held: Held, entries: tuple[Locked, ...]) -> bool:
        """Whether a file is what was released; its line ends are another rule's business."""
        sums = {each.sha256 for each in entries}
        if held.sha256 in sums:
            return True
        data = read_bytes(self.plan.root / held.path)
        return isinstance(data, bytes) and _with_lf(data) in sums

    def _unlocked(self, phase: Phase, held: list[Held]) -> Fault:
        more = f" and {len(held) - 1} more" if len(held) > 1 else ""
        first = min(each.path for each in held)
        message = f"{phase.id} is released, but the lock has no checksum of {first}{more}"
        fix = "korevitta-db lock, and commit the lock with the release"
        return _fault(self.plan.manifest_file, phase.line, message, fix)

    def _opened(self, phase: Phase, locked: list[Locked]) -> Fault:
        message = (
            f"{phase.id} is open, but the lock holds {len(locked)} of its files as released "
            f"with {locked[0].release}"
        )
        fix = "write status: released; what is new belongs in a phase of a later release"
        return _fault(self.plan.manifest_file, phase.line, message, fix)

    def _other_release(self, phase: Phase, entry: Locked, line: int) -> Fault:
        message = f"{phase.id} was released with {entry.release}, and now says {phase.release}"
        fix = f'write release: "{entry.release}"'
        return _fault(self.plan.manifest_file, line, message, fix)

    def _added(self, held: Held, phase: Phase) -> Fault:
        message = f"{phase.id} is released, and the lock does not know {held.path}"
        fix = f"{LATER}; where only its line was lost, restore {LOCK}"
        return _fault(self.plan.manifest_file, held.line, message, fix, path=held.path)

    def _changed(self, entry: Locked) -> Fault:
        message = f"{entry.path} differs from what was released with {entry.release}"
        return _fault(file_name(self.plan, entry.path), 1, message, path=entry.path)

    def _renamed(self, entry: Locked, new: str) -> Fault:
        message = f"{entry.path} was released with {entry.release}, and is now called {new}"
        fix = f"git mv {new} {entry.path}"
        return _fault(file_name(self.plan, new), 1, message, fix, path=entry.path)


def _releases(locked: list[Locked], every: dict[str, tuple[Locked, ...]]) -> set[str]:
    return {each.release for found in locked for each in every[found.path]}


def _with_lf(data: bytes) -> str:
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def _fault(
    file: str, line: int, message: str, fix: str | None = None, path: str | None = None
) -> Fault:
    return Fault(
        rule=RULE,
        file=file,
        line=line,
        message=message,
        fix=fix,
        migration=version_of(path) if path else None,
    )
