"""The pytest plugin: every `.sql` file of a db root is a file of tests, proven on a real server.

Register it once, in the top `conftest.py`: `pytest_plugins = ["harness.plugin"]`.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from harness.checks.operations import Kind, kind_of
from harness.database import Cluster
from harness.errors import HarnessError
from harness.plan import MANIFEST
from harness.plugin.ending import Termination, end_after, end_run, needs_server
from harness.plugin.header import Header
from harness.plugin.items import SqlFile, TreeFile, in_chain_order, with_style_last
from harness.plugin.linting import Linting
from harness.plugin.operating import DbRoot, OperationsFile
from harness.plugin.options import add_options, proofs_cache
from harness.plugin.rehearsals import Rehearsals
from harness.plugin.shared_server import OwnedServer, SharedServer, shared_server
from harness.plugin.summary import Summary
from harness.plugin.trees import Forest, Tree
from harness.plugin.verdict import JudgedItem
from harness.server import Server

_SUFFIXES = frozenset({".sql", ".psql", ".yml", ".yaml", ".json"})
_SHARED = pytest.StashKey[SharedServer]()
_FOREST = pytest.StashKey[Forest]()
_LINTING = pytest.StashKey[Linting]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of KoreVitta DB."""
    add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Give the run its server (not started yet) and let its parts hear of each other."""
    shared = shared_server(config)
    config.stash[_SHARED] = shared
    config.stash[_FOREST] = forest = Forest(config.getoption("--since"))
    config.stash[_LINTING] = linting = Linting(config)
    # Where workers never came to report, syrupy warns; under -W error that hides why they did not.
    config.addinivalue_line("filterwarnings", "ignore:syrupy. received .* worker snapshot reports")
    if isinstance(shared, OwnedServer):
        config.pluginmanager.register(shared, "korevitta-server")
        config.pluginmanager.register(linting, "korevitta-linting")
        config.pluginmanager.register(Termination(), "korevitta-termination")
        config.pluginmanager.register(Summary(), "korevitta-summary")
        config.pluginmanager.register(Header(config, shared, forest), "korevitta-header")
        if getattr(config.option, "dist", "no") == "load":
            # Neighbours in the chain stay on one worker, which then has little way to go.
            config.option.dist = "worksteal"


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Do not follow a link to a folder that it stands in: two of them would never end."""
    if not collection_path.is_symlink() or not collection_path.is_dir():
        return None
    above = collection_path.parent.resolve()
    return True if above.is_relative_to(collection_path.resolve()) else None


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the files of a db root: its manifest, its `.sql`, and what its operators use."""
    if file_path.suffix not in _SUFFIXES and file_path.name != MANIFEST:
        return None
    try:
        tree = parent.config.stash[_FOREST].tree_of(file_path)
    except HarnessError as error:  # --since, which is the same for every file
        raise pytest.Collector.CollectError(f"korevitta-db: {error}") from None
    kind = None if tree is None else _kind(file_path, tree)
    if tree is None or kind is None:
        return None
    collected: TreeFile = kind.from_parent(parent, path=file_path)
    collected.tree = tree
    return collected


def _kind(path: Path, tree: Tree) -> type[TreeFile] | None:
    if path.name == MANIFEST:
        return DbRoot
    if kind_of(path, tree.root) not in {None, Kind.RUNBOOK}:
        return OperationsFile
    return SqlFile if path.suffix == ".sql" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let migrations be judged in the order in which they run, and what takes long come last."""
    in_chain_order(items)
    with_style_last(items)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Start what takes long as soon as it is known to be needed; without a server the run ends."""
    owned = session.config.stash[_SHARED]
    if session.config.option.collectonly or not isinstance(owned, OwnedServer):
        return
    session.config.stash[_LINTING].begin(session.items)
    if any(needs_server(each) for each in session.items):
        try:
            owned.server()
        except HarnessError as error:
            end_run(error)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say in one sentence what the environment lacks; point a skip at the judged file."""
    report = yield
    sentence = end_after(item, call)
    if sentence is not None:
        report.longrepr = sentence
    elif report.skipped and isinstance(item, JudgedItem) and isinstance(report.longrepr, tuple):
        report.longrepr = (str(item.path), 1, report.longrepr[2])
    return report


@pytest.fixture(scope="session")
def postgres_server(pytestconfig: pytest.Config) -> Server:
    """Return the run's PostgreSQL server, started at first need and shared with all workers."""
    return pytestconfig.stash[_SHARED].server()


@pytest.fixture(scope="session")
def cluster(postgres_server: Server) -> Iterator[Cluster]:
    """Return the databases of this process on the run's server; all are dropped at the end."""
    with Cluster(postgres_server.dsn) as opened:
        yield opened


@pytest.fixture(scope="session")
def rehearsals(pytestconfig: pytest.Config, request: pytest.FixtureRequest) -> Iterator[Rehearsals]:
    """Return the rehearsals of this process, one per db root."""
    owned = isinstance(pytestconfig.stash[_SHARED], OwnedServer)
    opened = Rehearsals(
        pytestconfig.stash[_SHARED],
        thorough=pytestconfig.getoption("--thorough"),
        cache=proofs_cache(pytestconfig),
        items=request.session.items if owned else (),  # a worker's items are its own last of all
    )
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def linting(pytestconfig: pytest.Config) -> Linting:
    """Return the linters of this process, with what pytest's cache remembers of them."""
    return pytestconfig.stash[_LINTING]
