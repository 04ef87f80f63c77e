"""Cases that a server judges: a file of `tests.rules.cases` with a line ``-- migration``.

What stands above that line is the setup, on top of `filled.sql`; what stands below is the
migration, and below a line ``-- rollback`` its rollback. ``-- migration contract`` makes it a
contract. Lines of the setup may say more: ``-- also: <rule id>, …`` names the rules that rightly
catch it, too; ``-- ready: <query>`` and ``-- loses: <name>, …`` stand for the manifest's entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harness.catalog import Catalog, read_catalog
from harness.checks.rehearsal.evidence import MigrationEvidence
from harness.database import Cluster, Database
from harness.execute import ServerObserver, run_script
from harness.plan import ChangeType, Migration
from harness.sql import Script, parse_script
from tests.rules.cases import RULES, Case

OWNER = "kvh_case_owner"
APP = "kvh_case_app"
_MARK = "-- migration"
_BACK = "-- rollback"
_FILLED = RULES / "filled.sql"
# Only a superuser can create one; SET ACCESS METHOD needs a second one to go to.
_SECOND_HEAP = "CREATE ACCESS METHOD heap_again TYPE TABLE HANDLER heap_tableam_handler"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """A case, parted: the migration keeps the line numbers of its file."""

    name: str
    setup: str
    migration: Migration
    also: frozenset[str]


@cache
def read_case(case: Case) -> Observed:
    """Part a case's file at its marks."""
    lines = case.path.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(i for i, line in enumerate(lines) if line.startswith(_MARK))
    end = next((i for i, line in enumerate(lines) if line.startswith(_BACK)), len(lines))
    text = "\n" * (place + 1) + "".join(lines[place + 1 : end])
    said = _said(lines[:place])
    return Observed(
        name=case.name,
        setup="".join(lines[:place]),
        migration=migration_of(
            parse_script(text, case.path),
            file=case.path.name,
            contract=lines[place].strip().endswith("contract"),
            backward=parse_script("".join(lines[end + 1 :])) if end < len(lines) else None,
            ready=said.get("ready"),
            loses=_listed(said.get("loses", "")),
        ),
        also=frozenset(_listed(said.get("also", ""))),
    )


def _said(lines: list[str]) -> dict[str, str]:
    """Read the lines ``-- word: text``."""
    parted = (line.removeprefix("-- ").partition(": ") for line in lines if line.startswith("--"))
    return {word: text.strip() for word, _, text in parted}


def _listed(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(",") if each.strip())


def is_observed(case: Case) -> bool:
    """Whether a case is for a server to judge."""
    return case.path.is_file() and f"\n{_MARK}" in f"\n{case.path.read_text(encoding='utf-8')}"


def migration_of(
    script: Script,
    *,
    file: str = "V100001__core__expand__case.sql",
    contract: bool = False,
    backward: Script | None = None,
    ready: str | None = None,
    loses: tuple[str, ...] = (),
) -> Migration:
    """Make a migration of a script, as a plan would hold it."""
    return Migration(
        version="V100001",
        path=Path(file),
        file=file,
        rollback_path=None,
        rollback_file=file if backward is not None else None,
        expected_rollback_file="",
        domain="core",
        change_type=ChangeType.CONTRACT if contract else ChangeType.EXPAND,
        slug="case",
        phase="phase-100-mvp",
        release="1.0",
        line=1,
        after=(),
        ready=ready,
        loses=loses,
        forward=script,
        backward=backward,
    )


def filled(cluster: Cluster) -> Database:
    """Return the template that every case starts from."""
    cluster.ensure_roles((OWNER, APP))
    text = _FILLED.read_text(encoding="utf-8")

    def build(database: Database) -> None:
        with database.connect() as admin:
            admin.execute(_SECOND_HEAP)
        with database.connect(OWNER) as connection:
            connection.execute(text.encode())
            connection.execute("ANALYZE")

    return cluster.template(text + _SECOND_HEAP, build, OWNER)


def observe(database: Database, setup: str, migration: Migration) -> MigrationEvidence:
    """Run the setup, then the migration with the observer beside it."""
    with database.connect(OWNER) as connection:
        if setup.strip():
            connection.execute(setup.encode())
    before = catalog_of(database)
    with database.connect(OWNER) as connection:
        trace = run_script(connection, migration.forward, observer=ServerObserver(database.connect))
    return MigrationEvidence(
        migration=migration, before=before, forward=trace, after=catalog_of(database)
    )


def catalog_of(database: Database) -> Catalog:
    """Read the catalog as superuser."""
    with database.connect() as connection:
        return read_catalog(connection)


def wrapped_in_do(script: Script) -> Script:
    """Put each statement into a DO block of its own, on its own line."""
    return _each(script, "DO $wrap$ BEGIN EXECUTE $inner${}$inner$; END $wrap$")


def wrapped_in_function(script: Script) -> Script:
    """Have a function of the database run each statement, on its own line."""
    return _each(script, "SELECT core.run($inner${}$inner$)")


def can_be_wrapped(script: Script) -> bool:
    """Whether a file may run inside of blocks: not what must run outside of a transaction."""
    return script.transactional


def _each(script: Script, around: str) -> Script:
    text, line = "", 1
    for statement in script.statements:
        text += "\n" * (statement.line - line)
        line = statement.line + statement.text.count("\n")
        text += around.replace("{}", statement.text) + ";"
    return parse_script(text + "\n")
