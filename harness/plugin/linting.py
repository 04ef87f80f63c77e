"""The linters of a session: each file is linted once, the selected ones of a tree together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import partial

import pytest

from harness.checks.gaps import SQLFLUFF, SQUAWK
from harness.checks.judging import Judgement
from harness.checks.static import Cache, Linters, NoCache, ahead
from harness.checks.subjects import ScriptOf
from harness.checks.text.files import judge_squawk, judge_style
from harness.plan import MANIFEST
from harness.plugin.trees import Tree
from harness.plugin.verdict import JudgedItem

Said = dict[str, Judgement]
Judge = Callable[[tuple[ScriptOf, ...]], Said]

_KNOWN = "korevitta/linted"


class Linting:
    """Runs squawk and sqlfluff, and remembers what they said."""

    def __init__(self, config: pytest.Config) -> None:
        self._cache: Cache = getattr(config, "cache", None) or NoCache()
        self._is_worker = hasattr(config, "workerinput")
        self._linters = Linters(1 if self._is_worker else None)
        self._begun: Future[dict[Tree, Said]] | None = None
        self._said: dict[tuple[Tree, str], Said] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> None:
        """Let sqlfluff be imported beside the collection, where it will have much to read."""
        if not self._cache.get(_KNOWN, False) and _asks_for_style(session.config):
            self._linters.start()

    def pytest_unconfigure(self) -> None:
        """End the processes that nobody needed."""
        self._linters.close()

    def begin(self, items: Iterable[pytest.Item]) -> None:
        """Let sqlfluff begin with what was selected: it takes longer than all else of the text."""
        styled = _judged(items, SQLFLUFF)
        if styled:
            trees = dict.fromkeys(each.tree for each in styled)
            selected = {tree: _scripts(tree, styled) for tree in trees}
            self._begun = ahead(partial(self._style_all, selected))
        else:
            self._linters.close()

    def squawk(self, item: JudgedItem, script: ScriptOf) -> Judgement:
        """Return what squawk says of a file."""
        return self._of(item, script, SQUAWK, lambda scripts: judge_squawk(scripts, self._cache))

    def style(self, item: JudgedItem, script: ScriptOf) -> Judgement:
        """Return what sqlfluff says of a file."""
        if self._begun is not None:
            return self._begun.result()[item.tree][script.file]
        return self._of(item, script, SQLFLUFF, self._style)

    def _style_all(self, selected: dict[Tree, tuple[ScriptOf, ...]]) -> dict[Tree, Said]:
        said = {tree: self._style(scripts) for tree, scripts in selected.items()}
        self._cache.set(_KNOWN, True)
        return said

    def _style(self, scripts: tuple[ScriptOf, ...]) -> Said:
        return judge_style(scripts, self._cache, self._linters)

    def _of(self, item: JudgedItem, script: ScriptOf, check: str, judge: Judge) -> Judgement:
        said = self._said.setdefault((item.tree, check), {})
        if script.file not in said:
            # A worker does not know which of the selected items will be its own.
            selected = _scripts(item.tree, _judged(item.session.items, check))
            said.update(judge((script,) if self._is_worker else selected))
        return said[script.file]


def _asks_for_style(config: pytest.Config) -> bool:
    """Guess from the call alone, before anything is collected, whether files will be linted."""
    given = config.option
    elsewhere = given.collectonly or getattr(given, "dist", "no") != "no"
    if elsewhere or SQLFLUFF not in (given.keyword or SQLFLUFF):
        return False
    folders = (config.invocation_params.dir / each.partition("::")[0] for each in config.args)
    return any((above / MANIFEST).is_file() for each in folders for above in (each, *each.parents))


def _judged(items: Iterable[pytest.Item], check: str) -> list[JudgedItem]:
    """Choose the items of one check."""
    return [each for each in items if isinstance(each, JudgedItem) and each.told.check == check]


def _scripts(tree: Tree, items: Iterable[JudgedItem]) -> tuple[ScriptOf, ...]:
    """Collect the files of a tree that items judge."""
    files = [tree.name_of(each.path) for each in items if each.tree is tree]
    return tuple(tree.scripts[each] for each in files)
