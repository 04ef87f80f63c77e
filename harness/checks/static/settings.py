"""What a repository has chosen for the linters: `[tool.korevitta.squawk]` and `.sqlfluff`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from harness.errors import UsageError

STYLE = ".sqlfluff"


@dataclass(frozen=True, slots=True, kw_only=True)
class SquawkSettings:
    """Which of squawk's rules are not asked, and which of them fail the run."""

    exclude: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


def squawk_settings(repository: Path) -> SquawkSettings:
    """Read `[tool.korevitta.squawk]` of a repository; the defaults where there is none.

    Raises `UsageError` for a table that cannot be read.
    """
    path = repository / "pyproject.toml"
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return SquawkSettings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from None
    table = document.get("tool", {}).get("korevitta", {}).get("squawk", {})
    unknown = sorted(set(table) - {"exclude", "errors"})
    if unknown:
        known = "exclude and errors"
        raise UsageError(f"{path}: [tool.korevitta.squawk] has {unknown[0]}, but knows {known}")
    return SquawkSettings(
        exclude=_names(path, table, "exclude"), errors=_names(path, table, "errors")
    )


def _names(path: Path, table: dict[str, object], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    raise UsageError(f"{path}: {key} of [tool.korevitta.squawk] must be a list of rule names")


def style_of(root: Path, repository: Path) -> tuple[str, ...]:
    """Return the texts of the `.sqlfluff` files from the repository down to a db root.

    Where there is none, nobody has chosen a style and none is checked. Raises `UsageError` for a
    file that cannot be read.
    """
    folders = [root, *root.parents]
    within = [each for each in folders if each.is_relative_to(repository)] or [root]
    paths = [each / STYLE for each in reversed(within)]
    return tuple(_text(each) for each in paths if each.exists())


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from None
