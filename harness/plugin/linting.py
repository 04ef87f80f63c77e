"""The linters of a session: each file is linted once, the selected ones of a tree together."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from harness.checks.gaps import SQLFLUFF, SQUAWK
from harness.checks.judging import Judgement
from harness.checks.static import Cache
from harness.checks.subjects import ScriptOf
from harness.checks.text.files import judge_squawk, judge_style
from harness.plugin.trees import Tree
from harness.plugin.verdict import JudgedItem

Judge = Callable[[tuple[ScriptOf, ...]], dict[str, Judgement]]


class Linting:
    """Runs squawk and sqlfluff at their first need, and remembers what they said."""

    def __init__(self, config: pytest.Config) -> None:
        self._cache: Cache | None = getattr(config, "cache", None)
        self._is_worker = hasattr(config, "workerinput")
        self._said: dict[tuple[Tree, str], dict[str, Judgement]] = {}

    def squawk(self, item: JudgedItem, script: ScriptOf) -> Judgement:
        """Return what squawk says of a file."""
        return self._of(item, script, SQUAWK, lambda scripts: judge_squawk(scripts, self._cache))

    def style(self, item: JudgedItem, script: ScriptOf) -> Judgement:
        """Return what sqlfluff says of a file."""
        processes = 1 if self._is_worker else os.cpu_count() or 1
        return self._of(
            item,
            script,
            SQLFLUFF,
            lambda scripts: judge_style(scripts, self._cache, processes=processes),
        )

    def _of(self, item: JudgedItem, script: ScriptOf, check: str, judge: Judge) -> Judgement:
        said = self._said.setdefault((item.tree, check), {})
        if script.file not in said:
            # A worker does not know which of the selected items will be its own.
            batch = (script,) if self._is_worker else _selected(item, check)
            said.update(judge(batch))
        return said[script.file]


def _selected(item: JudgedItem, check: str) -> tuple[ScriptOf, ...]:
    """Collect the files of the item's tree for which the same check was selected."""
    judged = (each for each in item.session.items if isinstance(each, JudgedItem))
    files = [
        item.tree.name_of(each.path)
        for each in judged
        if each.tree is item.tree and each.told.check == check
    ]
    return tuple(item.tree.scripts[each] for each in files)
