"""The manifest's lock: what each released file held when it was released."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harness.plan.model import Fault, Phase, Plan
from harness.sql import Script

LOCK = "migration-manifest.lock"
RULE = "released-file-changed"

_HEADER = "# sha256, release and path of each file of a released phase: korevitta-db lock\n"
_LINE = re.compile(r"(?P<sha256>[0-9a-f]{64}) {2}(?P<release>\S(?:.*\S)?) {2}(?P<path>\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """A line of the lock; ``path`` is relative to the db root."""

    sha256: str
    release: str
    path: str
    line: int


def lock_text(plan: Plan) -> str:
    """Write the lock that fits the released phases of a plan as they are now."""
    lines = [
        f"{sha256}  {phase.release}  {path}\n"
        for phase in plan.phases
        if phase.released
        for path, sha256 in sorted(_checksums(plan, phase))
    ]
    return "".join([_HEADER, *lines])


def write_lock(plan: Plan) -> Path:
    """Write the lock beside the manifest; return its path."""
    path = plan.root / LOCK
    path.write_text(lock_text(plan), encoding="utf-8", newline="\n")
    return path


def lock_faults(plan: Plan, lock_file: str) -> Iterator[Fault]:
    """Yield what differs between the released files and the lock, ``lock_file`` by name."""
    path = plan.root / LOCK
    try:
        text = path.read_bytes().decode("utf-8", errors="replace")
    except FileNotFoundError:
        text = ""
    except OSError as error:
        yield _fault(lock_file, 1, f"the lock cannot be read ({error.strerror})")
        return
    locked: dict[str, Locked] = {}
    for entry in read_lock(text):
        if isinstance(entry, int):
            yield _fault(lock_file, entry, "no line of a lock: it reads sha256, release, path")
        else:
            locked[entry.path] = entry
    yield from _compared(plan, locked, lock_file)


def read_lock(text: str) -> Iterator[Locked | int]:
    """Yield the entries of a lock, and the number of each line that is none."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            yield number
        else:
            yield Locked(line=number, **match.groupdict())


def _compared(plan: Plan, locked: dict[str, Locked], lock_file: str) -> Iterator[Fault]:
    for phase in plan.phases:
        found = dict(_checksums(plan, phase)) if phase.released else {}
        unlocked = sorted(found.keys() - locked.keys())
        if unlocked:
            yield _unlocked(plan, phase, unlocked)
        for path in sorted(found.keys() & locked.keys()):
            entry = locked.pop(path)
            if entry.sha256 != found[path]:
                yield _changed(plan, entry)
    for entry in locked.values():
        message = f"{entry.path} was released with {entry.release}, and is not released any more"
        yield _fault(lock_file, entry.line, message)


def _unlocked(plan: Plan, phase: Phase, paths: list[str]) -> Fault:
    message = f"{phase.id} is released, but the lock has no checksum of {paths[0]}"
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return Fault(
        rule=RULE,
        file=plan.manifest_file,
        line=phase.line,
        message=message + more,
        fix="korevitta-db lock, and commit the lock with the release",
    )


def _changed(plan: Plan, entry: Locked) -> Fault:
    file = _named(plan, entry.path)
    message = f"{entry.path} differs from what was released with {entry.release}"
    return Fault(rule=RULE, file=file, line=1, message=message, migration=version_of(entry.path))


def _named(plan: Plan, path: str) -> str:
    folder = plan.manifest_file.rpartition("/")[0]
    return f"{folder}/{path}" if folder else path


def version_of(path: str) -> str | None:
    """Return the version of a migration's or a rollback's path; None for a seed's."""
    name = path.rpartition("/")[2]
    return "V" + name[1:].partition("__")[0] if name[:1] in {"V", "R"} else None


def _fault(file: str, line: int, message: str) -> Fault:
    return Fault(rule=RULE, file=file, line=line, message=message)


def _checksums(plan: Plan, phase: Phase) -> Iterator[tuple[str, str]]:
    pairs: list[tuple[Path | None, Script | None]] = []
    for each in phase.migrations:
        pairs += [(each.path, each.forward), (each.rollback_path, each.backward)]
    pairs += [(each.path, each.script) for each in phase.seeds]
    for path, script in pairs:
        if path is not None and script is not None:
            yield path.relative_to(plan.root).as_posix(), script.sha256
