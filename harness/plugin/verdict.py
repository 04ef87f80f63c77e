"""The verdict of one item: passed, failed with findings, or passed over with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

import pytest

from harness.checks.finding import Finding
from harness.checks.gaps import Gap, Told
from harness.checks.registry import Check
from harness.plugin.trees import Tree
from harness.render.contract import findings_values
from harness.render.findings import finding_line, findings_text

FINDINGS = "korevitta_findings"
PROOF = "korevitta_proof"
UNPROVEN = "korevitta_unproven"
"""Names of the user properties that carry verdicts from a worker to the controller's summary."""

_SELECTED = pytest.StashKey[frozenset[tuple[Tree, Told]]]()


class NotProvenError(Exception):
    """A check found something wrong, or could not be made; its text is all there is to say."""


class JudgedItem(pytest.Function):
    """An item that tells how one check of one migration, phase or file went."""

    tree: Tree
    told: Told


def judge_findings(item: JudgedItem, findings: Iterable[Finding]) -> None:
    """Hand the findings to the summary, and fail on the first error among them."""
    found = tuple(findings)
    _hand_over(item, found)
    errors = tuple(each for each in found if each.severity.value == "error")
    if errors:
        raise NotProvenError(findings_text(errors))


def judge(item: JudgedItem, check: Check, evidence: object, server_said: str) -> None:
    """Fail on a cause; pass over a check that could not be made where another item tells why.

    Where none of the run's items does, this one fails with a line: nothing unproven is green.
    """
    found = check.findings(evidence)
    causes = tuple(each for each in found if each.is_cause)
    gap = None if causes else check.gap(evidence)
    if gap is not None:
        _pass_over(item, check, found, gap)
    judge_findings(item, found)
    proof = {"what": check.proves, "of": item.told.of, "on": server_said}
    item.user_properties.append((PROOF, proof))


def _pass_over(item: JudgedItem, check: Check, found: tuple[Finding, ...], gap: Gap) -> NoReturn:
    teller = next((each for each in gap.told_by if _tells(item, each)), None)
    if teller is None:
        said = found or (check.unproven(gap),)
        _hand_over(item, said)
        lines = (f"{finding_line(each)} (because of {each.consequence_of})" for each in said)
        raise NotProvenError("\n".join(lines))
    _hand_over(item, found)
    item.user_properties.append((UNPROVEN, {"of": item.told.of, "because": gap.because}))
    pytest.skip(f"not proven: {gap.reason} (see {teller.check} of {teller.of})")


def _tells(item: JudgedItem, told: Told) -> bool:
    """Whether another item of the run makes a check; every worker has collected all items."""
    if _SELECTED not in item.session.stash:
        judged = (each for each in item.session.items if isinstance(each, JudgedItem))
        item.session.stash[_SELECTED] = frozenset((each.tree, each.told) for each in judged)
    return told != item.told and (item.tree, told) in item.session.stash[_SELECTED]


def _hand_over(item: JudgedItem, found: tuple[Finding, ...]) -> None:
    if found:
        values: list[dict[str, Any]] = findings_values(found)
        item.user_properties.append((FINDINGS, values))
