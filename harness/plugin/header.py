"""What a run says before it begins: which server, which db root, how many migrations."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import HarnessError
from harness.plan import MANIFEST
from harness.plugin.ending import end_run, needs_server
from harness.plugin.shared_server import OwnedServer, described
from harness.plugin.trees import Forest, Tree


class Header:
    """Speaks before and after collection, in the process that the user watches."""

    def __init__(self, config: pytest.Config, owned: OwnedServer, forest: Forest) -> None:
        self._config = config
        self._owned = owned
        self._forest = forest

    def pytest_report_header(self) -> list[str]:
        """Name the db roots; under xdist also the server, which the workers are about to use."""
        lines: list[str] = []
        try:
            lines += (self._tree_line(tree) for tree in self._trees())
        except HarnessError as error:
            end_run(error)
        if getattr(self._config.option, "dist", "no") != "no":
            lines.append(self._server_line())
        return lines

    def pytest_report_collectionfinish(self, items: list[pytest.Item]) -> list[str]:
        """Name the server if one of the selected items needs it."""
        if self._config.option.collectonly or not any(needs_server(each) for each in items):
            return []
        return [self._server_line()]

    def _server_line(self) -> str:
        try:
            return f"korevitta-db: on {described(self._owned.server())}"
        except HarnessError as error:
            return f"korevitta-db: no server: {error}"

    def _tree_line(self, tree: Tree) -> str:
        plan = tree.plan
        return (
            f"korevitta-db: {plan.manifest_file.removesuffix(f'/{MANIFEST}')}:"
            f" {len(plan.migrations)} migrations in {len(plan.phases)} phases"
        )

    def _trees(self) -> list[Tree]:
        """Find the db roots that the arguments lie in or are."""
        found: dict[Path, Tree] = {}
        for argument in self._config.args:
            path = (self._config.invocation_params.dir / argument.partition("::")[0]).absolute()
            tree = self._forest.tree_of(path / MANIFEST if path.is_dir() else path)
            if tree is not None:
                found[tree.root] = tree
        return list(found.values())
