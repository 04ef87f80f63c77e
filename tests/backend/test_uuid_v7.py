"""`app.uuid_v7`: RFC 9562's bits, the clock in front, and an order to sort by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from tests.backend.conftest import Connection

MANY = 20_000
_VERSION = 7
_VARIANT = 0b10


def generated(owner: Connection, count: int) -> list[UUID]:
    rows = owner.execute("SELECT app.uuid_v7() FROM generate_series(1, %s)", (count,)).fetchall()
    return [each for (each,) in rows]


def test_version_and_variant_stand_where_rfc_9562_puts_them(owner: Connection) -> None:
    for each in generated(owner, 1000):
        assert each.version == _VERSION
        assert (each.int >> 62) & 0b11 == _VARIANT


def test_the_first_48_bits_are_the_clock_in_milliseconds(owner: Connection) -> None:
    before, (first, *_, last), after = _clock(owner), generated(owner, MANY), _clock(owner)
    assert before - timedelta(milliseconds=1) <= _time_of(first) <= _time_of(last) <= after


def test_the_next_12_bits_count_within_the_millisecond(owner: Connection) -> None:
    """RFC 9562, 6.2, method 3: a fraction of the millisecond in rand_a."""
    fractions = {(each.int >> 64) & 0xFFF for each in generated(owner, MANY)}
    assert len(fractions) > 500  # one step is 1/4096 ms, and the clock tells 1000 apart
    assert max(fractions) <= 999 * 4096 // 1000


def test_they_sort_by_creation_to_the_microsecond(owner: Connection) -> None:
    fronts = [each.int >> 64 for each in generated(owner, MANY)]
    assert fronts == sorted(fronts)


def test_none_comes_twice_and_the_tail_is_drawn_anew(owner: Connection) -> None:
    found = generated(owner, MANY)
    assert len(set(found)) == MANY
    assert len({each.int & (2**62 - 1) for each in found}) == MANY


def test_the_server_sorts_them_as_python_does(owner: Connection) -> None:
    found = generated(owner, 1000)
    rows = owner.execute("SELECT u FROM unnest(%s::uuid[]) AS u ORDER BY u", (found[::-1],))
    assert [each for (each,) in rows.fetchall()] == sorted(found)


def _time_of(value: UUID) -> datetime:
    return datetime.fromtimestamp((value.int >> 80) / 1000, UTC)


def _clock(owner: Connection) -> datetime:
    row = owner.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None
    now: datetime = row[0]
    return now
