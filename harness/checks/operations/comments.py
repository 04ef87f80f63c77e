"""What the comment at the top of a file declares: `-- colunas: a, b`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum


class Field(Enum):
    """What can be declared, in each of the words that say so."""

    QUESTION = ("pergunta", "question")
    WHEN = ("quando usar", "when to use")
    COLUMNS = ("colunas", "columns")
    ROLE = ("papel", "role")


_WORDS = {word: field for field in Field for word in field.value}
_DECLARATION = re.compile(rf"({'|'.join(_WORDS)})\s*:\s*(.*)", re.IGNORECASE)
_ROLE = re.compile(r"[A-Za-z_][A-Za-z0-9_$]*")


def leading_comments(text: str, mark: str) -> tuple[str, ...]:
    """Return the lines of the comment block that a file starts with, without their mark."""
    found: list[str] = []
    for line in text.lstrip("\ufeff").splitlines():
        if not line.startswith(mark):
            break
        found.append(line.removeprefix(mark).strip())
    return tuple(found)


def declared(comments: tuple[str, ...]) -> Mapping[Field, str]:
    """Read the declarations of a comment block; a line without one goes on with the last."""
    found: dict[Field, str] = {}
    last: Field | None = None
    for line in comments:
        match = _DECLARATION.match(line)
        if match is not None:
            last = _WORDS[match[1].lower()]
            found[last] = match[2]
        elif last is not None:
            found[last] = f"{found[last]} {line}".strip()
    return found


def role_in(comments: tuple[str, ...]) -> str | None:
    """Return the role that a comment block declares."""
    match = _ROLE.match(declared(comments).get(Field.ROLE, ""))
    return match[0] if match else None


def columns_in(comments: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns that a comment block declares, in order.

    What stands in brackets behind a name explains it and is no part of it.
    """
    text = re.sub(r"\([^()]*\)", "", declared(comments).get(Field.COLUMNS, ""))
    return tuple(each for each in (word.strip(" .`") for word in text.split(",")) if each)
