"""Names that PostgreSQL cuts: it keeps 63 bytes of an identifier and says so in a notice only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.catalog import Catalog
from harness.plan import Migration
from harness.sql.lexer import TokenKind, tokens

KEPT_BYTES = 63
# Kinds whose names people choose; for constraints and indexes the server finds short ones itself.
_CHOSEN = (
    "schema", "table", "view", "materialized view", "foreign table", "column", "sequence", "type",
    "domain", "function", "procedure", "policy", "trigger",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LongName:
    """A name as a file writes it, and what the server keeps of it."""

    text: str
    kept: str
    file: str
    line: int
    version: str | None

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return len(self.text.encode())


def long_names(migrations: Iterable[Migration], catalog: Catalog) -> Iterator[LongName]:
    """Yield the names in files that the server has cut, each at its first place."""
    known = {_last_part(each.identity.name) for each in catalog.objects}
    seen: set[str] = set()
    for migration in migrations:
        text = migration.forward.text
        for token in tokens(text):
            if token.end - token.start <= KEPT_BYTES // 4:
                continue
            name = _identifier(token.kind, text[token.start : token.end])
            if name is None or name in seen or cut(name) not in known:
                continue
            seen.add(name)
            yield LongName(
                text=name,
                kept=cut(name),
                file=migration.file,
                line=migration.forward.line_at(token.start),
                version=migration.version,
            )


def cut_names(migrations: Iterable[Migration], catalog: Catalog) -> Iterator[str]:
    """Yield the objects with names of full length that no file writes: dynamic SQL had them cut."""
    texts = [migration.forward.text for migration in migrations]
    for each in catalog.of_kind(*_CHOSEN):
        name = _last_part(each.identity.name)
        full = KEPT_BYTES - 3 <= len(name.encode()) <= KEPT_BYTES
        if full and cut(name + "xxxx") == name and not any(name in text for text in texts):
            yield str(each.identity)


def cut(name: str) -> str:
    """Cut a name as the server does, never inside of a character."""
    return name.encode()[:KEPT_BYTES].decode(errors="ignore")


def _identifier(kind: TokenKind, text: str) -> str | None:
    """Read a token as an identifier longer than what is kept; None for anything else."""
    if kind is TokenKind.QUOTED and text.startswith('"'):
        name = text[1:-1].replace('""', '"')
    elif kind is TokenKind.WORD:
        name = text.lower()
    else:
        return None
    return name if len(name.encode()) > KEPT_BYTES else None


def _last_part(name: str) -> str:
    """Take the last part of a qualified name as it is stored, without quotes or arguments."""
    bare = name.partition("(")[0]
    if bare.endswith('"'):
        return bare[bare.rindex('"', 0, -1) + 1 : -1]
    return bare.rpartition(".")[2]
