"""sqlfluff over every file: style only, in the style that the repository has chosen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.metadata import version

from harness.checks.finding import Finding, Severity
from harness.checks.static.cache import Cache, Memory, NoCache, Said
from harness.checks.static.linters import Linters
from harness.checks.static.settings import STYLE, style_of
from harness.checks.subjects import ScriptOf
from harness.sql import Script

_UNPARSABLE = frozenset({"PRS", "LXR", "TMP"})
_DOCUMENTED = "https://docs.sqlfluff.com/en/stable/reference/rules.html"


def style_findings(
    subjects: Iterable[ScriptOf], cache: Cache | None = None, linters: Linters | None = None
) -> dict[str, tuple[Finding, ...]]:
    """Lint every file of the subjects; return the findings by file.

    Where no `.sqlfluff` stands between the repository and the db root, nobody has chosen a style
    and nothing is found. Raises `UsageError` where sqlfluff refuses its configuration.
    """
    judged = tuple(subjects)
    asked = [each for each in judged if each.script.statements and each.script.fault is None]
    found: dict[str, tuple[Finding, ...]] = {each.file: () for each in judged}
    style = style_of(asked[0].plan.root, asked[0].plan.repository) if asked else ()
    if style:
        said = said_of(tuple(each.script for each in asked), style, cache, linters)
        for subject in asked:
            words = said[subject.script.sha256]
            found[subject.file] = tuple(_findings(subject, words))
    return found


def said_of(
    scripts: tuple[Script, ...],
    style: tuple[str, ...],
    cache: Cache | None = None,
    linters: Linters | None = None,
) -> dict[str, tuple[Said, ...]]:
    """Return what sqlfluff says of scripts, by their checksums; by default in this process."""
    setting = json.dumps([version("sqlfluff"), _version_of_parser(), style])
    memory = Memory(NoCache() if cache is None else cache, "sqlfluff", setting)
    texts = {each.sha256: each.text for each in scripts}
    known = {sha256: memory.recall(sha256) for sha256 in texts}
    said = {sha256: words for sha256, words in known.items() if words is not None}
    fresh = {sha256: text for sha256, text in texts.items() if sha256 not in said}
    for sha256, words in (linters or Linters(1)).lint(fresh, style).items():
        memory.keep(sha256, words)
        said[sha256] = words
    return said


def _version_of_parser() -> str:
    try:
        return version("sqlfluffrs")
    except ModuleNotFoundError:
        return "python"


def _findings(subject: ScriptOf, words: tuple[Said, ...]) -> Iterator[Finding]:
    for each in words:
        parsed = each.code not in _UNPARSABLE
        yield _finding(subject, each, Severity.ERROR if parsed else Severity.WARNING)


def _finding(subject: ScriptOf, said: Said, severity: Severity) -> Finding:
    parsed = said.code not in _UNPARSABLE
    message = said.message if parsed else said.message.split(". Expected")[0]
    return Finding(
        rule=f"sqlfluff:{said.code}",
        severity=severity,
        file=subject.file,
        line=said.line,
        message=message,
        effect="the file reads unlike its neighbours, and a review's differences hide in layout"
        if parsed
        else "PostgreSQL's grammar accepts it, sqlfluff's does not: its style is not checked",
        fix=f"sqlfluff fix {subject.file}, or see {_DOCUMENTED}"
        if parsed
        else f"nothing, or another wording that sqlfluff understands; the style is in {STYLE}",
        migration=subject.version,
    )
