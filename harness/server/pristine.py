"""A data folder as initdb leaves it, made once per build and copied for every server."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import ServerUnavailableError
from harness.server.account import Account
from harness.server.binaries import Binaries
from harness.server.cache import build_once

# The same collation on every server: by code point, UTF-8 aware. Where the C library has none
# (macOS, Windows), PostgreSQL 17 and later bring their own.
_LOCALES = (
    ("--locale=C.UTF-8",),
    ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    ("--locale=C",),
)
_ARGUMENTS = (
    "--username=postgres",
    "--encoding=UTF8",
    "--auth-local=trust",  # the socket's folder is private
    "--auth-host=scram-sha-256",
    "--wal-segsize=1",
    "--no-sync",
    "--no-instructions",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pristine:
    """Point at a data folder to copy, and the superuser's password in it."""

    folder: Path

    @property
    def data(self) -> Path:
        """Return the data folder."""
        return self.folder / "data"

    @property
    def password(self) -> str:
        """Return the superuser's password, which only loopback connections need."""
        return (self.folder / "password").read_text(encoding="ascii").strip()

    def discard(self) -> None:
        """Have the next run make it anew: a power cut may have emptied files that were cached."""
        shutil.rmtree(self.folder, ignore_errors=True)


def pristine(binaries: Binaries, account: Account | None) -> Pristine:
    """Return the data folder of this build, from the cache or by running initdb (0.6 s)."""
    recipe = hashlib.sha256(repr((_ARGUMENTS, _LOCALES)).encode()).hexdigest()[:8]
    owner = account.uid if account else "own"
    folder = build_once(
        f"initdb-{binaries.key}-{owner}-{recipe}",
        lambda folder: _initdb(binaries, account, folder),
        account=account,
    )
    return Pristine(folder=folder)


def _initdb(binaries: Binaries, account: Account | None, folder: Path) -> None:
    password, data = folder / "password", folder / "data"
    password.write_text(secrets.token_hex(16), encoding="ascii")
    password.chmod(0o600)
    _give(account, folder, password)
    refusals = []
    for locale in _LOCALES:
        shutil.rmtree(data, ignore_errors=True)
        done = subprocess.run(
            [binaries.program("initdb"), "-D", data, f"--pwfile={password}", *_ARGUMENTS, *locale],
            env=binaries.environment(),
            cwd="/" if account else None,
            capture_output=True,
            text=True,
            check=False,
            **step_down(account),
        )
        if done.returncode == 0:
            return _take_back(account, folder)
        refusals.append(" ".join(done.stderr.split()))
    raise ServerUnavailableError(f"initdb of PostgreSQL {binaries.version} fails: {refusals[-1]}")


def step_down(account: Account | None) -> dict[str, Any]:
    """Return the arguments with which `subprocess` starts a program as `account`."""
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def _give(account: Account | None, *paths: Path) -> None:
    if account is not None:
        for path in paths:
            os.chown(path, account.uid, account.gid)


def _take_back(account: Account | None, folder: Path) -> None:
    """Own the cached files again, so that no process of the account can alter them."""
    if account is not None:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, os.geteuid(), os.getegid(), follow_symlinks=False)
