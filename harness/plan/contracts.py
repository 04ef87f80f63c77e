"""Whether a contract says what it completes, and comes in a later release than that."""

from __future__ import annotations

from collections.abc import Iterator

from harness.plan.manifest import Manifest
from harness.plan.model import ChangeType, Fault, Migration, Plan


def contract_faults(plan: Plan, manifest: Manifest) -> Iterator[Fault]:
    """Yield what is wrong with the declarations of the contracts."""
    lines = {
        entry.line: entry.after_line for phase in manifest.phases for entry in phase.migrations
    }
    earlier: dict[str, Migration] = {}
    for migration in plan.migrations:
        if migration.change_type is ChangeType.CONTRACT:
            line = lines.get(migration.line) or migration.line
            yield from _undeclared(plan, migration, earlier, line)
            yield from _same_release(plan, migration, earlier, line)
        earlier[migration.version] = migration


def _undeclared(
    plan: Plan, contract: Migration, earlier: dict[str, Migration], line: int
) -> Iterator[Fault]:
    missing = [
        name
        for name, given in (("after", contract.after), ("ready", contract.ready is not None))
        if not given
    ]
    if missing:
        message = f"contract {contract.version} declares no {' and no '.join(missing)}"
        yield _fault("contract-undeclared", plan, contract, contract.line, message)
    for version in contract.after:
        expand = earlier.get(version)
        if expand is None:
            message = f"contract {contract.version} is after {version}, which no earlier entry is"
        elif expand.change_type is ChangeType.CONTRACT:
            message = f"contract {contract.version} is after {version}, which is no expand"
        else:
            continue
        yield _fault("contract-undeclared", plan, contract, line, message)


def _same_release(
    plan: Plan, contract: Migration, earlier: dict[str, Migration], line: int
) -> Iterator[Fault]:
    for version in contract.after:
        expand = earlier.get(version)
        if expand is not None and expand.release == contract.release:
            message = (
                f"contract {contract.version} and its expand {version} "
                f"are both of release {contract.release}"
            )
            yield _fault("contract-same-release", plan, contract, line, message)


def _fault(rule: str, plan: Plan, contract: Migration, line: int, message: str) -> Fault:
    return Fault(
        rule=rule,
        file=plan.manifest_file,
        line=line,
        message=message,
        migration=contract.version,
    )
