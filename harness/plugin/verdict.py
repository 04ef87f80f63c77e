"""The verdict of one item: passed, failed with findings, or passed over with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NoReturn, Protocol

import pytest

from harness.checks.downtime.live import LivePhase
from harness.checks.finding import Finding, Severity
from harness.checks.gaps import STRUCTURE, Gap, Told
from harness.checks.judging import Judgement
from harness.checks.memory import Proof
from harness.checks.rehearsal.evidence import Unreached
from harness.plugin.trees import Tree
from harness.render.contract import findings_values
from harness.render.findings import finding_line, findings_text

FINDINGS = "korevitta_findings"
PROOF = "korevitta_proof"
UNPROVEN = "korevitta_unproven"
ALLOWED = "korevitta_allowed"
REMEMBERED = "korevitta_remembered"
STALL = "korevitta_stall"
LEFT_OUT = "korevitta_left_out"
"""Names of the user properties that carry verdicts from a worker to the controller's summary."""

_SELECTED = pytest.StashKey[frozenset[tuple[Tree, Told]]]()


class NotProvenError(Exception):
    """A check found something wrong, or could not be made; its text is all there is to say."""


class JudgedItem(pytest.Function):
    """An item that tells how one check of one migration, phase or file went."""

    tree: Tree
    told: Told


def judge_text(item: JudgedItem, judgement: Judgement) -> None:
    """Hand the findings to the summary, and fail on the first error among them."""
    _hand_over(item, judgement)
    errors = tuple(each for each in judgement.findings if each.severity is Severity.ERROR)
    if errors:
        raise NotProvenError(findings_text(errors))


class Proving(Protocol):
    """A check, as far as a verdict needs it."""

    @property
    def proves(self) -> str:
        """What completes "23 …" once it passed."""

    def unproven(self, gap: Gap) -> Finding:
        """Say that the check could not be made."""


def judge_run(item: JudgedItem, check: Proving, judgement: Judgement, server_said: str) -> None:
    """Fail on a cause; pass over a check that could not be made where another item tells why.

    Where none of the run's items does, this one fails with a line: nothing unproven is green.
    """
    if judgement.gap is not None:
        _pass_over(item, check, judgement, judgement.gap)
    judge_text(item, judgement)
    if judgement.excuse is not None:
        pytest.skip(f"not proven: {judgement.excuse}")
    _tell_proof(item, check, server_said)


def judge_costly(
    item: JudgedItem,
    check: Proving,
    judge: Callable[[], Judgement],
    server_said: str,
    proof: Proof | None,
) -> None:
    """Judge as a run does, unless the same proof passed before; remember one that passes."""
    if proof is not None and proof.passed:
        item.user_properties.append((REMEMBERED, item.told.of))
        _tell_proof(item, check, server_said)
        return
    judgement = judge()
    judge_run(item, check, judgement, server_said)
    if proof is not None and judgement == Judgement(findings=()):
        proof.keep()


def tell_stalls(item: JudgedItem, seen: LivePhase | Unreached) -> None:
    """Hand over how long clients waited, migration by migration."""
    for each in seen.stalls if isinstance(seen, LivePhase) else ():
        item.user_properties.append((STALL, each))


def _tell_proof(item: JudgedItem, check: Proving, server_said: str) -> None:
    proof = {"what": check.proves, "of": item.told.of, "on": server_said}
    item.user_properties.append((PROOF, proof))


def _pass_over(item: JudgedItem, check: Proving, judgement: Judgement, gap: Gap) -> NoReturn:
    teller = next((each for each in gap.told_by if _tells(item, each)), None)
    if teller is None:
        said = judgement.findings or (check.unproven(gap),)
        _hand_over(item, replace(judgement, findings=said))
        lines = (f"{finding_line(each)} (because of {each.consequence_of})" for each in said)
        raise NotProvenError("\n".join(lines))
    _hand_over(item, judgement)
    item.user_properties.append((UNPROVEN, {"of": item.told.of, "because": gap.because}))
    pytest.skip(f"not proven: {gap.reason} (see {teller.check} of {teller.of})")


def _tells(item: JudgedItem, told: Told) -> bool:
    """Whether another item of the run makes a check; every worker has collected all items."""
    if _SELECTED not in item.session.stash:
        judged = (each for each in item.session.items if isinstance(each, JudgedItem))
        item.session.stash[_SELECTED] = frozenset((each.tree, each.told) for each in judged)
    plan = item.tree.plan
    if any(told.of == each.version for each in plan.missing):
        told = Told(of=plan.manifest_file, check=STRUCTURE)  # its file has no items
    return told != item.told and (item.tree, told) in item.session.stash[_SELECTED]


def _hand_over(item: JudgedItem, judgement: Judgement) -> None:
    if judgement.findings:
        values: list[dict[str, Any]] = findings_values(judgement.findings)
        item.user_properties.append((FINDINGS, values))
    if judgement.left_out:
        item.user_properties.append((LEFT_OUT, findings_values(judgement.left_out)))
    for each in judgement.suppressed:
        said = f"{finding_line(each.finding)} (allowed: {each.reason})"
        item.user_properties.append((ALLOWED, said))
