"""What a change of a migration does to the stored files, and what no run ever does to them.

The same test modules judge a small repository: two phases, each with a schema of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.trees import DbRoot, migration, write_tree

pytestmark = pytest.mark.server
HERE = Path(__file__).parent
UPDATE = "--snapshot-update"

CORE = migration(
    "V100001",
    """
    CREATE SCHEMA core;
    CREATE TABLE core.patients (id bigint PRIMARY KEY, name text NOT NULL);
    """,
    "DROP SCHEMA core CASCADE;",
)
DAILY = migration(
    "V200001",
    """
    CREATE SCHEMA daily;
    CREATE TABLE daily.tasks (id bigint PRIMARY KEY, patient_id bigint REFERENCES core.patients);
    CREATE VIEW daily.task_ids AS SELECT id FROM daily.tasks;
    """,
    "DROP SCHEMA daily CASCADE;",
    domain="daily",
)
LEDGER = "ledger/phase-200-v1_1/V200001__daily__expand__step.md"
PHASE = "schema/phase-200-v1_1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A small repository with our tests of snapshots in it."""

    folder: Path
    url: str

    @property
    def tree(self) -> DbRoot:
        return DbRoot(path=self.folder / "backend" / "db", files=(CORE, DAILY))

    @property
    def store(self) -> Path:
        return self.folder / "tests" / "__snapshots__"

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run its tests as a user does: in a process, so that its modules are its own."""
        environment = {**os.environ, "KOREVITTA_PG": self.url, "PYTHONPATH": str(HERE.parents[1])}
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def updated(self, *arguments: str) -> Mapping[str, str]:
        """Run its tests so that they store what they find; return all that is stored."""
        done = self.run(UPDATE, *arguments)
        assert done.returncode == 0, done.stdout
        return self.stored()

    def stored(self) -> Mapping[str, str]:
        """Return every stored file by its path."""
        files = (each for each in self.store.rglob("*") if each.is_file())
        return {each.relative_to(self.store).as_posix(): each.read_text("utf-8") for each in files}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, server_url: str) -> Repository:
    """Return a repository whose snapshots are stored; nobody changes it."""
    folder = tmp_path_factory.mktemp("made")
    repository = Repository(folder=folder, url=server_url)
    write_tree(repository.tree.path, CORE, DAILY)
    shutil.copytree(
        HERE,
        folder / "tests" / "snapshots",
        ignore=shutil.ignore_patterns("__pycache__", "*updating*"),
    )
    (folder / "tests" / "__init__.py").touch()
    (folder / "conftest.py").write_text('pytest_plugins = ["harness.plugin"]\n')
    (folder / "pytest.ini").write_text(
        "[pytest]\ntestpaths = tests\nfilterwarnings = error\nmarkers = server\n"
        "addopts = -p no:hypothesispytest -p no:cacheprovider\n"
    )
    repository.updated()
    return repository


@pytest.fixture
def repository(made: Repository, tmp_path: Path) -> Repository:
    """Return a copy of the repository, to be changed."""
    shutil.copytree(made.folder, tmp_path / "copy")
    return Repository(folder=tmp_path / "copy", url=made.url)


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_a_phase_stores_what_it_changes(made: Repository) -> None:
    assert set(made.stored()) == {
        "ledger/phase-100-mvp/V100001__core__expand__step.md",
        "schema/phase-100-mvp/README.md",
        "schema/phase-100-mvp/core/schema.sql",
        "schema/phase-100-mvp/core/table.patients.sql",
        "schema/phase-100-mvp/public/schema.sql",
        LEDGER,
        f"{PHASE}/README.md",
        f"{PHASE}/daily/schema.sql",
        f"{PHASE}/daily/table.tasks.sql",
        f"{PHASE}/daily/view.task_ids.sql",
    }


def test_a_new_column_changes_its_table_its_ledger_and_a_count(repository: Repository) -> None:
    before = repository.stored()
    tree = repository.tree
    tree.rewrite(tree.forward("V200001"), "PRIMARY KEY,", "PRIMARY KEY, title text,")
    after = repository.updated()
    index = f"{PHASE}/README.md"
    assert changed(before, after) == {f"{PHASE}/daily/table.tasks.sql", LEDGER, index}
    lines = zip(before[index].splitlines(), after[index].splitlines(), strict=True)
    assert [pair for pair in lines if pair[0] != pair[1]] == [
        ("| column | 2 | 2 |", "| column | 2 | 3 |")
    ]


def test_what_is_renamed_leaves_nothing_stale_and_loses_nothing(repository: Repository) -> None:
    tree = repository.tree
    text = tree.forward("V200001").read_text("utf-8")
    tree.forward("V200001").write_text(text.replace("tasks", "chores"), "utf-8")
    for path in (tree.forward("V200001"), tree.backward("V200001")):
        path.rename(path.with_name(path.name.replace("step", "plan")))
    tree.rewrite(tree.manifest, "daily__expand__step", "daily__expand__plan")
    after = repository.updated("-n", "2")
    assert f"{PHASE}/daily/table.chores.sql" in after
    assert not [path for path in after if "tasks" in path]
    assert [path for path in after if "V200001" in path] == [LEDGER.replace("step", "plan")]
    shutil.rmtree(repository.store)
    assert repository.updated() == after


def test_a_file_of_nothing_fails_the_run_until_an_update(repository: Repository) -> None:
    before = repository.stored()
    strays = (
        f"{PHASE}/daily/table.gone.sql",  # of a schema that has a test
        f"{PHASE}/gone/table.x.sql",  # of one that has none
        "ledger/phase-100-mvp/V100009.md",
    )
    for stray in strays:
        (repository.store / stray).parent.mkdir(exist_ok=True)
        (repository.store / stray).write_text("-- nothing\n", "utf-8")
    failed = repository.run()
    assert failed.returncode == 1
    assert all(stray in failed.stdout for stray in strays)
    assert repository.updated() == before


@pytest.mark.parametrize(
    "part",
    [("-k", "daily or V100001"), ("tests/snapshots/test_schema.py", "-n", "2")],
    ids=["words", "file"],
)
def test_part_of_a_run_deletes_nothing(repository: Repository, part: tuple[str, ...]) -> None:
    stray = f"{PHASE}/daily/table.stray.sql"
    (repository.store / stray).write_text("-- nothing\n", "utf-8")
    before = repository.stored()
    done = repository.run(UPDATE, *part)
    assert repository.stored() == before
    assert done.returncode == 1
    assert stray in done.stdout


@pytest.mark.parametrize("more", [("-x",), ("-n", "2")], ids=["first", "workers"])
def test_a_migration_that_fails_costs_no_stored_file(
    repository: Repository, more: tuple[str, ...]
) -> None:
    before = repository.stored()
    tree = repository.tree
    tree.rewrite(tree.forward("V200001"), "CREATE VIEW", "CREATE VEIW")
    assert repository.run(UPDATE, *more).returncode != 0
    assert repository.stored() == before
