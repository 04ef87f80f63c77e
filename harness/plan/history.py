"""Released files against an earlier revision, so that file and lock cannot change together."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator

from harness.errors import UsageError
from harness.plan.lock import RULE, version_of
from harness.plan.manifest import read_manifest
from harness.plan.model import Fault, Plan
from harness.plan.rollbacks import Rollbacks
from harness.plan.shape import Faults


def changed_since(plan: Plan, revision: str) -> tuple[Fault, ...]:
    """Compare what was released at a git revision with the files as they are now.

    A file that had no entry in a released phase there is not looked at. Raises `UsageError`
    where git, the repository or the revision is missing.
    """
    commit = _git(plan, "rev-parse", "--verify", "--quiet", f"{_safe(revision)}^{{commit}}").strip()
    prefix = _git(plan, "rev-parse", "--show-prefix").strip()
    blobs = dict(_blobs(_git(plan, "ls-tree", "-r", "-z", commit)))
    name = plan.manifest_file.rpartition("/")[2]
    if name not in blobs:
        return ()
    manifest = read_manifest(_git(plan, "show", f"{commit}:{prefix}{name}"), Faults(name))
    listed = [
        (path, phase.release)
        for phase in manifest.phases
        if phase.released
        for entry in (*phase.migrations, *phase.seeds)
        for path in (entry.path, Rollbacks.expected(entry.path))
    ]
    return tuple(
        _fault(plan, path, release, revision)
        for path, release in listed
        if path in blobs and blobs[path] != _blob(plan, path, len(blobs[path]))
    )


def _safe(revision: str) -> str:
    if revision.startswith("-"):
        raise UsageError(f"{revision} is no git revision: --since needs one, such as origin/main")
    return revision


def _git(plan: Plan, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(plan.root), *arguments],
            capture_output=True,
            check=True,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
        )
    except FileNotFoundError:
        raise UsageError("git is not on the PATH: --since needs it to read history") from None
    except subprocess.CalledProcessError as error:
        reason = error.stderr.strip().removeprefix("fatal: ") or "no such revision"
        where = arguments[-1].removesuffix("^{commit}")
        raise UsageError(f"git cannot read {where} in {plan.root}: {reason}") from None
    return done.stdout


def _blobs(listing: str) -> Iterator[tuple[str, str]]:
    for line in listing.split("\0"):
        facts, tab, path = line.partition("\t")
        if tab:
            yield path, facts.split()[2]


def _blob(plan: Plan, path: str, digits: int) -> str | None:
    """Return git's name of the content that a file has now; None where there is no file."""
    try:
        data = (plan.root / path).read_bytes()
    except OSError:
        return None
    # git names content by SHA-1, in newer repositories by SHA-256; neither guards a secret here
    digest = hashlib.sha1(usedforsecurity=False) if digits == 40 else hashlib.sha256()
    digest.update(b"blob %d\0" % len(data) + data)
    return digest.hexdigest()


def _fault(plan: Plan, path: str, release: str, revision: str) -> Fault:
    folder = plan.manifest_file.rpartition("/")[0]
    gone = not (plan.root / path).exists()
    what = "is gone" if gone else "has changed"
    file = f"{folder}/{path}" if folder else path
    return Fault(
        rule=RULE,
        file=plan.manifest_file if gone else file,
        line=1,
        message=f"{path} {what} since {revision}, where it was released with {release}",
        migration=version_of(path),
        fix=f"git checkout {revision} -- {file}",
    )
