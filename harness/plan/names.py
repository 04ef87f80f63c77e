"""File names: what they say, and what they should say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from harness.plan.model import ChangeType

PATTERN = "V{phase}{seq}__{domain}__{change_type}__{slug}.sql"
ROLLBACK_PATTERN = "R{phase}{seq}__{domain}__{change_type}__{slug}.sql"
SEED_PATTERN = "S{phase}{seq}__{domain}__{slug}.sql"

_NUMBER = r"(?P<phase>\d{3})(?P<seq>\d{3,6})"
_DOMAIN = r"(?P<domain>[a-z][a-z0-9]*(?:_[a-z0-9]+)*)"
_SLUG = r"(?P<slug>[a-z0-9]+(?:_[a-z0-9]+)*)"
_TYPE = r"(?P<change_type>expand|contract)"
_FORMS = {
    "V": re.compile(rf"V{_NUMBER}__{_DOMAIN}__{_TYPE}__{_SLUG}\.sql", re.ASCII),
    "R": re.compile(rf"R{_NUMBER}__{_DOMAIN}__{_TYPE}__{_SLUG}\.sql", re.ASCII),
    "S": re.compile(rf"S{_NUMBER}__{_DOMAIN}__{_SLUG}\.sql", re.ASCII),
}
_SHOWN = 120
_LOOSE = re.compile(r"[VRSvrs](?P<digits>\d+)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileName:
    """The parts of a file name that follows the convention; seeds have no change type."""

    letter: str
    phase: int
    sequence: int
    digits: str
    domain: str
    slug: str
    change_type: ChangeType | None = None

    @property
    def version(self) -> str:
        """The name's first part: ``V100004``, and V also for its rollback."""
        return f"{'S' if self.letter == 'S' else 'V'}{self.digits}"

    @property
    def order(self) -> tuple[int, int]:
        """What versions are sorted by."""
        return self.phase, self.sequence


def read_name(letter: str, name: str) -> FileName | None:
    """Take a file name apart; None where it does not follow the convention of its letter."""
    match = _FORMS[letter].fullmatch(name) if letter in _FORMS else None
    if match is None:
        return None
    parts = match.groupdict()
    change_type = parts.get("change_type")
    return FileName(
        letter=letter,
        phase=int(parts["phase"]),
        sequence=int(parts["seq"]),
        digits=parts["phase"] + parts["seq"],
        domain=parts["domain"],
        slug=parts["slug"],
        change_type=ChangeType(change_type) if change_type else None,
    )


def is_domain(text: str) -> bool:
    """Whether a file name can bear this as its domain."""
    return re.fullmatch(_DOMAIN, text, re.ASCII) is not None


def loose_digits(name: str) -> str | None:
    """Return the version's digits of a name that does not follow the convention."""
    match = _LOOSE.match(name)
    return match["digits"] if match else None


def guess_name(letter: str, name: str, domain: str) -> FileName:
    """Read what can be read from a name that breaks the convention, so that the file still runs."""
    digits = loose_digits(name) or ""
    stem = name.rsplit(".", 1)[0]
    is_contract = "contract" in stem.lower()
    return FileName(
        letter=letter,
        phase=int(digits[:3] or 0),
        sequence=int(digits[3:] or 0),
        digits=digits or stem,
        domain=domain,
        slug=stem,
        change_type=ChangeType.CONTRACT if is_contract else ChangeType.EXPAND,
    )


def printable(name: str) -> str:
    """Return a name as one line that any terminal and any encoding can show.

    Bytes that are no UTF-8, line breaks and marks of direction are written as their escapes.
    """
    return "".join(each if each.isprintable() else _escape(each) for each in name)


def _escape(character: str) -> str:
    code = ord(character)
    is_byte = 0xDC80 <= code <= 0xDCFF  # PEP 383
    return f"\\x{code - 0xDC00:02x}" if is_byte else ascii(character)[1:-1]


def shown(text: str) -> str:
    """Return a text as one line of a message: short, without characters that are not seen."""
    line = printable(text)
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
