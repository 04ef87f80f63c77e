"""squawk over the forward files: one process for all of them, its findings under their names."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory

from harness.checks.finding import Finding, Severity
from harness.checks.static.cache import Cache, Memory, NoCache, Said
from harness.checks.static.settings import SquawkSettings, squawk_settings
from harness.checks.static.squawk_rules import OBSERVED, SUPERSEDED
from harness.checks.subjects import FileRole, ScriptOf
from harness.errors import UsageError
from harness.sql.psql import without_rows

_AT_ONCE = 400  # names of 68 characters: Windows starts no program with more than 32,000
_PATIENCE = 600
_CONFIG = "none.toml"  # else squawk looks for .squawk.toml in every folder above
_DOCUMENTED = "https://squawkhq.com/docs/"
_OLDEST = 16
_NO_ANSWER = "no-answer"
_INVALID = re.compile(r"invalid rule name (\S+)")
_UNJUDGED = {
    "syntax-error": "PostgreSQL's grammar accepts it, squawk's does not: the rest is not judged",
    _NO_ANSWER: "what squawk would have said of this file is not known",
}


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
        _refuse_unknown(settings, memory)
        said = _said(asked, str(plan.postgres or _OLDEST), memory)
        for subject in asked:
            words = said[subject.script.sha256]
            found[subject.file] = tuple(_findings(subject, words, settings))
    return found


def _is_asked(subject: ScriptOf) -> bool:
    return subject.role is FileRole.FORWARD and subject.script.fault is None


def _said(asked: list[ScriptOf], postgres: str, cache: Cache) -> dict[str, tuple[Said, ...]]:
    options = _options(postgres)
    memory = Memory(cache, "squawk", json.dumps([_version(), options]))
    texts = {each.script.sha256: each.script.text for each in asked}
    known = {sha256: memory.recall(sha256) for sha256 in texts}
    said = {sha256: words for sha256, words in known.items() if words is not None}
    fresh = {sha256: text for sha256, text in texts.items() if sha256 not in said}
    for sha256, words in _run(fresh, options).items():
        if all(each.code != _NO_ANSWER for each in words):  # the next run may have more memory
            memory.keep(sha256, words)
        said[sha256] = words
    return said


def _refuse_unknown(settings: SquawkSettings, cache: Cache) -> None:
    """Refuse a setting for a rule that squawk does not have: nothing would ever come of it."""
    names = ",".join(sorted({*settings.exclude, *settings.errors}))
    memory = Memory(cache, "squawk", _version())
    if not names or memory.recall(names) is not None:
        return
    unknown = _INVALID.search(_start([f"--exclude={names}"]).stderr)
    if unknown:
        raise UsageError(
            f"[tool.korevitta.squawk] of pyproject.toml names {unknown[1]}, which is no rule of"
            f" squawk {_version()}"
        )
    memory.keep(names, ())


def _options(postgres: str) -> list[str]:
    # what we exclude is left out of the answer: squawk ends at a rule's name that it does not know
    return ["--assume-in-transaction", f"--pg-version={postgres}.0", "--reporter=json"]


def _run(texts: dict[str, str], options: list[str]) -> dict[str, tuple[Said, ...]]:
    """Ask squawk about texts by their checksums: file names of a tree could read as patterns."""
    said: dict[str, list[Said]] = {sha256: [] for sha256 in texts}
    with TemporaryDirectory(prefix="korevitta-squawk-") as folder:
        Path(folder, _CONFIG).touch()
        for sha256, text in texts.items():
            # a suppression is written for the harness, with a reason, and not for squawk alone
            plain = without_rows(text).replace("squawk-ignore", "squawk_ignore")
            Path(folder, f"{sha256}.sql").write_bytes(plain.encode("utf-8"))
        names = [f"{sha256}.sql" for sha256 in texts]
        for start in range(0, len(names), _AT_ONCE):
            for name, words in _answers(names[start : start + _AT_ONCE], options, folder):
                said[Path(name).stem].append(words)
    return {sha256: tuple(words) for sha256, words in said.items()}


def _answers(names: list[str], options: list[str], folder: str) -> Iterator[tuple[str, Said]]:
    """Ask about files at once; where squawk does not survive one of them, find out which."""
    rows = _ask([*options, *names], folder)
    if rows is not None:
        yield from rows
    elif len(names) > 1:
        half = len(names) // 2
        yield from _answers(names[:half], options, folder)
        yield from _answers(names[half:], options, folder)
    elif _ask(options, folder) is None:
        raise UsageError(f"{_program()} does not answer: pip install --force-reinstall squawk-cli")
    else:
        message = "squawk ends without an answer: it has not judged this file"
        yield names[0], Said(code=_NO_ANSWER, line=1, message=message)


def _ask(arguments: list[str], folder: str) -> list[tuple[str, Said]] | None:
    """Return what squawk says, with the names of the files; None where that is no answer."""
    done = _start(["--config", _CONFIG, *arguments], folder)
    try:
        rows = [(str(row["file"]), _read(row)) for row in json.loads(done.stdout or "[]")]
    except (ValueError, TypeError, KeyError):
        return None
    return rows if done.returncode == 0 or (done.returncode == 1 and rows) else None


def _start(arguments: list[str], folder: str | None = None) -> CompletedProcess[str]:
    program = _program()
    try:
        return subprocess.run(
            [program, *arguments],
            cwd=folder,
            input="",
            capture_output=True,
            check=False,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
        )
    except OSError as error:
        raise UsageError(f"{program} cannot be run: {error.strerror or error}") from None
    except subprocess.TimeoutExpired:
        raise UsageError(f"{program} does not answer within {_PATIENCE} s") from None


def _program() -> str:
    """Find squawk beside this Python first: the PATH may hold another version of it."""
    beside = [sysconfig.get_path("scripts"), str(Path(sys.executable).parent)]
    for folder in (*beside, None):
        found = shutil.which("squawk", path=folder)
        if found:
            return found
    raise UsageError("squawk is not installed: pip install squawk-cli")


def _version() -> str:
    """Return the version of the package, or that of a program which came by another way."""
    try:
        return version("squawk-cli")
    except PackageNotFoundError:
        return _start(["--version"]).stdout.strip()


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
    unjudged = [each for each in words if each.code in _UNJUDGED]
    for each in unjudged[:1]:  # what follows the first is how squawk stumbles on
        yield _finding(subject, each, Severity.WARNING, _UNJUDGED[each.code])
    for each in words:
        if each.code not in _UNJUDGED and not _is_left_out(subject, each.code, settings):
            severity = Severity.ERROR if each.code in settings.errors else Severity.WARNING
            yield _finding(subject, each, severity, _effect(each.code))


def _is_left_out(subject: ScriptOf, code: str, settings: SquawkSettings) -> bool:
    decided = code in SUPERSEDED or code in settings.exclude
    return decided or _cannot_apply(subject, code)


def _cannot_apply(subject: ScriptOf, code: str) -> bool:
    """Leave out what speaks of a transaction where the file runs without any."""
    return code.endswith("-timeout") and not subject.script.transactional


def _effect(code: str) -> str:
    if code in OBSERVED:
        return "the text alone cannot tell: the rehearsal on a server decides whether it blocks"
    return "squawk's experience with migrations says so"


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
