"""Walk a whole phase backward from its end, forward again, and the last one down to the bottom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from harness.checks.rehearsal.chain import Chain, Walk
from harness.checks.rehearsal.evidence import LeftOut, PhaseEvidence, Step
from harness.plan import Migration, Phase, Plan


def walk_through(plan: Plan, chain: Chain, phase: Phase) -> PhaseEvidence:
    """Walk a phase on a copy of the chain's database at its end, with its seeds in place."""
    first, last = bounds(plan, phase)
    start = chain.catalog_at(first)
    pristine = chain.catalog_at(0) if _is_last(plan, phase) else None
    with chain.clone_at(last) as walk:
        end = walk.catalog
        backward = _run_backward(chain, walk, phase.migrations)
        back = walk.read()
        forward = _run_forward(chain, walk, phase.migrations) if _all_ran(backward) else ()
        again = walk.read() if forward and _all_ran(forward) else None
        goes_down = pristine is not None and again is not None
        downward = _run_backward(chain, walk, plan.migrations) if goes_down else ()
        bottom = walk.read() if downward else None
    return PhaseEvidence(
        phase=phase,
        manifest_file=plan.manifest_file,
        start=start,
        end=end,
        backward=backward,
        back=back,
        forward=forward,
        again=again,
        pristine=pristine,
        downward=downward,
        bottom=bottom,
        left_out=tuple(left_out(chain, on_the_way(plan, phase))),
    )


def bounds(plan: Plan, phase: Phase) -> tuple[int, int]:
    """Return how many migrations are behind a phase's start, and behind its end."""
    last = sum(len(each.migrations) for each in plan.phases if each.order <= phase.order)
    return last - len(phase.migrations), last


def on_the_way(plan: Plan, phase: Phase) -> tuple[Migration, ...]:
    """Return the migrations of a walk; the last phase's goes down to the first one of all."""
    return plan.migrations if _is_last(plan, phase) else phase.migrations


def left_out(chain: Chain, migrations: Iterable[Migration]) -> Iterator[LeftOut]:
    """Name the migrations that a walk has to pass over."""
    for each in migrations:
        if each.version in chain.broken:
            cause = chain.root_cause(each.version)
            yield LeftOut(version=each.version, applied=False, because=cause)
        elif each.backward is None:
            yield LeftOut(version=each.version, applied=True)


def _is_last(plan: Plan, phase: Phase) -> bool:
    """Whether no later phase has a migration."""
    return bool(phase.migrations) and phase.migrations[-1] is plan.migrations[-1]


def _run_backward(chain: Chain, walk: Walk, migrations: tuple[Migration, ...]) -> tuple[Step, ...]:
    return _run_all(chain, walk, reversed(migrations), backward=True)


def _run_forward(chain: Chain, walk: Walk, migrations: tuple[Migration, ...]) -> tuple[Step, ...]:
    return _run_all(chain, walk, migrations, backward=False)


def _run_all(
    chain: Chain, walk: Walk, migrations: Iterable[Migration], *, backward: bool
) -> tuple[Step, ...]:
    """Run files one after another until one is refused; leave out what never applied."""
    steps: list[Step] = []
    for migration in migrations:
        script = migration.backward if backward else migration.forward
        if script is None or migration.version in chain.broken:
            continue
        steps.append(Step(migration=migration, trace=walk.run(script)))
        if not steps[-1].trace.succeeded:
            break
    return tuple(steps)


def _all_ran(steps: tuple[Step, ...]) -> bool:
    return all(each.trace.succeeded for each in steps)
