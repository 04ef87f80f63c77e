"""Build what draws a column's values: from its type, its domain's checks and the hints on it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from harness.samples import pattern
from harness.samples.hints import About, Hint, Said, read_hints
from harness.samples.scalars import (
    ORDERED,
    PLAIN,
    TEXTS,
    Draw,
    Ordered,
    Value,
    fractional,
    pick,
    text_of,
    word,
)
from harness.samples.shape import Type

_UPPER_BOUNDS = {"<": True, "<=": False}
_LOWER_BOUNDS = {">": True, ">=": False}


@dataclass(slots=True)
class Limits:
    """The least and the most that hints allow."""

    least: Value | None = None
    most: Value | None = None

    def narrow(self, least: Value | None, most: Value | None) -> None:
        """Keep the tighter bound of each side."""
        if least is not None and (self.least is None or least > self.least):  # type: ignore[operator]
            self.least = least
        if most is not None and (self.most is None or most < self.most):  # type: ignore[operator]
            self.most = most


@dataclass(slots=True)
class Advice:
    """All hints on one column: the strict ones hold always, the others sometimes."""

    hints: Sequence[Hint] = ()

    @property
    def strict(self) -> list[Hint]:
        """The hints that every value must follow."""
        return [each for each in self.hints if each.strict]

    def sizes(self, about: About, least: int, most: int) -> tuple[int, int]:
        """Bound a length by what strict hints say of it."""
        for hint in self.strict:
            if hint.about is about and hint.values:
                least, most = _bounded(hint, least, most)
        return least, max(least, most)

    def of(self, about: About, *operators: str, strict: bool | None = None) -> list[Hint]:
        """Select hints by what they speak of."""
        return [
            each
            for each in self.hints
            if each.about is about
            and (not operators or each.operator in operators)
            and (strict is None or each.strict is strict)
        ]


def _bounded(hint: Hint, least: int, most: int) -> tuple[int, int]:
    try:
        number = int(Decimal(hint.values[0]))
    except ArithmeticError:
        return least, most
    if hint.operator == "=":
        return number, number
    if hint.operator in _LOWER_BOUNDS:
        return max(least, number + _LOWER_BOUNDS[hint.operator]), max(most, number + 4)
    if hint.operator in _UPPER_BOUNDS:
        return least, min(most, number - _UPPER_BOUNDS[hint.operator])
    return least, most


class Makers:
    """Makes what draws values, for all columns of one shape."""

    def __init__(self, types: Mapping[int, Type], probed: Mapping[int, str]) -> None:
        self.types = types
        self.probed = probed

    def base(self, oid: int, modifier: int) -> tuple[Type, int, tuple[Said, ...]]:
        """Go down from a domain to what it is made of, collecting what its checks say."""
        said: list[Said] = []
        kind = self.types[oid]
        while kind.form == "d" and kind.base is not None:
            for expression in kind.checks:
                said.extend(read_hints(expression))
            modifier = kind.modifier
            kind = self.types[kind.base]
        return kind, modifier, tuple(said)

    def required(self, oid: int) -> bool:
        """Whether a domain on the way refuses NULL."""
        kind = self.types[oid]
        return kind.required or (kind.base is not None and self.required(kind.base))

    def maker(self, oid: int, modifier: int, hints: Sequence[Hint] = ()) -> Draw:
        """Say how to draw a value of a type under some hints."""
        kind, modifier, said = self.base(oid, modifier)
        of_domain = tuple(each for each in said if isinstance(each, Hint))
        advice = Advice((*hints, *of_domain))
        draw = self._structured(kind, advice) or self._scalar(kind, modifier, advice)
        return _with_choices(draw, kind, self._ordered(kind, modifier), advice)

    def ordered(self, oid: int, modifier: int) -> Ordered | None:
        """Say how values of a type are ordered, where we can compute in it."""
        kind, modifier, _ = self.base(oid, modifier)
        return self._ordered(kind, modifier)

    def _ordered(self, kind: Type, modifier: int) -> Ordered | None:
        if kind.short_name == "numeric":
            if modifier < 0:
                return fractional(2, 4)
            precision, scale = (modifier - 4) >> 16 & 0xFFFF, (modifier - 4) & 0x7FF
            return fractional(scale, precision - scale)
        return ORDERED.get(kind.short_name)

    def _structured(self, kind: Type, advice: Advice) -> Draw | None:
        if kind.form == "e":
            return lambda random: pick(random, kind.labels)
        if kind.element is not None:
            return self._array(kind.element, advice)
        if kind.form == "r" and kind.subtype is not None:
            return self._range(kind.subtype)
        if kind.form == "m" and kind.subtype is not None:
            inner = self.maker(kind.subtype, -1)
            return lambda random: f"{{{inner(random)}}}"
        if kind.form == "c":
            return self._record(kind)
        return None

    def _array(self, element: int, advice: Advice) -> Draw:
        members = advice.of(About.MEMBERS, "<@", "&&")
        inner = self.maker(element, -1, advice.of(About.VALUE) + advice.of(About.PATTERN))
        contained = [value for hint in advice.of(About.MEMBERS, "@>") for value in hint.values]
        least, most = advice.sizes(About.SIZE, 1, 3)

        def draw(random: Random) -> str:
            count = random.randint(least, most)
            if members:
                pool = members[0].values
                chosen = random.sample(pool, min(count, len(pool)))
            else:
                drawn = [text_of(inner(random)) for _ in range(count)]
                chosen = list(dict.fromkeys((*contained, *drawn)))
            return "{" + ",".join(map(_quoted, chosen)) + "}"

        return draw

    def _range(self, subtype: int) -> Draw:
        inner = self.maker(subtype, -1)
        ordered = self.ordered(subtype, -1)

        def draw(random: Random) -> str:
            low = inner(random)
            if ordered is None:
                return f"[{_quoted(text_of(low))},]"
            high = ordered.moved(low, _stride(ordered, random))
            return f"[{_quoted(text_of(low))},{_quoted(text_of(high))})"

        return draw

    def _record(self, kind: Type) -> Draw:
        inner = [self.maker(oid, modifier) for oid, modifier in kind.fields]

        def draw(random: Random) -> str:
            return "(" + ",".join(_quoted(text_of(each(random))) for each in inner) + ")"

        return draw

    def _scalar(self, kind: Type, modifier: int, advice: Advice) -> Draw:
        if kind.short_name in TEXTS:
            most = modifier - 4 if modifier > 4 and kind.short_name != "text" else 10_000
            return _text(advice, most)
        if kind.short_name in {"json", "jsonb"}:
            return _document(advice)
        if kind.short_name == "bytea":
            least, most = advice.sizes(About.OCTETS, *advice.sizes(About.LENGTH, 8, 16))
            return lambda random: "\\x" + random.randbytes(random.randint(least, most)).hex()
        if kind.short_name in {"bit", "varbit"} and modifier > 0:
            return lambda random: f"{random.getrandbits(modifier):0{modifier}b}"
        ordered = self._ordered(kind, modifier)
        if ordered is not None:
            limits = _limits(ordered, advice)
            return lambda random: ordered.draw(random, limits.least, limits.most)
        probe = self.probed.get(kind.oid, "")
        return PLAIN.get(kind.short_name, lambda _: probe)


def _stride(ordered: Ordered, random: Random) -> int:
    """A range's width in steps: days or units, or hours where a step is a microsecond."""
    return random.randint(1, 9) * (3_600_000_000 if ordered is ORDERED["timestamptz"] else 1)


def _limits(ordered: Ordered, advice: Advice) -> Limits:
    limits = Limits()
    for hint in advice.strict:
        if hint.about is not About.VALUE or len(hint.values) != 1:
            continue
        value = _read(ordered, hint.values[0])
        if value is None:
            continue
        if hint.operator in _LOWER_BOUNDS:
            limits.narrow(ordered.moved(value, int(_LOWER_BOUNDS[hint.operator])), None)
        elif hint.operator in _UPPER_BOUNDS:
            limits.narrow(None, ordered.moved(value, -int(_UPPER_BOUNDS[hint.operator])))
    return limits


def _read(ordered: Ordered, text: str) -> Value | None:
    try:
        return ordered.read(text)
    except (ValueError, ArithmeticError):
        return None


def _with_choices(draw: Draw, kind: Type, ordered: Ordered | None, advice: Advice) -> Draw:
    """Prefer the literals that a check names: always where it is strict, else now and then."""
    if kind.element is not None or kind.form in "rm":
        return draw
    fixed = [value for hint in advice.of(About.VALUE, "=", strict=True) for value in hint.values]
    if fixed:
        choices = _literals(ordered, fixed, near=False)
        return lambda random: pick(random, choices)
    said = [
        value
        for hint in advice.of(About.VALUE)
        for value in hint.values
        if not hint.strict or (ordered is None and hint.operator in {"<=", ">="})
    ]
    maybe = _literals(ordered, said, near=True)
    if not maybe:
        return draw
    return lambda random: pick(random, maybe) if random.random() < 0.4 else draw(random)


def _literals(ordered: Ordered | None, texts: list[str], *, near: bool) -> list[Value]:
    if ordered is None:
        return list(texts)
    values = [value for text in texts if (value := _read(ordered, text)) is not None]
    if not near:
        return values or list(texts)
    return [ordered.moved(value, steps) for value in values for steps in (0, 1, -1)]


def _text(advice: Advice, most: int) -> Draw:
    least, most = advice.sizes(About.LENGTH, *advice.sizes(About.OCTETS, 1, most))
    patterns = _patterns(advice)
    likes = [hint.values[0] for hint in advice.of(About.LIKE)]
    named = [text for hint in advice.of(About.CONTAINS) for text in hint.values]
    upper = bool(advice.of(About.UPPER))

    def draw(random: Random) -> str:
        if patterns:
            text = _fitting(patterns, random, least, most)
        elif likes:
            text = pick(random, likes).replace("%", word(random, 1, 8)).replace("_", "a")
        elif named and random.random() < 0.6:
            text = f"{word(random, 1, 8)}{pick(random, named)}{word(random, 1, 8)}"
        else:
            text = word(random, least, most)
        return text.upper() if upper else text

    return draw


def _patterns(advice: Advice) -> list[pattern.Pattern]:
    hints = advice.of(About.PATTERN, strict=True) or advice.of(About.PATTERN)
    found = []
    for hint in hints[:1] if hints and hints[0].strict else hints:
        try:
            found.append(pattern.read_pattern(hint.values[0]))
        except pattern.UnknownPatternError:
            continue
    return found


def _fitting(patterns: list[pattern.Pattern], random: Random, least: int, most: int) -> str:
    """Draw from a pattern until the length fits too; the server has the last word."""
    text = ""
    for _ in range(12):
        text = pattern.draw(pick(random, patterns), random, min(most, max(least, 10)))
        if least <= len(text) <= most:
            break
    return text


def _document(advice: Advice) -> Draw:
    keys = [value for hint in advice.of(About.VALUE, "?", "?&", "?|") for value in hint.values]
    contained = [value for hint in advice.of(About.MEMBERS, "@>") for value in hint.values]
    sizes = advice.of(About.SIZE)
    least, most = advice.sizes(About.SIZE, 1, 3)

    def draw(random: Random) -> str:
        if contained:
            return pick(random, contained)
        listed = [{"amostra": random.randrange(10**6)} for _ in range(random.randint(least, most))]
        if sizes:
            return json.dumps(listed)
        named = {"amostra": random.randrange(10**6)} | {key: word(random, 1, 9) for key in keys}
        chance = random.random()
        if chance < 0.75 or keys:
            return json.dumps(named)
        if chance < 0.9:
            return json.dumps(listed)
        return json.dumps(pick(random, ("amostra", 1, True)))

    return draw


def _quoted(text: str) -> str:
    """Quote an element of an array, a range or a record."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
