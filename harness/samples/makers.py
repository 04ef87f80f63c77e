"""Build what draws a column's values: from its type, its domain's checks and the hints on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from harness.samples.advice import Advice, limits_of, value_of
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
)
from harness.samples.shape import Type
from harness.samples.texts import document_maker, text_maker


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
            return text_maker(advice, most)
        if kind.short_name in {"json", "jsonb"}:
            return document_maker(advice)
        if kind.short_name == "bytea":
            least, most = advice.sizes(About.OCTETS, *advice.sizes(About.LENGTH, 8, 16))
            return lambda random: "\\x" + random.randbytes(random.randint(least, most)).hex()
        if kind.short_name in {"bit", "varbit"} and modifier > 0:
            return lambda random: f"{random.getrandbits(modifier):0{modifier}b}"
        ordered = self._ordered(kind, modifier)
        if ordered is not None:
            limits = limits_of(ordered, advice)
            return lambda random: ordered.draw(random, limits.least, limits.most)
        probe = self.probed.get(kind.oid, "")
        return PLAIN.get(kind.short_name, lambda _: probe)


def _stride(ordered: Ordered, random: Random) -> int:
    """A range's width in steps: days or units, or hours where a step is a microsecond."""
    return random.randint(1, 9) * (3_600_000_000 if ordered is ORDERED["timestamptz"] else 1)


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
    values = [value for text in texts if (value := value_of(ordered, text)) is not None]
    if not near:
        return values or list(texts)
    return [ordered.moved(value, steps) for value in values for steps in (0, 1, -1)]


def _quoted(text: str) -> str:
    """Quote an element of an array, a range or a record."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
