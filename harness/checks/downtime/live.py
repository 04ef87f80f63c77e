"""Live traffic: the old application goes on working while a whole phase is applied."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic, sleep

import psycopg

from harness.checks.downtime.moments import Observed
from harness.checks.finding import Finding, Proof, Rule
from harness.checks.release.asking import Asked
from harness.checks.release.clients import Verb
from harness.checks.release.contexts import entering
from harness.checks.release.old_app import OldApp
from harness.checks.schema.facts import Connection
from harness.database import Database
from harness.errors import HarnessError
from harness.execute import run_script
from harness.plan import ChangeType

_PAUSE = 0.001
_DEADLOCK = "40P01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A statement of a client that failed while a migration ran."""

    asked: Asked
    sqlstate: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveEvidence:
    """What clients met while one migration ran: failures, and the longest statement in ms."""

    seen: Observed
    statements: int
    longest_ms: float
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePhase:
    """What clients met while the migrations of a phase ran, one after the other."""

    met: tuple[LiveEvidence, ...]

    @property
    def stalls(self) -> tuple[str, ...]:
        """Say for each migration how long its slowest client waited."""
        return tuple(
            f"{each.seen.migration.version}: the longest of {each.statements} statements of"
            f" clients took {each.longest_ms} ms"
            for each in self.met
        )


@dataclass(slots=True)
class Traffic:
    """What the clients have met so far; `take` empties it, once per migration."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _statements: int = 0
    _longest: float = 0.0
    _hits: list[Hit] = field(default_factory=list)

    def note(self, took: float, hit: Hit | None = None) -> None:
        """Note one statement of a client."""
        with self._lock:
            self._statements += 1
            self._longest = max(self._longest, took)
            if hit is not None:
                self._hits.append(hit)

    def take(self, seen: Observed) -> LiveEvidence:
        """Return what was met since the last time, as the evidence of a migration."""
        with self._lock:
            evidence = LiveEvidence(
                seen=seen,
                statements=self._statements,
                longest_ms=round(self._longest * 1000, 1),
                hits=tuple(self._hits),
            )
            self._statements, self._longest, self._hits = 0, 0.0, []
        return evidence


@contextmanager
def live_traffic(
    database: Database, app: OldApp, *, writers: int = 2, readers: int = 1
) -> Iterator[Traffic]:
    """Let clients repeat the old application's statements while the block runs.

    Each statement is a transaction of its own, which is rolled back: the rows stay as they are.
    """
    traffic = Traffic()
    over = threading.Event()
    asked = [each for each, _ in app.requests if not each.request.before]
    reads = [each for each in asked if each.request.verb is Verb.READ]
    writes = [each for each in asked if each.request.verb in {Verb.UPDATE, Verb.DELETE}]
    shares = [reads] * readers + [writes[place::writers] for place in range(writers)]
    threads = [
        threading.Thread(target=_work, args=(database, share, traffic, over), daemon=True)
        for share in shares
        if share
    ]
    for thread in threads:
        thread.start()
    try:
        yield traffic
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _work(
    database: Database, share: Sequence[Asked], traffic: Traffic, over: threading.Event
) -> None:
    try:
        with database.connect(autocommit=False) as connection:
            while not over.is_set():
                for asked in share:
                    _send(connection, asked, traffic)
                    if over.is_set():
                        break
                sleep(_PAUSE)
    except (psycopg.Error, HarnessError):
        return  # the database is gone: the run has ended otherwise


def _send(connection: Connection, asked: Asked, traffic: Traffic) -> None:
    started = monotonic()
    try:
        who = entering(connection, asked.role, asked.context)
        connection.execute(f"{who}; {asked.request.sql}".encode(), prepare=False)
    except psycopg.Error as error:
        if connection.broken:
            raise
        hit = Hit(
            asked=asked,
            sqlstate=error.diag.sqlstate or "",
            message=error.diag.message_primary or str(error),
        )
        traffic.note(monotonic() - started, hit)
    else:
        traffic.note(monotonic() - started)
    finally:
        if not connection.broken:
            connection.rollback()


LiveRule = Rule[LiveEvidence]


def _breaks_live(rule: LiveRule, met: LiveEvidence) -> Iterator[Finding]:
    migration = met.seen.migration
    told: set[str] = set()
    for hit in met.hits:
        target = str(hit.asked.request.target)
        if target in told:
            continue
        told.add(target)
        kind = "is the victim of a deadlock" if hit.sqlstate == _DEADLOCK else "fails"
        yield rule.finding(
            f"while V ran, {hit.asked.request.label} on {target} as {hit.asked.role} {kind}:"
            f" {hit.message} (SQLSTATE {hit.sqlstate})",
            file=migration.file,
            migration=migration.version,
            object=target,
        )


RULES: tuple[LiveRule, ...] = (
    Rule(
        id="old-app-breaks",
        title="what the application of the release before does fails while the migration runs",
        effect="users meet errors during the deployment",
        fix="lock as few tables as possible at once, in the order in which the application does,"
        " and each for a moment only",
        proof=Proof.RUN,
        check=_breaks_live,
    ),
)
"""The live half of `old-app-breaks`, for the thorough run."""


def _breaks_live_in_phase(_rule: Rule[LivePhase], seen: LivePhase) -> Iterator[Finding]:
    for met in seen.met:
        for own in RULES:
            yield from own.findings(met)


PHASE_RULES: tuple[Rule[LivePhase], ...] = tuple(
    Rule(
        id=each.id,
        title=each.title,
        effect=each.effect,
        fix=each.fix,
        proof=each.proof,
        check=_breaks_live_in_phase,
    )
    for each in RULES
)


def run_live(database: Database, app: OldApp, migrations: Iterable[Observed]) -> LivePhase:
    """Apply the migrations of a phase under the traffic of the old application.

    ``database`` stands at the start of the phase, with rows, and is used up. What the phase's
    contracts remove is left to them: nobody uses it any more when they run.
    """
    seen = tuple(migrations)
    released = OldApp(
        requests=tuple(
            each for each in app.requests if each[0].request.target.name not in _contracted(seen)
        )
    )
    met: list[LiveEvidence] = []
    with live_traffic(database, released) as traffic:
        for each in seen:
            with database.connect(database.owner) as connection:
                run_script(connection, each.migration.forward)
            met.append(traffic.take(each))
    return LivePhase(met=tuple(met))


def _contracted(seen: Iterable[Observed]) -> frozenset[str]:
    """Name the relations and functions that lose something to a contract."""
    return frozenset(
        (gone.parent or gone.identity).name
        for each in seen
        if each.migration.change_type is ChangeType.CONTRACT
        for gone in each.forward_delta.removed
    )
