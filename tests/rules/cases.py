"""The cases of `tests/rules`, one folder for each rule.

The convention, for every rule, whatever its proof:

- ``tests/rules/<rule id>/bad*`` is caught by exactly this rule, ``good*`` looks alike and is not
  caught by any. Each rule has at least one of both. In a rule's folder ``:`` is written ``-``.
- ``bad.sql`` is one file, judged as a forward migration of a plan with ``schema_per_domain``.
  Each line that a finding names ends with the comment ``-- expect``, or stands below a line that
  says ``-- expect below``.
- ``bad/`` is a db root of its own: a manifest, ``migrations/``, ``rollback/``… Its
  ``expected.txt`` holds a line ``file:line`` for each finding, files relative to that root.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RULES = Path(__file__).parent
EXPECT = "-- expect"
EXPECT_BELOW = "-- expect below"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A file or a db root that a rule must, or must not, catch."""

    rule: str
    path: Path

    @property
    def is_bad(self) -> bool:
        """Whether the rule must catch it."""
        return self.path.name.startswith("bad")

    @property
    def is_tree(self) -> bool:
        """Whether it is a db root."""
        return self.path.is_dir()

    @property
    def name(self) -> str:
        """What the case is called in a test's id."""
        return f"{self.rule}-{self.path.stem}"

    @property
    def expected(self) -> tuple[str, ...]:
        """The places that must be named, as ``file:line``, sorted."""
        if not self.is_bad:
            return ()
        if self.is_tree:
            text = (self.path / "expected.txt").read_text(encoding="utf-8")
            return tuple(sorted(text.split()))
        return tuple(sorted(f"{self.path.name}:{number}" for number in _marked(self.path)))


def _marked(path: Path) -> Iterator[int]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.rstrip().endswith(EXPECT):
            yield number
        elif line.strip() == EXPECT_BELOW:
            yield number + 1


def folder_of(rule: str) -> Path:
    """Return the folder of a rule's cases."""
    return RULES / rule.replace(":", "-")


def cases_of(rule: str) -> tuple[Case, ...]:
    """Return the cases of a rule, bad before good."""
    found = sorted(folder_of(rule).glob("bad*")) + sorted(folder_of(rule).glob("good*"))
    return tuple(Case(rule=rule, path=path) for path in found)
