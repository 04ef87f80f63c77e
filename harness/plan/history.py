"""Released files against an earlier revision, so that file and lock cannot change together."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator
from dataclasses import dataclass

from harness.errors import UsageError
from harness.plan.files import read_bytes
from harness.plan.git import Git, is_blob
from harness.plan.lock import Held, file_name, files_of, version_of
from harness.plan.manifest import PhaseEntry, read_manifest
from harness.plan.model import Fault, Phase, Plan
from harness.plan.released import LATER, RULE
from harness.plan.rollbacks import Rollbacks
from harness.plan.shape import Faults


def changed_since(plan: Plan, revision: str, known: Iterable[Fault] = ()) -> tuple[Fault, ...]:
    """Compare what was released at a git revision with the files as they are now.

    What is among the ``known`` faults, because the lock tells it as well, is not said again.
    A file that had no entry in a released phase there is not looked at, nor one that only the
    revision has changed since this branch left it. Raises `UsageError` where git, the repository
    or the revision is missing.
    """
    git = Git(plan.root)
    commit = git.commit(revision)
    name = plan.manifest_file.rpartition("/")[2]
    blobs = git.blobs(commit)
    if name not in blobs:
        return ()
    faults = Faults(name)
    manifest = read_manifest(git.text(commit, name), faults)
    if not manifest.phases and faults.hides_files:
        said = faults.found[0]
        raise UsageError(f"--since {revision}: its {name} says nothing: {said.message}")
    fork = git.fork(commit) or commit
    held = git.blobs(fork)
    then = read_manifest(git.text(fork, name), Faults(name)) if name in held else manifest
    since = _Since(plan, revision, blobs, held, {each.id: each for each in then.phases})
    released = [phase for phase in manifest.phases if phase.released]
    told = {_place(each) for each in known}
    found = (fault for phase in released for fault in since.faults(phase))
    return tuple(each for each in found if _place(each) not in told)


def _place(fault: Fault) -> tuple[str, str, int, str | None]:
    return fault.rule, fault.file, fault.line, fault.migration


@dataclass(frozen=True, slots=True)
class _Since:
    """What a revision held, what it held where this branch left it, and what there is now."""

    plan: Plan
    revision: str
    blobs: dict[str, str]
    fork: dict[str, str]
    phases: dict[str, PhaseEntry]

    def faults(self, was: PhaseEntry) -> Iterator[Fault]:
        """Yield what has happened to a phase that was released, and to its files."""
        entries = [each.path for each in (*was.migrations, *was.seeds)]
        listed = dict.fromkeys((*entries, *map(Rollbacks.expected, entries)))
        now = next((each for each in self.plan.phases if each.id == was.id), None)
        told = f"since {self.revision}, where it was released with {was.release}"
        gone: list[str] = []
        for path in (each for each in listed if each in self.blobs):
            data = read_bytes(self.plan.root / path)
            if data == "does not exist":
                gone += [path] if path in self.fork else []
            elif not is_blob(data, self.blobs[path]) and not is_blob(data, self.fork.get(path)):
                yield self._fault(path, f"{path} has changed {told}", path)
        if now is not None:
            yield from self._phase(now, was, told)
            gone = yield from self._new_files(now, listed.keys(), gone, told)
        lines = _lines(self.plan) if gone else {}
        for path in gone:
            yield self._gone(path, f"{path} is gone {told}", lines.get(path, 1))

    def _phase(self, now: Phase, was: PhaseEntry, told: str) -> Iterator[Fault]:
        then = self.phases.get(now.id, was)
        if (then.released, then.release) == (now.released, now.release):
            return  # only the revision has changed it
        if not now.released:
            message, fix = f"{now.id} is open {told}", "write status: released"
        elif now.release != was.release:
            message = f"{now.id} says release {now.release} {told}"
            fix = f'write release: "{was.release}"'
        else:
            return
        yield Fault(
            rule=RULE, file=self.plan.manifest_file, line=now.line, message=message, fix=fix
        )

    def _new_files(
        self, now: Phase, listed: Collection[str], gone: list[str], told: str
    ) -> Generator[Fault, None, list[str]]:
        """Yield the files that came to a released phase; return the gone ones without a new name.

        The fork of a branch that is only behind may hold a file which the revision lacks.
        """
        left = list(gone)
        for held in files_of(self.plan, now):
            if held.path in listed or held.path in self.fork:
                continue
            data = read_bytes(self.plan.root / held.path)
            old = next((each for each in left if is_blob(data, self.blobs[each])), None)
            if old is not None:
                left.remove(old)
                message = f"{held.path} was called {old} {told}"
                yield self._fault(held.path, message, old, f"git mv {held.path} {old}")
            else:
                message = f"{held.path} came to {now.id} {told}"
                yield self._entry(held, message)
        return left

    def _entry(self, held: Held, message: str) -> Fault:
        return Fault(
            rule=RULE,
            file=self.plan.manifest_file,
            line=held.line,
            message=message,
            migration=version_of(held.path),
            fix=LATER,
        )

    def _gone(self, path: str, message: str, line: int) -> Fault:
        return Fault(
            rule=RULE,
            file=self.plan.manifest_file,
            line=line,
            message=message,
            migration=version_of(path),
            fix=f"git checkout {self.revision} -- {file_name(self.plan, path)}",
        )

    def _fault(self, path: str, message: str, was: str, fix: str | None = None) -> Fault:
        file = file_name(self.plan, path)
        return Fault(
            rule=RULE,
            file=file,
            line=1,
            message=message,
            migration=version_of(was),
            fix=fix or f"git checkout {self.revision} -- {file}",
        )


def _lines(plan: Plan) -> dict[str, int]:
    """Return the lines of all entries; a plan does not hold those whose files are missing."""
    data = read_bytes(plan.root / plan.manifest_file.rpartition("/")[2])
    text = data.decode("utf-8-sig", errors="replace") if isinstance(data, bytes) else ""
    phases = read_manifest(text, Faults(plan.manifest_file)).phases
    return {
        path: entry.line
        for phase in phases
        for entry in (*phase.migrations, *phase.seeds)
        for path in (entry.path, Rollbacks.expected(entry.path))
    }
