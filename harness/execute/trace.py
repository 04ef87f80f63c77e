"""What the server did while a file ran, statement by statement."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Lock:
    """A lock first taken by a statement on a relation that existed before the file.

    ``mode`` is the server's own word (``AccessExclusiveLock``); ``rows`` is an estimate-free
    flag: whether the relation held any row when the file began.
    """

    object: str
    mode: str
    rows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Rewrite:
    """An earlier table, index or matview whose files were replaced, and why."""

    object: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Scan:
    """An earlier relation whose rows a statement read: tuples read by it."""

    object: str
    tuples: int


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Write:
    """An earlier table whose rows a statement wrote."""

    object: str
    inserted: int = 0
    updated: int = 0
    deleted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementTrace:
    """One statement as the server ran it; ``ms`` is wall-clock milliseconds."""

    line: int
    kind: str
    ms: float
    locks: tuple[Lock, ...] = ()
    rewrites: tuple[Rewrite, ...] = ()
    scans: tuple[Scan, ...] = ()
    writes: tuple[Write, ...] = ()


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
