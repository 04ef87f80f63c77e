"""Values of PostgreSQL's scalar types, drawn at random and written as the server reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from random import Random
from typing import TypeVar

T = TypeVar("T")
Value = int | Decimal | datetime | date | str
Draw = Callable[[Random], Value]

_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_WINDOW = timedelta(days=365)
_LOW_62 = 2**62 - 1
_FIRST_MILLISECOND = int(_EPOCH.timestamp() * 1000)
# Instants where careless routing goes wrong: a month's first and last instant in UTC, midnight
# in São Paulo, and the hours that its daylight-saving time skipped and repeated in 2018.
_EDGES = (
    datetime(2026, 2, 1, tzinfo=UTC),
    datetime(2026, 3, 1, tzinfo=UTC) - _TICK,
    datetime(2026, 3, 1, 3, tzinfo=UTC),
    datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    datetime(2018, 2, 18, 2, tzinfo=UTC),
    datetime(2018, 11, 4, 3, tzinfo=UTC),
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_WORDS = ("amostra", "linha", "valor", "ficha", "item", "nota", "dado", "teste")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """A type with an order that we can compute in: how to read, step and draw its values."""

    read: Callable[[str], Value]
    draw: Callable[[Random, Value | None, Value | None], Value]
    step: int | Decimal | timedelta

    def moved(self, value: Value, steps: int) -> Value:
        """Go some steps up or down from a value."""
        found: Value = value + self.step * steps  # type: ignore[operator]
        return found


def pick(random: Random, options: Sequence[T]) -> T:
    """Choose one: thrice as fast as ``Random.choice``, which is fair to huge sequences too."""
    return options[int(random.random() * len(options))]


def text_of(value: Value) -> str:
    """Write a value as the server's input function reads it, whatever the DateStyle."""
    return value.isoformat() if isinstance(value, date) else str(value)


def whole(low: int, high: int) -> Ordered:
    """Integers of a type that holds ``low`` to ``high``; of every magnitude where no limit is."""

    def draw(random: Random, least: Value | None, most: Value | None) -> int:
        first, last = _span(least, most, 1, min(high, 1_000_000_000))
        start, end = max(low, int(first)), min(high, int(last))
        if most is None:
            end = start + min(end - start, 10 ** random.randint(1, 9))
        return random.randint(start, max(start, end))

    return Ordered(read=int, draw=draw, step=1)


def fractional(scale: int, most_digits: int) -> Ordered:
    """Decimals with ``scale`` places and at most ``most_digits`` before the point."""
    step = Decimal(1).scaleb(-scale)
    ceiling = Decimal(10) ** min(max(most_digits, 0), 6) - step

    def draw(random: Random, least: Value | None, most: Value | None) -> Decimal:
        start, end = _span(least, most, step, ceiling)
        count = max(0, int((end - start) / step))
        if most is None:
            count = min(count, 10 ** random.randint(1, 9))
        return (start + random.randint(0, count) * step).quantize(step)

    return Ordered(read=_decimal, draw=draw, step=step)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error


def _span(
    least: Value | None, most: Value | None, floor: int | Decimal, ceiling: int | Decimal
) -> tuple[Decimal, Decimal]:
    start = Decimal(least) if isinstance(least, (int, Decimal)) else None
    end = Decimal(most) if isinstance(most, (int, Decimal)) else None
    floor, ceiling = Decimal(floor), Decimal(ceiling)
    width = max(ceiling, -ceiling)
    if start is None:
        start = floor if end is None or end >= floor else end - width
    if end is None:
        end = ceiling if ceiling > start else start + width
    return start, end


def _instant(random: Random, least: Value | None, most: Value | None) -> datetime:
    start, end = _window(least, most)
    if least is None and most is None and random.random() < 0.1:
        return pick(random, _EDGES)
    span = max(0, int((end - start) / _TICK))
    chance = random.random()
    if chance < 0.1:
        return start
    if chance < 0.2:
        return end
    second = int(random.random() * span) // 1_000_000
    return start + timedelta(seconds=second)


def _window(least: Value | None, most: Value | None) -> tuple[datetime, datetime]:
    start = least if isinstance(least, datetime) else None
    end = most if isinstance(most, datetime) else None
    if start is None:
        start = _EPOCH if end is None else end - _WINDOW
    return start, (max(start + _WINDOW, _EPOCH) - _TICK if end is None else end)


def _day(random: Random, least: Value | None, most: Value | None) -> date:
    if least is None and most is None and random.random() < 0.25:
        return date(1950, 1, 1) + timedelta(days=random.randrange(25_000))
    start = least if isinstance(least, date) else None
    end = most if isinstance(most, date) else None
    if start is None:
        start = _EPOCH.date() if end is None else end - _WINDOW
    if end is None:
        end = max(start + _WINDOW, _EPOCH.date()) - timedelta(days=1)
    day = start + timedelta(days=random.randint(0, max(0, (end - start).days)))
    if random.random() < 0.2 and start <= day.replace(day=1):
        return day.replace(day=1)
    return day


def _read_instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


INSTANT = Ordered(read=_read_instant, draw=_instant, step=_TICK)
DAY = Ordered(read=lambda text: date.fromisoformat(text[:10]), draw=_day, step=timedelta(days=1))


def word(random: Random, least: int, most: int) -> str:
    """Draw a readable text of ``least`` to ``most`` characters, rarely the same twice."""
    text = f"{pick(random, _WORDS)} {random.getrandbits(28):07x}"
    if most < len(text):
        return "".join(random.choices(_LETTERS, k=random.randint(max(least, min(1, most)), most)))
    return text + "".join(random.choices(_LETTERS, k=max(0, least - len(text))))


def identifier(random: Random) -> str:
    """Draw a UUID with version 7 and the RFC's variant, its instant in 2026."""
    milliseconds = _FIRST_MILLISECOND + int(random.random() * 31_536_000_000)
    tail = random.getrandbits(74)
    number = milliseconds << 80 | 7 << 76 | (tail >> 62) << 64 | 2 << 62 | tail & _LOW_62
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _bits(random: Random) -> str:
    return str(random.getrandbits(1))


def _address(random: Random) -> str:
    return f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}"


def _hex(random: Random, pairs: int) -> str:
    return ":".join(f"{random.randrange(256):02x}" for _ in range(pairs))


def _point(random: Random) -> str:
    return f"({random.randrange(1000)},{random.randrange(1000)})"


def _minutes(random: Random) -> str:
    return f"{random.randrange(1, 600)} minutes"


def _clock(random: Random) -> str:
    return f"{random.randrange(24):02d}:{random.randrange(60):02d}:00"


PLAIN: dict[str, Draw] = {
    "bool": lambda random: pick(random, ("true", "false")),
    "uuid": identifier,
    "time": _clock,
    "timetz": lambda random: _clock(random) + "+00",
    "interval": _minutes,
    "inet": _address,
    "cidr": lambda random: f"10.{random.randrange(256)}.{random.randrange(256)}.0/24",
    "macaddr": lambda random: _hex(random, 6),
    "macaddr8": lambda random: _hex(random, 8),
    "bit": _bits,
    "varbit": _bits,
    "money": lambda random: f"{random.randrange(1, 100_000)}",
    "xml": lambda random: f"<amostra>{random.randrange(10**6)}</amostra>",
    "tsvector": lambda random: f"'{pick(random, _WORDS)}':1 '{random.randrange(10**6)}':2",
    "tsquery": lambda random: f"'{pick(random, _WORDS)}' & '{random.randrange(10**6)}'",
    "point": _point,
    "line": lambda random: f"{{1,1,{random.randrange(1000)}}}",
    "lseg": lambda random: f"[{_point(random)},{_point(random)}]",
    "box": lambda random: f"{_point(random)},{_point(random)}",
    "path": lambda random: f"[{_point(random)},{_point(random)}]",
    "polygon": lambda random: f"({_point(random)},{_point(random)},{_point(random)})",
    "circle": lambda random: f"<{_point(random)},{random.randrange(1, 100)}>",
    "pg_lsn": lambda random: f"0/{random.randrange(1, 2**31):X}",
    "char": lambda random: pick(random, "abcdefgh"),
    "name": lambda random: word(random, 1, 40).replace(" ", "_"),
    "oid": lambda random: str(random.randrange(20_000, 2**31)),
    "xid8": lambda random: str(random.randrange(1, 2**31)),
    "regclass": lambda random: pick(random, ("pg_class", "pg_type", "pg_proc")),
    "regtype": lambda random: pick(random, ("text", "integer", "uuid")),
    "regrole": lambda _: "pg_monitor",
    "regnamespace": lambda _: "pg_catalog",
    "regprocedure": lambda _: "now()",
    "jsonpath": lambda random: f"$.amostra{random.randrange(10**6)}",
    "ltree": lambda random: f"amostra.n{random.randrange(10**6)}",
    "hstore": lambda random: f"amostra=>{random.randrange(10**6)}",
}
ORDERED: dict[str, Ordered] = {
    "int2": whole(-32_768, 32_767),
    "int4": whole(-(2**31), 2**31 - 1),
    "int8": whole(-(2**63), 2**63 - 1),
    "float4": fractional(2, 4),
    "float8": fractional(2, 6),
    "timestamptz": INSTANT,
    "timestamp": INSTANT,
    "date": DAY,
}
TEXTS = frozenset({"text", "varchar", "bpchar", "citext"})
# What an unknown type may read; the server says which (pg_input_is_valid, since PostgreSQL 16).
PROBES = ("1", "0", "a", "{}", "[]", "()", "1.0", "2026-01-01", "(1,1)", "$.a", "<a/>", "")
