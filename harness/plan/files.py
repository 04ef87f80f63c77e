"""The files below a db root: which there are, and whether they hold text that can be SQL."""

from __future__ import annotations

import codecs
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from harness.plan.model import Fault
from harness.plan.names import printable
from harness.sql import Script, decode_script

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_VERSIONED = re.compile(r"[VRS]\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Tree:
    """A db root and the repository that its files are named by."""

    root: Path
    repository: Path
    closed: list[tuple[str, str]] = field(default_factory=list)
    """The folders that could not be read, and why; `found` gathers them."""

    def name(self, path: Path) -> str:
        """Return a path as findings print it: relative to the repository, forward slashes."""
        try:
            return printable(path.relative_to(self.repository).as_posix())
        except ValueError:
            return printable(path.as_posix())

    def found(self, folder: str) -> tuple[str, ...]:
        """Return what claims to be SQL below a folder, relative to the root, sorted.

        A directory or a broken link with such a name is among it: it is somebody's mistake.
        """
        result: list[str] = []
        for where, folders, files in os.walk(self.root / folder, onerror=self._close):
            claimed = [each for each in folders if each.endswith(".sql")]
            folders[:] = [each for each in folders if not each.endswith(".sql")]
            names = [each for each in files if _claims_sql(each)] + claimed
            result += (Path(where, each).relative_to(self.root).as_posix() for each in names)
        return tuple(sorted(result))

    def _close(self, error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            path = Path(error.filename).relative_to(self.root).as_posix()
            self.closed.append((path, (error.strerror or str(error)).lower()))


def _claims_sql(name: str) -> bool:
    return name.lower().endswith(".sql") or _VERSIONED.match(name) is not None


def find_repository(root: Path) -> Path:
    """Return the nearest folder above with a repository's marks, else one that names files well."""
    for each in (root, *root.parents):
        if any(os.path.exists(each / mark) for mark in (".git", "pyproject.toml")):  # noqa: PTH110
            return each  # Path.exists raises where it may not look
    here = Path.cwd()
    return here if root.is_relative_to(here) else root.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlFile:
    """A file that was read: its script, and what is wrong with its bytes."""

    script: Script
    faults: tuple[Fault, ...]


def read_bytes(path: Path) -> bytes | str:
    """Read a file; what it is instead, as the end of a sentence, where it is none.

    A pipe or a device is not opened: reading one waits for somebody who may never write.
    """
    try:
        if path.is_dir():
            return "is a directory"
        if not path.exists() and not path.is_symlink():
            return "does not exist"
        if not path.is_file():
            return "is a broken link" if path.is_symlink() else "is no regular file"
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        return f"cannot be read ({(reason or str(error)).lower()})"


def read_file(path: Path, file: str, version: str) -> SqlFile | str:
    """Read a file of SQL; a sentence where it is no file that can be read."""
    data = read_bytes(path)
    if isinstance(data, str):
        return data
    script = decode_script(data, path)
    wrong = encoding_fault(data)
    faults = []
    owner = version if version.startswith("V") else None
    if wrong is not None:
        line, message, fix = wrong
        faults.append(
            Fault(rule="encoding", file=file, line=line, message=message, fix=fix, migration=owner)
        )
    if script.does_nothing and script.fault is None:
        line, message = _nothing(script, data)
        faults.append(
            Fault(rule="empty-file", file=file, line=line, message=message, migration=owner)
        )
    return SqlFile(script=script, faults=tuple(faults))


def _nothing(script: Script, data: bytes) -> tuple[int, str]:
    if script.statements:
        last = script.statements[-1].end_line
        return last, "the file only sets parameters: it has no statement that does something"
    return 1, "the file holds no statement" if data else "the file is empty"


def encoding_fault(data: bytes) -> tuple[int, str, str] | None:
    """Return line, message and fix where bytes are not UTF-8 text with LF line ends."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return 1, f"the file is encoded in {name}, not UTF-8", "save it as UTF-8 without BOM"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = data[error.start]
        message = f"byte 0x{byte:02x} is not UTF-8"
        return _line(data, error.start), message, "save the file as UTF-8 without BOM"
    nul = data.find(b"\0")
    if nul >= 0:
        return _line(data, nul), "a NUL byte: this is no text", "save the file as UTF-8 text"
    if data.startswith(codecs.BOM_UTF8):
        return 1, "the file starts with a byte order mark", "save it as UTF-8 without BOM"
    cr = data.find(b"\r")
    if cr >= 0:
        ends = "CRLF" if data[cr : cr + 2] == b"\r\n" else "CR"
        return _line(data, cr), f"lines end with {ends}", "save the file with LF line ends"
    return None


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
