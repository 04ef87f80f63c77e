"""Which rollback file belongs to which migration."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from harness.plan.files import Tree
from harness.plan.model import Fault
from harness.plan.names import loose_digits, read_name


class Rollbacks:
    """The rollback files of a db root; each is claimed by one migration at most."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._free = dict.fromkeys(tree.found("rollback"))
        self._faults: list[Fault] = []
        self._claimed: set[str] = set()

    @staticmethod
    def expected(migration: str) -> str:
        """Return where the mirror of a migration's path stands."""
        path = PurePosixPath(migration)
        name = "R" + path.name[1:] if path.name[:1] in {"V", "v"} else f"R_{path.name}"
        return PurePosixPath("rollback", *path.parts[1:-1], name).as_posix()

    def claim(self, migration: str, version: str, *, is_there: bool) -> str | None:
        """Return the rollback of a migration: the mirror, else a file that bears its version.

        Of a migration without a file (``is_there``) nobody knows how its rollback should be named.
        """
        expected = self.expected(migration)
        if expected in self._free:
            del self._free[expected]
            self._claimed.add(version)
            return expected
        for path in self._free:
            if loose_digits(PurePosixPath(path).name) == version[1:]:
                del self._free[path]
                self._claimed.add(version)
                if is_there:
                    self._faults.append(self._misnamed(path, expected, version))
                return path
        return None

    def _misnamed(self, path: str, expected: str, version: str) -> Fault:
        moved = PurePosixPath(path).name == PurePosixPath(expected).name
        what = "stands in another folder than" if moved else "is not named like"
        return Fault(
            rule="folder-differs-from-name" if moved else "rollback-name-differs",
            file=self._tree.name(self._tree.root / path),
            line=1,
            migration=version,
            message=f"the rollback of {version} {what} its migration: {path}",
            fix=f"git mv {path} {expected}",
        )

    def faults(self, known: frozenset[str]) -> Iterator[Fault]:
        """Yield what is wrong with names, then the files that no migration claimed.

        ``known`` holds the versions of all forward files: the rollback of one that the manifest
        does not list is no orphan, the missing entry is the fault.
        """
        yield from self._faults
        for path in self._free:
            name = PurePosixPath(path).name
            digits = loose_digits(name)
            if digits is None or (read_name("R", name) is None and not name.startswith("R")):
                yield self._orphan("file-name", path, "is no name of a rollback: R{phase}{seq}__…")
            elif f"V{digits}" in self._claimed:
                what = f"is a second rollback of V{digits}"
                yield self._orphan("rollback-orphan", path, what)
            elif f"V{digits}" not in known:
                yield self._orphan("rollback-orphan", path, "rolls back no migration")

    def _orphan(self, rule: str, path: str, what: str) -> Fault:
        return Fault(
            rule=rule,
            file=self._tree.name(self._tree.root / path),
            line=1,
            message=f"{PurePosixPath(path).name} {what}",
        )
