"""`second-runner`: two operators start at once; one must wait, and find the work done."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from harness.checks.finding import Finding, Proof, Rule


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
    """

    file: str
    runs: tuple[Run, ...]
    applied: tuple[str, ...]
    expected: tuple[str, ...]


RaceRule = Rule[Race]


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


def _second_runner(rule: RaceRule, seen: Race) -> Iterator[Finding]:
    for run in seen.runs:
        if run.exit_code:
            yield rule.finding(
                f"of {len(seen.runs)} runners at once one fails with exit code {run.exit_code}:"
                f" {' '.join(run.said.split())}",
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
    if left and not any(run.exit_code for run in seen.runs):
        yield rule.finding(
            f"{len(seen.runs)} runners at once ended well, but nobody applied {', '.join(left)}",
            file=seen.file,
        )


RULES: tuple[RaceRule, ...] = (
    Rule(
        id="second-runner",
        title="two runners at once apply something twice, or one of them fails",
        effect="two deployments that overlap leave the database in a state that neither wanted",
        fix="take one session-level lock before the ledger is read, and keep it until the end:\n"
        "SELECT pg_advisory_lock(…);",
        proof=Proof.RUN,
        check=_second_runner,
    ),
)
