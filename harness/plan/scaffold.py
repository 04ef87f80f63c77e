"""Start a migration: the next version, both files, and the manifest's entry."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from harness.errors import UsageError
from harness.plan import templates
from harness.plan.insertion import insert_migration
from harness.plan.lock import locked_sums
from harness.plan.manifest import Entry, Manifest, PhaseEntry, read_manifest
from harness.plan.model import ChangeType, Migration, Phase, Plan
from harness.plan.names import is_domain, read_name
from harness.plan.read import MANIFEST, read_plan
from harness.plan.rollbacks import Rollbacks
from harness.plan.shape import RULE, Faults
from harness.plan.writing import write_together

_LONGEST = 200
_MARK = "\ufeff"


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

    ``slug`` may be a sentence; ``after`` names the expands that a contract completes, which its
    author may also fill in later. Raises `UsageError`, with nothing written, for what the rules of
    structure would refuse.
    """
    plan, faults = read_plan(root)
    broken = [each for each in faults if each.rule == RULE]
    if broken:
        first = broken[0]
        raise UsageError(f"{first.file}:{first.line}: {first.message}: mend the manifest first")
    chosen = _open_phase(plan, phase)
    _check_domain(chosen, domain)
    completed = tuple(dict.fromkeys(after))
    _check_after(plan, chosen, change_type, completed)
    text = _text(plan)
    version = _next_version(plan, chosen, text)
    name = f"{version}__{domain}__{change_type.value}__{_slug(slug)}.sql"
    path = f"migrations/{chosen.id}/{domain}/{name}"
    if read_name("V", name) is None or len(name) > _LONGEST:
        raise UsageError(f'"{slug}" makes {name}, which is no name of a migration: shorten it')
    mark, bare = text[: text.startswith(_MARK)], text.removeprefix(_MARK)
    more = insert_migration(bare, chosen.id, _entry(path, change_type, completed))
    _check_insertion(bare, more, chosen, path)
    return _written(plan, path, version, change_type, mark + more)


def _open_phase(plan: Plan, name: str) -> Phase:
    known = [each.id for each in plan.phases]
    if name not in known:
        raise UsageError(f"{plan.manifest_file} has no phase {name}{_hint(name, known)}")
    phase = plan.phase(name)
    if phase.released:
        raise UsageError(f"{name} is released: a new migration belongs in a phase of a later one")
    return phase


def _check_domain(phase: Phase, domain: str) -> None:
    if phase.domains and domain not in phase.domains:
        raise UsageError(f"{domain} is no domain of {phase.id}{_hint(domain, phase.domains)}")
    if not is_domain(domain):
        raise UsageError(
            f'"{domain}" can be no domain: words of lower-case letters and digits, joined by "_"'
        )


def _hint(name: str, known: tuple[str, ...] | list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f": did you mean {near[0]}?" if near else f" (known: {', '.join(known[-9:]) or 'none'})"


def _check_after(plan: Plan, phase: Phase, change_type: ChangeType, after: tuple[str, ...]) -> None:
    if change_type is ChangeType.EXPAND:
        if after:
            raise UsageError("an expand completes nothing: only a contract comes after others")
        return
    for version in after:
        _check_expand(plan, phase, version)
    if not any(_refusal(plan, phase, each) is None for each in plan.migrations):
        raise UsageError(
            f"no expand of a release before {phase.release} is there for a contract to complete"
        )


def _check_expand(plan: Plan, phase: Phase, version: str) -> None:
    every = {each.version: each for each in plan.migrations}
    if version not in every:
        raise UsageError(
            f"{plan.manifest_file} lists no {version} that this can come after"
            f"{_hint(version, list(every))}"
        )
    refusal = _refusal(plan, phase, every[version])
    if refusal is not None:
        raise UsageError(refusal)


def _refusal(plan: Plan, phase: Phase, expand: Migration) -> str | None:
    """Return why a contract in this phase cannot complete a migration."""
    version = expand.version
    if expand.change_type is ChangeType.CONTRACT:
        return f"{version} is a contract: a contract completes expands"
    if expand.release == phase.release:
        return (
            f"{version} is of release {phase.release} as well: "
            "its contract belongs in a phase of a later one"
        )
    if plan.phase(expand.phase).order > phase.order:
        return f"{version} of {expand.phase} runs later than {phase.id}"
    return None


def _text(plan: Plan) -> str:
    try:
        return (plan.root / MANIFEST).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"{plan.manifest_file} is not encoded in UTF-8: save it so") from None


def _next_version(plan: Plan, phase: Phase, manifest: str) -> str:
    """Count on from every file that bears the phase's number, or did when it was released."""
    listed = read_manifest(manifest.removeprefix(_MARK), Faults(plan.manifest_file)).phases
    files = [each.name for each in (plan.root / "migrations").rglob("V*.sql")]
    files += ["V" + each.name[1:] for each in (plan.root / "rollback").rglob("R*.sql")]
    files += [PurePosixPath(each.path).name for found in listed for each in found.migrations]
    files += [PurePosixPath(each).name for each in locked_sums(plan)]
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


def _check_insertion(before: str, after: str, phase: Phase, path: str) -> None:
    """Refuse to write a manifest that says anything else than before, and the new entry."""
    faults = Faults(MANIFEST)
    said, says = (read_manifest(each, faults) for each in (before, after))
    listed = [
        each.path for found in says.phases if found.id == phase.id for each in found.migrations
    ]
    if faults.found or listed[-1:] != [path] or _content(says, path) != _content(said, path):
        raise UsageError(f"{MANIFEST} has a form that cannot be added to: add {path} by hand")


def _content(manifest: Manifest, new: str) -> Manifest:
    """Return what a manifest says, but for lines and one entry."""
    return replace(manifest, phases=tuple(_phase_content(each, new) for each in manifest.phases))


def _phase_content(phase: PhaseEntry, new: str) -> PhaseEntry:
    return replace(
        phase,
        line=0,
        release_line=0,
        migrations=tuple(_entry_content(each) for each in phase.migrations if each.path != new),
        seeds=tuple(_entry_content(each) for each in phase.seeds),
    )


def _entry_content(entry: Entry) -> Entry:
    return replace(entry, line=0, after_line=0)


def _written(
    plan: Plan, path: str, version: str, change_type: ChangeType, manifest: str
) -> Scaffold:
    made = Scaffold(
        version=version,
        forward=plan.root / path,
        rollback=plan.root / Rollbacks.expected(path),
        manifest=plan.root / MANIFEST,
    )
    new = {
        made.forward: templates.forward(change_type),
        made.rollback: templates.rollback(version),
    }
    write_together(new, made.manifest, manifest)
    return made
