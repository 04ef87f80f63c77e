"""Judge what the operators of a database use, and say what keeps it from being judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from harness.checks.gaps import APPLIES, SEEDS, Gap, Told, of_manifest
from harness.checks.judging import Judgement
from harness.checks.operations import (
    CHECKS,
    NotBuiltError,
    OperationFile,
    Operations,
    Stage,
    judge,
)


def judge_operation(file: OperationFile, operations: Operations, stage: Stage) -> Judgement:
    """Apply to a file the check of its kind."""
    if (unknown := of_manifest(stage.plan)) is not None:
        return Judgement(findings=(), gap=unknown)
    try:
        return Judgement(findings=judge(file, operations, stage))
    except NotBuiltError as error:
        return Judgement(findings=(), gap=_gap(error))


def operation_judgements(operations: Operations, stage: Stage) -> Iterator[Judgement]:
    """Judge every file; what could not be judged is told as the consequence of its cause."""
    for file in operations.files:
        judged = judge_operation(file, operations, stage)
        if judged.gap is not None:
            judged = replace(judged, findings=(CHECKS[file.kind].unproven(judged.gap),))
        yield judged


def _gap(error: NotBuiltError) -> Gap:
    """Say which migration or seed does not apply: the check that runs it tells the whole story."""
    cause = error.cause
    told = Told(of=cause.file, check=SEEDS)
    if cause.version is not None:
        told = Told(of=cause.version, check=APPLIES)
    return Gap(
        because=cause.version or cause.file,
        reason=f"{cause.file}:{cause.line} does not apply: {cause.message}",
        file=cause.file,
        line=cause.line,
        told_by=(told,),
    )
