"""Whether a file is named by the convention, stands where its name says, and in its turn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from harness.plan.manifest import Entry, Manifest, PhaseEntry
from harness.plan.model import Fault
from harness.plan.names import PATTERN, SEED_PATTERN, FileName, read_name


def name_faults(
    letter: str, path: PurePosixPath, name: FileName | None, phase: PhaseEntry, file: str
) -> Iterator[Fault]:
    """Yield what is wrong with a listed file's name and folder."""
    if name is None:
        rule, form = ("seed-name", SEED_PATTERN) if letter == "S" else ("file-name", PATTERN)
        message = f'"{path.name}" does not follow {form}'
        yield Fault(rule=rule, file=file, line=1, message=message, fix=_form_fix(letter, phase))
        return
    if name.letter == "V":
        yield from _folder(path, name, phase, file)
    else:
        yield from _seed_folder(path, name, phase, file)
    if phase.domains and name.domain not in phase.domains:
        yield Fault(
            rule="domain-unknown",
            file=file,
            line=1,
            migration=_migration(name),
            message=f'"{name.domain}" is no domain of {phase.id} ({", ".join(phase.domains)})',
        )


def _form_fix(letter: str, phase: PhaseEntry) -> str:
    kind = "" if letter == "S" else "expand__"
    return f"name it like {letter}{phase.order:03d}001__domain__{kind}what_it_does.sql"


def _migration(name: FileName) -> str | None:
    return name.version if name.letter == "V" else None


def _folder(path: PurePosixPath, name: FileName, phase: PhaseEntry, file: str) -> Iterator[Fault]:
    expected = PurePosixPath("migrations", phase.id, name.domain)
    if "id" in phase.unclear:
        return  # which folder is right is not known
    if path.parent != expected:
        yield Fault(
            rule="folder-differs-from-name",
            file=file,
            line=1,
            migration=name.version,
            message=f"{path.name} of {phase.id} stands in {path.parent}, not in {expected}",
            fix=f"git mv {path} {expected}/",
        )
    elif name.phase != phase.order and "order" not in phase.unclear:
        yield _other_phase("folder-differs-from-name", path, name, phase, file)


def _seed_folder(
    path: PurePosixPath, name: FileName, phase: PhaseEntry, file: str
) -> Iterator[Fault]:
    flat = PurePosixPath("seeds", phase.id)
    if "id" in phase.unclear:
        return
    if path.parent not in {flat, flat / name.domain}:
        yield Fault(
            rule="seed-name",
            file=file,
            line=1,
            message=f"{path.name} of {phase.id} stands in {path.parent}, not in {flat}",
            fix=f"git mv {path} {flat}/",
        )
    elif name.phase != phase.order and "order" not in phase.unclear:
        yield _other_phase("seed-name", path, name, phase, file)


def _other_phase(
    rule: str, path: PurePosixPath, name: FileName, phase: PhaseEntry, file: str
) -> Fault:
    return Fault(
        rule=rule,
        file=file,
        line=1,
        migration=_migration(name),
        message=f"{path.name} bears the number of phase {name.phase:03d}, "
        f"but {phase.id} is phase {phase.order:03d}",
    )


def order_faults(manifest: Manifest, file: str) -> Iterator[Fault]:
    """Yield the phases and files that the manifest lists before one with a smaller number."""
    highest: PhaseEntry | None = None
    for phase in manifest.phases:
        if highest is not None and phase.order < highest.order:
            message = f"{phase.id} (order {phase.order}) is listed after {highest.id}"
            message += f" (order {highest.order})"
            yield Fault(rule="manifest-order", file=file, line=phase.line, message=message)
        else:
            highest = phase
        yield from _entries_order("V", phase.migrations, file)
        yield from _entries_order("S", phase.seeds, file)


def _entries_order(letter: str, entries: tuple[Entry, ...], file: str) -> Iterator[Fault]:
    highest: FileName | None = None
    for entry in entries:
        name = read_name(letter, PurePosixPath(entry.path).name)
        if name is None:
            continue
        if highest is not None and name.order < highest.order:
            message = f"{name.version} is listed after {highest.version}, but runs before it"
            yield Fault(
                rule="manifest-order",
                file=file,
                line=entry.line,
                message=message,
                migration=_migration(name),
                fix=f"list {name.version} before {highest.version}, or give it a later version",
            )
        else:
            highest = name
