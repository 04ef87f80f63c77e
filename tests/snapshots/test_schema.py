"""What a phase leaves: a folder of SQL per schema, and an index of it all.

A phase stores what differs from the phase before it. Executed from the first phase on, the files
make the same database (`tests/render`).
"""

from __future__ import annotations

import pytest

from harness.plan import Phase
from harness.render.index import schema_index
from harness.render.schema import folder_of
from tests.snapshots.conftest import PhaseEnds
from tests.snapshots.store import Store
from tests.snapshots.tree import PHASES, folder_of_phase, folder_of_schema, schemas_at

pytestmark = pytest.mark.server


@pytest.mark.parametrize(
    ("phase", "schema"),
    [
        pytest.param(phase, schema, id=f"{phase.id}-{schema}")
        for phase in PHASES
        for schema in schemas_at(phase.id)
    ],
)
def test_schema(phase: Phase, schema: str, ends: PhaseEnds, store: Store) -> None:
    own = f"{folder_of(schema)}/"
    files = {path: text for path, text in ends.files(phase).items() if path.startswith(own)}
    store.holds(
        {f"{folder_of_phase(phase)}/{path}": text for path, text in files.items()},
        alone_in=folder_of_schema(phase, schema),
    )


@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.id)
def test_index(phase: Phase, ends: PhaseEnds, store: Store) -> None:
    """The index, and what stands in no schema."""
    files = {path: text for path, text in ends.files(phase).items() if "/" not in path}
    files["README.md"] = schema_index(
        ends.catalog(phase), title=f"{phase.id} (release {phase.release})"
    )
    folder = folder_of_phase(phase)
    store.holds({f"{folder}/{path}": text for path, text in files.items()}, alone_in=folder)


@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.id)
def test_every_schema_is_created_where_it_can_be_read(phase: Phase, ends: PhaseEnds) -> None:
    """Tests are made from the files: a schema that only the server knows of would have none."""
    folders = {path.partition("/")[0] for path in ends.files(phase) if "/" in path}
    assert folders <= {folder_of(each) for each in schemas_at(phase.id)}
