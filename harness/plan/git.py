"""What git knows of a db root at a revision: its files by name, their content by git's names."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from harness.errors import UsageError

_OF_HOOKS = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"}
)


class Git:
    """The repository that a folder stands in; every path is relative to that folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def commit(self, revision: str) -> str:
        """Return the commit of a revision. Raises `UsageError` where there is none."""
        if revision.startswith("-"):
            raise UsageError(
                f"{revision} is no git revision: --since needs one, such as origin/main"
            )
        self._prefix()
        found = self._run("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        if found.returncode == 0:
            return found.stdout.strip()
        raise UsageError(
            f"git cannot read {revision!r} in {self._root}: no such revision{self._hint()}"
        )

    def fork(self, commit: str) -> str | None:
        """Return the commit at which the checked out branch left another; None where none is."""
        found = self._run("merge-base", commit, "HEAD")
        return found.stdout.strip() if found.returncode == 0 else None

    def blobs(self, commit: str) -> dict[str, str]:
        """Return the files below the folder at a commit, each with git's name of its content."""
        return dict(_blobs(self._said("ls-tree", "-r", "-z", commit)))

    def text(self, commit: str, name: str) -> str:
        """Return what a file below the folder held at a commit."""
        return self._said("show", f"{commit}:{self._prefix()}{name}").removeprefix("\ufeff")

    def _prefix(self) -> str:
        return self._said("rev-parse", "--show-prefix").removesuffix("\n")

    def _hint(self) -> str:
        shallow = self._run("rev-parse", "--is-shallow-repository").stdout.strip() == "true"
        if shallow:
            return "; this clone is shallow: git fetch --unshallow, then again"
        return "; git fetch, or name a commit, a branch or a tag that is here"

    def _said(self, *arguments: str) -> str:
        done = self._run(*arguments)
        if done.returncode != 0:
            reason = done.stderr.strip().partition("\n")[0].removeprefix("fatal: ")
            raise UsageError(f"git cannot read {self._root}: {reason or 'no reason given'}")
        return done.stdout

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(
                ["git", "-C", str(self._root), *arguments],
                capture_output=True,
                check=False,
                text=True,
                encoding="utf-8",
                errors="surrogateescape",
                env=_environment(),
            )
        except FileNotFoundError:
            raise UsageError("git is not on the PATH: --since needs it to read history") from None


def _environment() -> dict[str, str]:
    """Return our own environment, without what a hook's git says of another folder than ours."""
    own = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
    return {**own, "LC_ALL": "C"}


def _blobs(listing: str) -> Iterator[tuple[str, str]]:
    for line in listing.split("\0"):
        facts, tab, path = line.partition("\t")
        if tab:
            yield path, facts.split()[2]


def is_blob(data: bytes | str, blob: str | None) -> bool:
    """Whether git gives a content this name, with its own line ends or those of this machine."""
    if blob is None or isinstance(data, str):
        return False
    return blob in {_blob(each, len(blob)) for each in (data, data.replace(b"\r\n", b"\n"))}


def _blob(data: bytes, digits: int) -> str:
    # git names content by SHA-1, in newer repositories by SHA-256; neither guards a secret here
    digest = hashlib.sha1(usedforsecurity=False) if digits == 40 else hashlib.sha256()
    digest.update(b"blob %d\0" % len(data) + data)
    return digest.hexdigest()
