"""What the server did while a file ran, statement by statement."""

from __future__ import annotations

from dataclasses import dataclass

WEAKEST_FIRST = (
    "AccessShareLock",
    "RowShareLock",
    "RowExclusiveLock",
    "ShareUpdateExclusiveLock",
    "ShareLock",
    "ShareRowExclusiveLock",
    "ExclusiveLock",
    "AccessExclusiveLock",
)
"""The modes of table locks in the manual's order (section 13.3.1)."""

ACCESS_EXCLUSIVE = WEAKEST_FIRST[-1]
BLOCKS_WRITES = frozenset(WEAKEST_FIRST[4:])
"""The modes that conflict with INSERT, UPDATE and DELETE."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Lock:
    """A lock first taken by a statement on a relation that existed before the file.

    ``mode`` is the server's own word (``AccessExclusiveLock``); ``kind`` is the catalog's
    (``table``, ``index``, ``materialized view``…). ``table`` is the table of an index and what a
    TOAST table's locks are told of. ``rows`` says whether the relation, or one of its
    partitions, had any block in its file when the migration's file began: a table that was
    always empty has none.
    """

    object: str
    mode: str
    rows: bool = False
    kind: str = "table"
    table: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Rewrite:
    """An earlier table, index or matview whose files were replaced, and why.

    The indexes of a table that is rewritten itself are not told one by one.
    """

    object: str
    reason: str
    rows: bool = False
    kind: str = "table"
    table: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Scan:
    """An earlier relation whose rows a statement read.

    ``tuples`` counts every row read, ``sequential`` those of them that were read by going
    through the relation and not by an index.
    """

    object: str
    tuples: int
    sequential: int = 0
    kind: str = "table"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Write:
    """An earlier table whose rows a statement wrote."""

    object: str
    inserted: int = 0
    updated: int = 0
    deleted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementTrace:
    """One statement as the server ran it; ``ms`` is wall-clock milliseconds.

    ``dropped_indexes`` are earlier indexes that the statement took away. ``lock_timeout`` is
    what was in effect when it ended, as the server writes it (``5s``; ``0``: none); None where
    nothing was held or looked at. ``complete`` is False where a lock that was given back at
    once may have been missed: the statement ran transactions of its own.
    """

    line: int
    kind: str
    ms: float
    locks: tuple[Lock, ...] = ()
    rewrites: tuple[Rewrite, ...] = ()
    scans: tuple[Scan, ...] = ()
    writes: tuple[Write, ...] = ()
    dropped_indexes: tuple[str, ...] = ()
    lock_timeout: str | None = None
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """The server's refusal of a statement, with what it said.

    ``line`` is the line in the file; ``statement`` the index of the statement; ``sqlstate`` as
    in the manual's appendix A.
    """

    sqlstate: str
    message: str
    line: int
    statement: int
    detail: str | None = None
    hint: str | None = None
    context: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A file as the server ran it; after a failure, up to the failed statement."""

    statements: tuple[StatementTrace, ...] = ()
    failure: Failure | None = None
    ms: float = 0.0
    transactional: bool = True

    @property
    def succeeded(self) -> bool:
        """Whether every statement ran and, where there was a transaction, it committed."""
        return self.failure is None
