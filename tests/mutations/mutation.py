"""What a mutation is: an edit of the real tree, and what must be said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.mutations.edits import Edit

MANIFEST = "manifest"
Move = Callable[[Path], None]
"""Changes the files of a db root: names, places, existence, bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """One mistake, as somebody could make it.

    ``file`` names the edited file by its version (`V100004`, `R100004`, `S100001`) or is
    `manifest`; ``move`` stands for edits of the layout. ``at`` names the file in which ``rule``
    must be reported where it is another one; ``line`` is a text that stands once in that file,
    on the line of the report; ``object`` is the reported object. ``judge`` names the migration
    or phase to judge where it is not that of the file. ``also`` are the rules that rightly speak
    up, too, each with the reason; any other cause is a failure.
    """

    name: str
    rule: str
    file: str = MANIFEST
    edit: Edit | None = None
    move: Move | None = None
    at: str = ""
    line: str = ""
    object: str = ""
    judge: str = ""
    also: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        assert (self.edit is None) != (self.move is None), self.name

    @property
    def reported_in(self) -> str:
        """The file that the report must name."""
        return self.at or self.file

    @property
    def version(self) -> str:
        """The migration to judge; a seed's own version for a seed."""
        named = self.judge or self.file
        return named if named.startswith("S") else f"V{named[1:]}"
