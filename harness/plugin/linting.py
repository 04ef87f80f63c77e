"""The linters of a session: each file is linted once, the selected ones of a tree together."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import partial

import pytest

from harness.checks.gaps import SQLFLUFF, SQUAWK
from harness.checks.judging import Judgement
from harness.checks.static import Cache, ahead
from harness.checks.subjects import ScriptOf
from harness.checks.text.files import judge_squawk, judge_style
from harness.plugin.trees import Tree
from harness.plugin.verdict import JudgedItem

Said = dict[str, Judgement]
Judge = Callable[[tuple[ScriptOf, ...]], Said]


class Linting:
    """Runs squawk and sqlfluff, and remembers what they said."""

    def __init__(self, config: pytest.Config) -> None:
        self._cache: Cache | None = getattr(config, "cache", None)
        self._is_worker = hasattr(config, "workerinput")
        self._begun: dict[Tree, Future[Said]] = {}
        self._said: dict[tuple[Tree, str], Said] = {}

    def begin(self, items: Iterable[pytest.Item]) -> None:
        """Let sqlfluff begin with what was selected: it takes longer than all else of the text."""
        styled = _judged(items, SQLFLUFF)
        for tree in dict.fromkeys(each.tree for each in styled):
            scripts = _scripts(tree, styled)
            self._begun[tree] = ahead(partial(self._style, scripts))

    def squawk(self, item: JudgedItem, script: ScriptOf) -> Judgement:
        """Return what squawk says of a file."""
        return self._of(item, script, SQUAWK, lambda scripts: judge_squawk(scripts, self._cache))

    def style(self, item: JudgedItem, script: ScriptOf) -> Judgement:
        """Return what sqlfluff says of a file."""
        begun = self._begun.get(item.tree)
        if begun is not None:
            return begun.result()[script.file]
        return self._of(item, script, SQLFLUFF, self._style)

    def _style(self, scripts: tuple[ScriptOf, ...]) -> Said:
        processes = 1 if self._is_worker else os.cpu_count() or 1
        return judge_style(scripts, self._cache, processes=processes)

    def _of(self, item: JudgedItem, script: ScriptOf, check: str, judge: Judge) -> Judgement:
        said = self._said.setdefault((item.tree, check), {})
        if script.file not in said:
            # A worker does not know which of the selected items will be its own.
            selected = _scripts(item.tree, _judged(item.session.items, check))
            said.update(judge((script,) if self._is_worker else selected))
        return said[script.file]


def _judged(items: Iterable[pytest.Item], check: str) -> list[JudgedItem]:
    """Choose the items of one check."""
    return [each for each in items if isinstance(each, JudgedItem) and each.told.check == check]


def _scripts(tree: Tree, items: Iterable[JudgedItem]) -> tuple[ScriptOf, ...]:
    """Collect the files of a tree that items judge."""
    files = [tree.name_of(each.path) for each in items if each.tree is tree]
    return tuple(tree.scripts[each] for each in files)
