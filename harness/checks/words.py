"""How findings speak of objects, changes and failures."""

from __future__ import annotations

from collections.abc import Iterable

from harness.catalog.model import CatalogObject
from harness.diff import Delta, roots
from harness.execute.trace import Failure

SHOWN = 6
"""How many differences one message lists before it counts the rest."""


def refusal(failure: Failure) -> str:
    """Say what the server said: message, SQLSTATE, detail and hint in one line."""
    parts = [f"the server refuses: {failure.message} (SQLSTATE {failure.sqlstate})"]
    parts += [f"detail: {failure.detail}"] if failure.detail else []
    parts += [f"hint: {failure.hint}"] if failure.hint else []
    return "; ".join(" ".join(visible(part).split()) for part in parts)


def listed(sentences: Iterable[str]) -> str:
    """Join sentences to one line, counting those beyond the first few."""
    said = list(sentences)
    rest = len(said) - SHOWN
    return "; ".join(said[:SHOWN]) + (f"; and {rest} more" if rest > 0 else "")


def belonging(found: CatalogObject) -> str:
    """Name an object with what it belongs to: `policy p on table core.patients`."""
    if found.parent is None:
        return str(found.identity)
    own, whole = found.identity.name, found.parent.name
    short = own.removeprefix(f"{whole}.") if found.identity.kind != "column" else own
    return (
        f"{found.identity.kind} {short} on {found.parent}" if short != own else str(found.identity)
    )


def differences(
    delta: Delta, *, gone: str = "is missing", left: str = "is left over"
) -> tuple[tuple[str, str], ...]:
    """Pair each object that differs with the sentence that says how, parents only.

    ``gone`` and ``left`` complete the sentence of an object that is only before, or only after.
    """
    return (
        *((str(each.identity), f"{belonging(each)} {gone}") for each in roots(delta.removed)),
        *((str(each.identity), f"{belonging(each)} {left}") for each in roots(delta.added)),
        *((str(each.identity), str(each)) for each in delta.changed),
    )


def visible(text: str) -> str:
    """Write out the characters that nobody sees: a no-break space, a zero-width one, a BOM."""
    return "".join(
        each if each.isprintable() or each in "\n\t" else f"<U+{ord(each):04X}>" for each in text
    )
