"""Names and literals inside SQL text."""

from __future__ import annotations

import re

from harness.catalog import CatalogObject

IDENTIFIER = r'(?:[a-z_\u0080-\uffff][\w$]*|"(?:[^"]|"")+")'
QUALIFIED = rf"{IDENTIFIER}\.{IDENTIFIER}"
_SIGNED = re.compile(rf"({QUALIFIED}|{IDENTIFIER})\(.*\)", re.DOTALL)
_PLAIN_VALUE = re.compile(r"[\w.-]+")


def literal(text: str) -> str:
    """Quote a text as PostgreSQL reads it with standard_conforming_strings."""
    return "'" + text.replace("'", "''") + "'"


def name_of(item: CatalogObject) -> str:
    """Return the qualified name, without the argument types of a function."""
    signed = _SIGNED.fullmatch(item.identity.name)
    return signed[1] if signed else item.identity.name


def local_name(item: CatalogObject) -> str:
    """Return a child's own name, without its parent's."""
    if item.parent is None:
        return item.identity.name
    return item.identity.name.removeprefix(f"{item.parent.name}.")


def unqualified(name: str) -> str:
    """Return the last part of a qualified name."""
    found = re.findall(IDENTIFIER, name)
    return str(found[-1]) if found else name


def plain(identifier: str) -> str:
    """Take the quotes of an identifier away."""
    if identifier.startswith('"'):
        return identifier[1:-1].replace('""', '"')
    return identifier


def enclosed(expression: str) -> str:
    """Put an expression between parentheses, unless it is already."""
    return expression if _is_enclosed(expression) else f"({expression})"


def storage_options(lines: str) -> str:
    """Write `name=value` lines as a list of storage parameters."""
    return ", ".join(map(_storage_option, lines.splitlines()))


def foreign_options(options: str | None) -> str:
    """Write an OPTIONS clause, empty where there are none."""
    return f" OPTIONS ({options})" if options else ""


def _storage_option(line: str) -> str:
    name, _, value = line.partition("=")
    return f"{name} = {value if _PLAIN_VALUE.fullmatch(value) else literal(value)}"


def _is_enclosed(expression: str) -> bool:
    """Tell whether the first parenthesis is closed by the last character.

    Those of a scalar subquery are its own and do not count.
    """
    if not expression.startswith("(") or expression.startswith("( SELECT"):
        return False
    depth = 0
    for token in re.finditer(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[()]", expression):
        depth += {"(": 1, ")": -1}.get(token.group(), 0)
        if depth == 0:
            return token.end() == len(expression)
    return False
