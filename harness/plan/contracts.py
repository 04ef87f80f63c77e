"""Whether a contract says what it completes, and comes in a later release than that."""

from __future__ import annotations

from collections.abc import Iterator

from harness.plan.manifest import Entry, Manifest
from harness.plan.model import ChangeType, Fault, Migration, Plan

_FORM = """\
- path: {path}
  after: [{after}]
  ready: "SELECT count(*) FROM … WHERE …"  # 0 = ready"""


def contract_faults(plan: Plan, manifest: Manifest, *, whole: bool) -> Iterator[Fault]:
    """Yield what is wrong with the declarations of the contracts.

    Where the manifest was not read as a ``whole``, nobody knows which entries it lacks.
    """
    entries = {
        plan.root / each.path: each for phase in manifest.phases for each in phase.migrations
    }
    earlier: dict[str, Migration] = {}
    for migration in plan.migrations:
        if migration.change_type is ChangeType.CONTRACT:
            entry = entries[migration.path]
            yield from _undeclared(plan, migration, entry)
            yield from _wrong_after(plan, migration, earlier, entry, whole=whole)
            yield from _same_release(plan, migration, earlier, entry)
        earlier[migration.version] = migration


def _undeclared(plan: Plan, contract: Migration, entry: Entry) -> Iterator[Fault]:
    told = {"after": bool(contract.after), "ready": contract.ready is not None}
    missing = [key for key, is_told in told.items() if not is_told and key not in entry.unclear]
    if missing:
        after = ", ".join(contract.after) or "V…"
        yield _fault(
            "contract-undeclared",
            plan,
            contract,
            entry.line,
            f"contract {contract.version} declares no {' and no '.join(missing)}",
            fix=_FORM.format(path=entry.path, after=after),
        )


def _wrong_after(
    plan: Plan, contract: Migration, earlier: dict[str, Migration], entry: Entry, *, whole: bool
) -> Iterator[Fault]:
    for version in contract.after:
        expand = earlier.get(version)
        if expand is not None and expand.change_type is ChangeType.CONTRACT:
            message = f"contract {contract.version} is after {version}, which is no expand"
        elif expand is None and whole:
            message = f"contract {contract.version} is after {version}, which no earlier entry is"
        else:
            continue
        yield _fault("contract-undeclared", plan, contract, entry.after_line, message)


def _same_release(
    plan: Plan, contract: Migration, earlier: dict[str, Migration], entry: Entry
) -> Iterator[Fault]:
    for version in contract.after:
        expand = earlier.get(version)
        if expand is not None and expand.release == contract.release:
            message = (
                f"contract {contract.version} and its expand {version} "
                f"are both of release {contract.release}"
            )
            yield _fault("contract-same-release", plan, contract, entry.after_line, message)


def _fault(
    rule: str, plan: Plan, contract: Migration, line: int, message: str, *, fix: str | None = None
) -> Fault:
    return Fault(
        rule=rule,
        file=plan.manifest_file,
        line=line,
        message=message,
        migration=contract.version,
        fix=fix,
    )
