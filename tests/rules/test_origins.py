"""A finding stands where its object was made, not where somebody speaks of it."""

from __future__ import annotations

import pytest

from harness.checks.schema.origins import Origin, Origins
from harness.sql import parse_script
from tests.rules.observed import migration_of

FIRST = """\
CREATE TABLE core.patients (
    id uuid PRIMARY KEY,
    risk_score smallint
);
COMMENT ON COLUMN core.patients.risk_score IS 'From core.risks; see core.note_risk().';
CREATE FUNCTION core.note_risk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE core.risks SET id = id;
END;
$$;
"""
SECOND = """\
CREATE TABLE core.risks (
    id uuid PRIMARY KEY,
    patient_id uuid,
    CONSTRAINT risks_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES core.patients (id)
);
CREATE INDEX risks_patient_id_idx ON core.risks (patient_id);
CREATE TABLE weights (
    id bigint PRIMARY KEY
);
DO $$ BEGIN EXECUTE 'CREATE TABLE core.risks_2026 ()'; END; $$;
CREATE OR REPLACE FUNCTION core.note_risk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RETURN NULL;
END;
$$;
"""


def found(*names: str, body: bool = False) -> tuple[str, int]:
    migrations = tuple(
        migration_of(parse_script(text), file=name)
        for name, text in (("first", FIRST), ("second", SECOND))
    )
    origins = Origins(otherwise=Origin(file="manifest", line=9), migrations=migrations)
    origin = origins.of_body(names[0]) if body else origins.of(*names)
    return origin.file, origin.line


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("core.risks", ("second", 1)),
        ("core.risks.id", ("second", 2)),
        ("core.risks.risks_patient_id_fkey", ("second", 4)),
        ("core.risks_patient_id_idx", ("second", 6)),
        ("public.weights", ("second", 7)),
        ("public.weights.id", ("second", 8)),
        ("core.risks_2026", ("second", 10)),
        ("core.nothing", ("manifest", 9)),
    ],
)
def test_an_object_stands_where_it_is_made(name: str, place: tuple[str, int]) -> None:
    assert found(name) == place


def test_a_body_stands_where_it_was_written_last() -> None:
    assert found("core.note_risk()", body=True) == ("second", 11)
    assert found("core.note_risk()") == ("first", 6)
