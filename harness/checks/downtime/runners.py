"""`second-runner`: two operators start at once; one must wait, and find the work done."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from harness.checks.finding import Finding, Proof, Rule, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How one runner ended: its exit code and what it said last."""

    exit_code: int
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """Several runners at once on one database.

    ``file`` is what is blamed: the script that the runners share. ``applied`` are the versions
    of the ledger's entries, in order; ``expected`` those that a single runner would have written.
    ``alone`` is how a runner by itself ended, where one of several failed.
    """

    file: str
    runs: tuple[Run, ...]
    applied: tuple[str, ...]
    expected: tuple[str, ...]
    alone: Run | None = None

    @property
    def failed(self) -> tuple[Run, ...]:
        """The runs that did not end well."""
        return tuple(each for each in self.runs if each.exit_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRaced:
    """Why nothing could be raced; ``must_be_proven`` says whether that is an error."""

    file: str
    reason: str
    must_be_proven: bool = False


RaceRule = Rule[Race | NotRaced]


def race(
    apply: Callable[[], Run],
    applied: Callable[[], Sequence[str]],
    *,
    file: str,
    expected: Sequence[str],
    runners: int = 2,
) -> Race:
    """Start the same run several times at once, and read the ledger when all have ended.

    ``apply`` runs everything that is to be applied on a database that several may share;
    ``applied`` reads the versions that the ledger says were applied.
    """
    gate = threading.Barrier(runners)
    ended: list[Run] = []

    def start() -> None:
        gate.wait()
        ended.append(apply())

    threads = [threading.Thread(target=start) for _ in range(runners)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Race(file=file, runs=tuple(ended), applied=tuple(applied()), expected=tuple(expected))


def _second_runner(rule: RaceRule, seen: Race | NotRaced) -> Iterator[Finding]:
    if isinstance(seen, NotRaced):
        severity = Severity.ERROR if seen.must_be_proven else Severity.WARNING
        yield rule.finding(f"not proven: {seen.reason}", file=seen.file, severity=severity)
    elif seen.alone is not None and seen.alone.exit_code:
        words = f"a runner fails even by itself, with exit code {_ending(seen.alone)}"
        yield rule.finding(words, file=seen.file)
    else:
        yield from _raced(rule, seen)


def _ending(run: Run) -> str:
    return f"{run.exit_code}: {' '.join(run.said.split())}"


def _raced(rule: RaceRule, seen: Race) -> Iterator[Finding]:
    for run in seen.failed:
        yield rule.finding(
            f"of {len(seen.runs)} runners at once one fails with exit code {_ending(run)}",
            file=seen.file,
        )
    for version, times in Counter(seen.applied).items():
        if times > 1:
            yield rule.finding(
                f"{len(seen.runs)} runners at once applied {version} {times} times",
                file=seen.file,
                migration=version,
            )
    left = [each for each in seen.expected if each not in seen.applied]
    if left and not seen.failed:
        yield rule.finding(
            f"{len(seen.runs)} runners at once ended well, but nobody applied {', '.join(left)}",
            file=seen.file,
        )


RULES: tuple[RaceRule, ...] = (
    Rule(
        id="second-runner",
        title="two runners at once apply something twice, or one of them fails",
        effect="two deployments that overlap leave the database in a state that neither wanted",
        fix="-- before the ledger is read, and kept to the end of the session; one statement that\n"
        "-- waits for it is what CREATE INDEX CONCURRENTLY in the other session waits for\n"
        "DO $$\n"
        "BEGIN\n"
        "    WHILE NOT pg_try_advisory_lock(…) LOOP\n"
        "        COMMIT;\n"
        "        PERFORM pg_sleep(0.1);\n"
        "    END LOOP;\n"
        "END $$;",
        proof=Proof.RUN,
        check=_second_runner,
    ),
)
