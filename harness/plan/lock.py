"""The manifest's lock: what each released file held when it was released."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harness.errors import UsageError
from harness.plan.files import read_bytes
from harness.plan.model import Phase, Plan
from harness.sql import Script

LOCK = "migration-manifest.lock"

_HEADER = "# sha256, release and path of each file of a released phase: korevitta-db lock\n"
_LINE = re.compile(r"(?P<sha256>[0-9a-f]{64}) {2}(?P<release>\S(?:.*\S)?) {2}(?P<path>\S.*)")
_CONFLICT = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """A line of the lock; ``path`` is relative to the db root."""

    sha256: str
    release: str
    path: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LockRead:
    """A lock as it stands; of a path that stands twice the first line counts.

    ``conflict`` is the line at which a merge left two versions of it, then ``entries`` holds the
    lines of both.
    """

    entries: tuple[Locked, ...]
    conflict: int | None = None
    twice: tuple[tuple[Locked, Locked], ...] = ()
    no_entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A file that a phase lists, as it is now; ``line`` is its entry's in the manifest."""

    path: str
    sha256: str
    line: int


def lock_text(plan: Plan) -> str:
    """Write the lock that fits the released phases of a plan as they are now."""
    lines = [
        f"{each.sha256}  {phase.release}  {each.path}\n"
        for phase in plan.phases
        if phase.released
        for each in sorted(files_of(plan, phase), key=lambda each: each.path)
    ]
    return "".join([_HEADER, *lines])


def write_lock(plan: Plan) -> Path:
    """Write the lock beside the manifest; return its path.

    Raises `UsageError` where it cannot be written.
    """
    path = plan.root / LOCK
    try:
        path.write_text(lock_text(plan), encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    return path


def locked_sums(plan: Plan) -> dict[str, str]:
    """Return the checksums that the lock holds by path; none where there is no lock."""
    data = read_bytes(plan.root / LOCK)
    text = data.decode("utf-8-sig", errors="replace") if isinstance(data, bytes) else ""
    return {each.path: each.sha256 for each in read_lock(text).entries}


def read_lock(text: str) -> LockRead:
    """Read a lock; whatever is no line of one is told by its number."""
    entries: list[Locked] = []
    first: dict[str, Locked] = {}
    twice: list[tuple[Locked, Locked]] = []
    odd: list[int] = []
    conflict: int | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.fullmatch(line)
        if match is not None:
            entry = Locked(line=number, **match.groupdict())
            entries.append(entry)
            if first.setdefault(entry.path, entry) is not entry:
                twice.append((first[entry.path], entry))
        elif _CONFLICT.fullmatch(line):
            conflict = conflict or number
        elif line.strip() and not line.startswith("#"):
            odd.append(number)
    if conflict is None:
        doubles = {id(each) for _, each in twice}
        entries = [each for each in entries if id(each) not in doubles]
    return LockRead(
        entries=tuple(entries),
        conflict=conflict,
        twice=tuple(twice) if conflict is None else (),
        no_entries=tuple(odd),
    )


def files_of(plan: Plan, phase: Phase) -> Iterator[Held]:
    """Yield the files of a phase that could be read, forward, backward and seeds."""
    found: list[tuple[Path | None, Script | None, int]] = []
    for each in phase.migrations:
        found.append((each.path, each.forward, each.line))
        found.append((each.rollback_path, each.backward, each.line))
    found += [(each.path, each.script, each.line) for each in phase.seeds]
    for path, script, line in found:
        if path is not None and script is not None:
            name = path.relative_to(plan.root).as_posix()
            yield Held(path=name, sha256=script.sha256, line=line)


def version_of(path: str) -> str | None:
    """Return the version of a migration's or a rollback's path; None for a seed's."""
    name = path.rpartition("/")[2]
    return "V" + name[1:].partition("__")[0] if name[:1] in {"V", "R"} else None


def file_name(plan: Plan, path: str) -> str:
    """Return a path below the db root as findings name it."""
    folder = plan.manifest_file.rpartition("/")[0]
    return f"{folder}/{path}" if folder else path
