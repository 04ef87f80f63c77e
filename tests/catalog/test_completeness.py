"""The catalog sees what pg_dump sees, and nothing that it does not see."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from psycopg import Connection

from harness.catalog import Catalog, read_catalog
from harness.database import Cluster
from tests.catalog.areas import database_for, known_to, major_of, run
from tests.catalog.corpus import Area, Case, read_corpus
from tests.catalog.dumping import dump

pytestmark = pytest.mark.server
CORPUS = read_corpus()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    dumped: str
    catalog: Catalog


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinions:
    """Whether a statement changed anything, as pg_dump and as the catalog have it."""

    case: Case
    dump_changed: bool
    catalog_changed: bool

    @property
    def agree(self) -> bool:
        return self.dump_changed == self.catalog_changed


@pytest.mark.parametrize("area", CORPUS, ids=lambda area: area.name)
def test_catalog_changes_where_pg_dump_changes(area: Area, dumpable_cluster: Cluster) -> None:
    with database_for(dumpable_cluster) as database, database.connect() as connection:
        run(connection, area.prologue)
        wrong = [
            f"{area.name}.sql:{said.case.line}: pg_dump {_word(said.dump_changed)},"
            f" the catalog {_word(said.catalog_changed)}: {said.case.sql.strip()}"
            for said in _opinions(connection, database.dsn, area)
            if said.agree == bool(said.case.differs)
        ]
    assert not wrong, "\n".join(wrong)


def test_corpus_is_large_and_names_its_exceptions() -> None:
    cases = [case for area in CORPUS for case in area.cases]
    assert len(cases) >= 300
    assert sum(case.differs is not None for case in cases) < 5


def _opinions(connection: Connection, dsn: str, area: Area) -> Iterator[Opinions]:
    with ThreadPoolExecutor(max_workers=1) as beside:
        before = _see(connection, dsn, beside)
        for case in known_to(major_of(connection), area):
            run(connection, (case,))
            after = _see(connection, dsn, beside)
            yield Opinions(
                case=case,
                dump_changed=after.dumped != before.dumped,
                catalog_changed=after.catalog != before.catalog,
            )
            before = after


def _see(connection: Connection, dsn: str, beside: ThreadPoolExecutor) -> Seen:
    dumping = beside.submit(dump, dsn)
    catalog = read_catalog(connection)
    return Seen(dumped=dumping.result(), catalog=catalog)


def _word(changed: bool) -> str:
    return "changed" if changed else "did not change"
