"""Start a migration: the next version, both files, and the manifest's entry."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from harness.errors import UsageError
from harness.plan.insertion import insert_migration
from harness.plan.manifest import read_manifest
from harness.plan.model import ChangeType, Migration, Phase, Plan
from harness.plan.names import read_name
from harness.plan.read import MANIFEST, read_plan
from harness.plan.rollbacks import Rollbacks
from harness.plan.shape import RULE, Faults

_LONGEST = 200
_EXPAND = """\
-- O que faz:
-- Por que é seguro:
-- O rollback
"""
_CONTRACT = """\
-- O que faz:
-- Por que é seguro: recusa, sem mudar nada, enquanto o `ready` do manifesto não for 0;
-- O rollback
"""
_ROLLBACK = """\
-- Desfaz {version}:
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaffold:
    """What was written for a new migration."""

    version: str
    forward: Path
    rollback: Path
    manifest: Path


def new_migration(
    root: Path,
    *,
    phase: str,
    domain: str,
    change_type: ChangeType,
    slug: str,
    after: tuple[str, ...] = (),
) -> Scaffold:
    """Write a migration's two files and list it at the end of its phase.

    ``slug`` may be a sentence; ``after`` names the expands that a contract completes. Raises
    `UsageError`, before anything is written, for what the rules of structure would refuse.
    """
    plan, faults = read_plan(root)
    broken = [each for each in faults if each.rule == RULE]
    if broken:
        first = broken[0]
        raise UsageError(f"{first.file}:{first.line}: {first.message}: mend the manifest first")
    chosen = _open_phase(plan, phase)
    _check_domain(chosen, domain)
    _check_after(plan, chosen, change_type, after)
    text = (plan.root / MANIFEST).read_bytes().decode("utf-8")
    version = _next_version(plan, chosen, text)
    name = f"{version}__{domain}__{change_type.value}__{_slug(slug)}.sql"
    path = f"migrations/{chosen.id}/{domain}/{name}"
    if read_name("V", name) is None or len(name) > _LONGEST:
        raise UsageError(f'"{slug}" makes {name}, which is no name of a migration: shorten it')
    more = insert_migration(text, chosen.id, _entry(path, change_type, after))
    _check_insertion(more, chosen, path, plan)
    return _written(plan, path, version, more)


def _open_phase(plan: Plan, name: str) -> Phase:
    known = [each.id for each in plan.phases]
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f": did you mean {near[0]}?" if near else f" (known: {', '.join(known) or 'none'})"
        raise UsageError(f"{plan.manifest_file} has no phase {name}{hint}")
    phase = plan.phase(name)
    if phase.released:
        raise UsageError(f"{name} is released: a new migration belongs in a phase of a later one")
    return phase


def _check_domain(phase: Phase, domain: str) -> None:
    if phase.domains and domain not in phase.domains:
        known = ", ".join(phase.domains)
        raise UsageError(f"{domain} is no domain of {phase.id} (known: {known})")


def _check_after(plan: Plan, phase: Phase, change_type: ChangeType, after: tuple[str, ...]) -> None:
    if change_type is ChangeType.EXPAND and after:
        raise UsageError("an expand completes nothing: only a contract comes after others")
    for version in after:
        expand = _migration(plan, version)
        if expand is None:
            raise UsageError(f"{plan.manifest_file} lists no {version} that this can come after")
        if expand.change_type is ChangeType.CONTRACT:
            raise UsageError(f"{version} is a contract: a contract completes expands")
        if expand.release == phase.release:
            raise UsageError(
                f"{version} is of release {phase.release} as well: "
                "its contract belongs in a phase of a later one"
            )


def _migration(plan: Plan, version: str) -> Migration | None:
    return next((each for each in plan.migrations if each.version == version), None)


def _next_version(plan: Plan, phase: Phase, manifest: str) -> str:
    """Count on from every file that bears the phase's number, listed or not."""
    if phase.order > 999:
        raise UsageError(
            f"{phase.id} has the order {phase.order}: versions hold three digits of it"
        )
    listed = read_manifest(manifest, Faults(plan.manifest_file)).phases
    files = [each.name for each in (plan.root / "migrations").rglob("V*.sql")]
    files += [PurePosixPath(each.path).name for found in listed for each in found.migrations]
    names = [read_name("V", each) for each in files]
    used = [each.sequence for each in names if each and each.phase == phase.order]
    return f"V{phase.order:03d}{max(used, default=0) + 1:03d}"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = "_".join(re.findall(r"[a-z0-9]+", plain.lower()))
    if not slug:
        raise UsageError(f'"{text}" holds no letter or digit: say in a few words what it does')
    return slug


def _entry(path: str, change_type: ChangeType, after: tuple[str, ...]) -> tuple[str, ...]:
    if change_type is ChangeType.EXPAND:
        return (path,)
    return f"path: {path}", f"after: [{', '.join(after)}]"


def _written(plan: Plan, path: str, version: str, manifest: str) -> Scaffold:
    forward, rollback = plan.root / path, plan.root / Rollbacks.expected(path)
    template = _CONTRACT if f"__{ChangeType.CONTRACT.value}__" in forward.name else _EXPAND
    for file, content in ((forward, template), (rollback, _ROLLBACK.format(version=version))):
        if file.exists():
            raise UsageError(f"{file} exists already")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="\n")
    listed = plan.root / MANIFEST
    listed.write_bytes(manifest.encode("utf-8"))
    return Scaffold(version=version, forward=forward, rollback=rollback, manifest=listed)


def _check_insertion(text: str, phase: Phase, path: str, plan: Plan) -> None:
    faults = Faults(plan.manifest_file)
    read = read_manifest(text, faults)
    listed = [
        each.path for found in read.phases if found.id == phase.id for each in found.migrations
    ]
    if faults.found or listed[-1:] != [path]:
        raise UsageError(
            f"{plan.manifest_file} has a form that cannot be added to: add {path} by hand"
        )
