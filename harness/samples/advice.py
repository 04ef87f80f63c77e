"""What hints advise on one column: strict ones always hold, the others sometimes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from harness.samples.hints import About, Hint
from harness.samples.scalars import Ordered, Value

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


def limits_of(ordered: Ordered, advice: Advice) -> Limits:
    """Narrow what can be ordered to what the strict hints leave."""
    limits = Limits()
    for hint in advice.strict:
        if hint.about is not About.VALUE or len(hint.values) != 1:
            continue
        value = value_of(ordered, hint.values[0])
        if value is None:
            continue
        if hint.operator in _LOWER_BOUNDS:
            limits.narrow(ordered.moved(value, int(_LOWER_BOUNDS[hint.operator])), None)
        elif hint.operator in _UPPER_BOUNDS:
            limits.narrow(None, ordered.moved(value, -int(_UPPER_BOUNDS[hint.operator])))
    return limits


def value_of(ordered: Ordered, text: str) -> Value | None:
    """Read a literal as a value of the order; None where it is none."""
    try:
        return ordered.read(text)
    except (ValueError, ArithmeticError):
        return None
