"""The page of all rules, written from the rules' own data and their cases.

python -m harness.checks.documentation        # writes docs/rules.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harness.checks import gaps, operations, suppression
from harness.checks.excerpts import file_excerpt, tree_excerpt
from harness.checks.finding import Proof, Rule
from harness.checks.registry import MIGRATION_CHECKS, PHASE_CHECKS, RULES, SEEDS
from harness.checks.static.squawk_rules import JUDGED, OBSERVED, SUPERSEDED
from harness.checks.text import statements, structure

PAGE = "docs/rules.md"
CASES = "tests/rules"

_PROOFS = {
    Proof.TEXT: "the text alone",
    Proof.RUN: "what happened on a real server",
    Proof.BOTH: "the text, and what happened on a real server",
}
_SHORT = {Proof.TEXT: "text", Proof.RUN: "run", Proof.BOTH: "text and run"}
_TESTS: tuple[tuple[str, str, tuple[Rule[Any], ...]], ...] = (
    (gaps.STRUCTURE, "names, folders, the manifest and released files", structure.RULES),
    (gaps.STATEMENTS, "the text of every file", (*statements.RULES, *suppression.RULES)),
    *((each.name, each.proves, each.rules) for each in (*MIGRATION_CHECKS, *PHASE_CHECKS, SEEDS)),
    *((each.name, each.proves, each.rules) for each in operations.CHECKS.values()),
)
"""Each test by its name, what it proves, and its rules."""

_INTRODUCTION = """\
# Rules

This page is written by `python -m harness.checks.documentation` from the rules and from their
cases in `tests/rules`; a test keeps it current.

A finding names a rule, and where it was broken:

```text
db/migrations/phase-100-mvp/core/V100004__core__expand__create_notes.sql:4: error[syntax-error]
  syntax error at or near ")" (column 1)
  why it hurts: the file fails wherever it runs; a faulty body may fail only when it is first called
  write instead: correct the statement at the line and column that the message names
```

An *error* fails the run; a *warning* is only said. The id in brackets is a heading below, where
you find what the rule reports, whom it would have hurt, what to write instead, and two cases: one
that is caught, with `← here` at the line that a finding names, and one that looks alike and is not.
In a case that a server judges, the lines above `-- migration` are what was there before; the
migration stands below it, and its rollback below `-- rollback`.

Some rules are proven by *text*: no server is started for them. The others are proven by a *run*:
the server was seen doing it, and nothing is guessed.

## Allow what a rule forbids

A rule can be switched off for one statement, by a comment above it, or for a file, by a comment
at its top. The reason is part of the comment, and is repeated in every summary. A suppression that
names an unknown rule, gives no reason or suppresses nothing is an error.

```sql
-- harness: allow lock-blocks-writes -- a tabela tem trinta linhas
CREATE INDEX plans_code_idx ON identity.plans (code);
```

## All rules, by the test that proves them

`pytest backend/db -k locks` runs one kind of test, with whatever it needs before it.
"""
_LINTERS = """\
## Linters

### `squawk:<rule>`

squawk's findings in forward files, under its own names; each is explained at
<https://squawkhq.com/docs/>. They are warnings, but for those that `[tool.korevitta.squawk]` of
`pyproject.toml` lists under `errors`; `exclude` lists the ones that a repository does not want.
A rule that a newer squawk brings is a warning.
"""
_STYLE = """
### `sqlfluff:<code>`

Style, in every `.sql` file, as the nearest `.sqlfluff` chooses it; a tree without one has chosen
no style. Each code is explained at
<https://docs.sqlfluff.com/en/stable/reference/rules.html>. What PostgreSQL's grammar accepts and
sqlfluff's does not is a warning.
"""


def link(rule: str) -> str:
    """Return where a rule is explained, relative to the repository."""
    family = rule.partition(":")[0]
    anchor = {"squawk": "squawkrule", "sqlfluff": "sqlfluffcode"}.get(family, rule)
    return f"{PAGE}#{anchor}"


def documented() -> tuple[Rule[Any], ...]:
    """Return each rule once: what is proven over two kinds of evidence is one rule."""
    found: dict[str, Rule[Any]] = {}
    for rule in RULES:
        found.setdefault(rule.id, rule)
    return tuple(found.values())


def page(repository: Path) -> str:
    """Write the page of all rules, with the cases of this repository."""
    parts = [_INTRODUCTION, *_contents()]
    for rule in documented():
        parts += _section(rule, repository)
    parts += [_LINTERS, *_superseded(), _STYLE]
    return "\n".join(parts).rstrip() + "\n"


def _contents() -> Iterator[str]:
    told: set[str] = set()
    for test, proves, rules in _TESTS:
        new = [each for each in rules if each.id not in told]
        told |= {each.id for each in new}
        if new:
            yield f"**`{test}`**: {proves}\n"
            yield "| rule | reports | proven by |\n|---|---|---|"
            yield from map(_row, new)
            yield ""


def _row(rule: Rule[Any]) -> str:
    title = _prose(rule.title).replace("|", "\\|")
    proof = next(each.proof for each in documented() if each.id == rule.id)
    return f"| [`{rule.id}`](#{rule.id}) | {title} | {_SHORT[proof]} |"


def proven_in(rule: str) -> tuple[str, ...]:
    """Return the names of the tests that prove a rule."""
    found = (test for test, _, rules in _TESTS if rule in {each.id for each in rules})
    return tuple(dict.fromkeys(found))


def _section(rule: Rule[Any], repository: Path) -> Iterator[str]:
    yield f"## `{rule.id}`\n"
    yield f"Reports: {_prose(rule.title)}."
    tests = ", ".join(f"`{each}`" for each in proven_in(rule.id))
    where = f" ({tests})" if tests else ""
    yield f"Severity: {rule.severity.value}; proven by {_PROOFS[rule.proof]}{where}."
    yield f"\n**Why it hurts:** {_prose(rule.effect)}.\n"
    yield from _instead(rule.fix)
    folder = repository / CASES / rule.id.replace(":", "-")
    bad, good = _cases(folder, "bad"), _cases(folder, "good")
    yield from _case("Caught", bad, good, repository)
    yield from _case("Not caught", good, bad, repository)


def _instead(fix: str) -> Iterator[str]:
    if "\n" in fix or fix.startswith("-- "):
        yield f"**Write instead:**\n\n```\n{fix}\n```\n"
    else:
        yield f"**Write instead:** {_prose(fix)}.\n"


def _prose(text: str) -> str:
    """Keep `<phase>` from being read as HTML, outside of code."""
    parts = " ".join(text.split()).rstrip(".").split("`")
    parts[::2] = [each.replace("<", "\\<").replace("*", "\\*") for each in parts[::2]]
    return "`".join(parts)


def _cases(folder: Path, kind: str) -> list[Path]:
    """Return the cases of a kind, the plainest one first."""
    return sorted(folder.glob(f"{kind}*"), key=lambda path: (len(path.stem), path.name))


def _case(title: str, found: list[Path], others: list[Path], repository: Path) -> Iterator[str]:
    if not found:
        return
    first, other = found[0], others[0] if others else None
    name, folder = (each.relative_to(repository).as_posix() for each in (first, first.parent))
    more = f", [and more](../{folder})" if len(found) > 1 else ""
    yield f"**{title}** ([{first.name}](../{name}){more}):\n"
    yield tree_excerpt(first, other) if first.is_dir() else file_excerpt(first, other)


def _superseded() -> Iterator[str]:
    yield "Rules of squawk that only suspect what the rehearsal observes stay warnings, and are"
    yield "softened further where it saw nobody blocked:"
    yield ", ".join(f"`{each}`" for each in sorted(OBSERVED)) + ".\n"
    yield "About these the text alone decides: "
    yield ", ".join(f"`{each}`" for each in sorted(JUDGED)) + ".\n"
    yield "Left out, because a rule of ours decides:\n"
    yield "| squawk's | ours |\n|---|---|"
    for theirs, ours in sorted(SUPERSEDED.items()):
        yield f"| `{theirs}` | [`{ours}`](#{ours}) |"


def main() -> None:
    """Write the page below the current directory."""
    path = Path(PAGE)
    path.parent.mkdir(exist_ok=True)
    path.write_text(page(Path.cwd()), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{path}: {len(documented())} rules\n")


if __name__ == "__main__":
    main()
