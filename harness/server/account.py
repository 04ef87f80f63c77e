"""The operating-system account that PostgreSQL runs as."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

_NOBODY = 65534


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Name an unprivileged user by numbers; it need not be in the password file."""

    uid: int
    gid: int

    def can_enter(self, folder: Path) -> bool:
        """Tell whether every folder down to `folder` lets this account through."""
        return all(self._may(parent, stat.S_IXUSR) for parent in (folder, *folder.parents))

    def can_read(self, file: Path) -> bool:
        """Tell whether this account reads `file`, the way to it included."""
        return self.can_enter(file.parent) and self._may(file, stat.S_IRUSR)

    def _may(self, path: Path, right: int) -> bool:
        """Judge by the permission bits alone: being root here, we cannot just try."""
        status = path.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & right)
        if status.st_gid == self.gid:
            return bool(status.st_mode & (right >> 3))
        return bool(status.st_mode & (right >> 6))


def unprivileged() -> Account | None:
    """Return the account to step down to, or None where we are not root: PostgreSQL refuses root.

    It is `nobody`, which exists almost everywhere; no user is ever created.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd  # noqa: PLC0415  # does not exist on Windows

    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return Account(uid=_NOBODY, gid=_NOBODY)
    return Account(uid=entry.pw_uid, gid=entry.pw_gid)
