"""Findings as a person reads them: where, what, why it hurts, what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import fill

from harness.checks.documentation import link
from harness.checks.finding import Finding

WIDTH = 100
"""Columns that a finding's text may take; file names are never broken."""


def finding_text(finding: Finding) -> str:
    """Write a finding out in full."""
    parts = [f"{finding.file}:{finding.line}: {finding.severity.value}[{finding.rule}]"]
    if finding.consequence_of:
        parts.append(f"  consequence of {finding.consequence_of}: mend that one first")
    parts.append(_paragraph("", finding.message))
    if finding.consequence_of is None:
        parts.append(_paragraph("why it hurts: ", finding.effect))
        parts.append(_paragraph("write instead: ", finding.fix))
    return "\n".join(parts)


def finding_line(finding: Finding) -> str:
    """Write a finding in one line."""
    message = " ".join(finding.message.split())
    return f"{finding.file}:{finding.line}: {finding.rule}: {message}"


def findings_text(findings: Iterable[Finding]) -> str:
    """Write several findings out, a blank line between them."""
    return "\n\n".join(finding_text(each) for each in findings)


def explained_text(findings: Iterable[Finding]) -> str:
    """Say where the rules of findings are explained, each with a bad and a good case."""
    links = dict.fromkeys(link(each.rule) for each in findings if each.is_cause)
    return "\n".join(
        ["explained, with a bad and a good case each:", *(f"  {each}" for each in links)]
    )


def _paragraph(label: str, text: str) -> str:
    if "\n" in text:  # SQL keeps its lines
        return "\n".join([f"  {label}".rstrip(), *(f"    {line}" for line in text.splitlines())])
    return fill(
        label + text,
        width=WIDTH,
        initial_indent="  ",
        subsequent_indent="  " + " " * len(label),
        break_long_words=False,
        break_on_hyphens=False,
    )
