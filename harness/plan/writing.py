"""Write several files as one: all of them, or none and no folder made for them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from harness.errors import UsageError


def write_together(new: Mapping[Path, str], changed: Path, text: str) -> None:
    """Create new files and, when all of them stand, replace the text of an existing one.

    Raises `UsageError` where a file exists already or cannot be written; then nothing is changed.
    """
    before = changed.read_bytes()
    with ExitStack() as undo:
        try:
            for path, content in new.items():
                _make_folders(path.parent, undo)
                with path.open("x", encoding="utf-8", newline="\n") as file:
                    undo.callback(path.unlink, missing_ok=True)
                    file.write(content)
            undo.callback(_restore, changed, before)
            changed.write_bytes(text.encode("utf-8"))
        except FileExistsError as error:
            raise UsageError(f"{error.filename} exists already") from None
        except OSError as error:
            raise UsageError(
                f"{error.filename or changed} cannot be written: {error.strerror}"
            ) from None
        undo.pop_all()


def _make_folders(folder: Path, undo: ExitStack) -> None:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir()
        undo.callback(_remove_empty, each)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _restore(path: Path, data: bytes) -> None:
    with suppress(OSError):
        if path.read_bytes() != data:
            path.write_bytes(data)
