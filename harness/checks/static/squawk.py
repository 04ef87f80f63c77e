"""squawk over the forward files: one process for all of them, its findings under their names."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from harness.checks.finding import Finding, Severity
from harness.checks.static.cache import Cache, Memory, NoCache, Said
from harness.checks.static.settings import SquawkSettings, squawk_settings
from harness.checks.static.squawk_rules import OBSERVED, SUPERSEDED
from harness.checks.subjects import FileRole, ScriptOf
from harness.errors import UsageError

_AT_ONCE = 1000
_DOCUMENTED = "https://squawkhq.com/docs/"
_OLDEST = 16


def squawk_findings(
    subjects: Iterable[ScriptOf], cache: Cache | None = None
) -> dict[str, tuple[Finding, ...]]:
    """Run squawk over the forward files among the subjects; return its findings by file.

    Every file of the subjects has an entry, those that squawk is not asked about an empty one.
    Raises `UsageError` where the program cannot be found or does not answer.
    """
    judged = tuple(subjects)
    asked = [each for each in judged if _is_asked(each)]
    found: dict[str, tuple[Finding, ...]] = {each.file: () for each in judged}
    if asked:
        plan = asked[0].plan
        settings = squawk_settings(plan.repository)
        memory = NoCache() if cache is None else cache
        said = _said(asked, str(plan.postgres or _OLDEST), memory)
        for subject in asked:
            words = said[subject.script.sha256]
            found[subject.file] = tuple(_findings(subject, words, settings))
    return found


def _is_asked(subject: ScriptOf) -> bool:
    fault = subject.script.fault
    return subject.role is FileRole.FORWARD and (fault is None or not fault.unreadable)


def _said(asked: list[ScriptOf], postgres: str, cache: Cache) -> dict[str, tuple[Said, ...]]:
    options = _options(postgres)
    memory = Memory(cache, "squawk", json.dumps([version("squawk-cli"), options]))
    texts = {each.script.sha256: each.script.text for each in asked}
    known = {sha256: memory.recall(sha256) for sha256 in texts}
    said = {sha256: words for sha256, words in known.items() if words is not None}
    fresh = {sha256: text for sha256, text in texts.items() if sha256 not in said}
    for sha256, words in _run(fresh, options).items():
        memory.keep(sha256, words)
        said[sha256] = words
    return said


def _options(postgres: str) -> list[str]:
    # what we exclude is left out of the answer: squawk ends at a rule's name that it does not know
    return ["--assume-in-transaction", f"--pg-version={postgres}.0", "--reporter=json"]


def _run(texts: dict[str, str], options: list[str]) -> dict[str, tuple[Said, ...]]:
    """Ask squawk about texts by their checksums: file names of a tree could read as patterns."""
    said: dict[str, list[Said]] = {sha256: [] for sha256 in texts}
    with TemporaryDirectory(prefix="korevitta-squawk-") as folder:
        for sha256, text in texts.items():
            Path(folder, f"{sha256}.sql").write_bytes(text.encode("utf-8", "replace"))
        names = [f"{sha256}.sql" for sha256 in texts]
        for start in range(0, len(names), _AT_ONCE):
            for row in _answer(names[start : start + _AT_ONCE], options, folder):
                sha256 = Path(str(row["file"])).stem
                said[sha256].append(_read(row))
    return {sha256: tuple(words) for sha256, words in said.items()}


def _answer(names: list[str], options: list[str], folder: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [_program(), *options, *names],
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    try:
        rows: list[dict[str, object]] = json.loads(done.stdout or "[]")
    except json.JSONDecodeError:
        rows = []
    if done.returncode not in {0, 1} or (done.returncode and not rows):
        reason = done.stderr.strip().partition("\n")[0] or f"exit status {done.returncode}"
        raise UsageError(f"squawk does not answer: {reason}")
    return rows


def _program() -> str:
    """Find squawk beside this Python first: the PATH may hold another version of it."""
    beside = [sysconfig.get_path("scripts"), str(Path(sys.executable).parent)]
    for folder in (*beside, None):
        found = shutil.which("squawk", path=folder)
        if found:
            return found
    raise UsageError("squawk is not installed: pip install squawk-cli")


def _read(row: dict[str, object]) -> Said:
    help_text = f" {row['help']}" if row.get("help") else ""
    return Said(
        code=str(row["rule_name"]),
        line=int(str(row["line"])) + 1,  # squawk counts from 0
        message=f"{row['message']}{help_text}",
    )


def _findings(
    subject: ScriptOf, words: tuple[Said, ...], settings: SquawkSettings
) -> Iterator[Finding]:
    for each in words:
        if each.code == "syntax-error":
            if subject.script.fault is None:
                yield _unparsed(subject, each)
            continue
        if each.code in SUPERSEDED or each.code in settings.exclude:
            continue
        if _cannot_apply(subject, each.code):
            continue
        severity = Severity.ERROR if each.code in settings.errors else Severity.WARNING
        yield _finding(subject, each, severity, _effect(each.code))


def _cannot_apply(subject: ScriptOf, code: str) -> bool:
    """Leave out what speaks of a transaction where the file runs without any."""
    return code.endswith("-timeout") and not subject.script.transactional


def _effect(code: str) -> str:
    if code in OBSERVED:
        return "the text alone cannot tell: the rehearsal on a server decides whether it blocks"
    return "squawk's experience with migrations says so"


def _unparsed(subject: ScriptOf, said: Said) -> Finding:
    effect = "PostgreSQL's grammar accepts it, squawk's does not: it has not judged what follows"
    return _finding(subject, said, Severity.WARNING, effect)


def _finding(subject: ScriptOf, said: Said, severity: Severity, effect: str) -> Finding:
    return Finding(
        rule=f"squawk:{said.code}",
        severity=severity,
        file=subject.file,
        line=said.line,
        message=said.message,
        effect=effect,
        fix=f"{_DOCUMENTED}{said.code}",
        migration=subject.version,
    )
