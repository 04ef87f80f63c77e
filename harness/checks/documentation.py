"""The page of all rules, written from the rules' own data and their cases.

python -m harness.checks.documentation        # writes docs/rules.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harness.checks.finding import Proof, Rule
from harness.checks.registry import RULES
from harness.checks.static.squawk_rules import OBSERVED, SUPERSEDED

PAGE = "docs/rules.md"
CASES = "tests/rules"

_LONGEST = 45
_PROOFS = {
    Proof.TEXT: "the text alone",
    Proof.RUN: "what happened on a real server",
    Proof.BOTH: "the text, and what happened on a real server",
}
_INTRODUCTION = """\
# Rules

This page is written by `python -m harness.checks.documentation` from the rules and from their
cases in `tests/rules`; a test keeps it current.

A rule can be switched off for one statement, by a comment above it, or for a file, by a comment
at its top. The reason is part of the comment. A suppression that names an unknown rule, gives no
reason or suppresses nothing is an error.

```sql
-- harness: allow lock-blocks-writes -- a tabela tem trinta linhas
CREATE INDEX plans_code_idx ON identity.plans (code);
```
"""
_LINTERS = """\
## Linters

### `squawk:<rule>`

squawk's findings in forward files, under its own names; each is explained at
<https://squawkhq.com/docs/>. They are warnings, but for those that `[tool.korevitta.squawk]` of
`pyproject.toml` lists under `errors`; `exclude` lists the ones that a repository does not want.
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
    yield "| rule | reports | proven by |\n|---|---|---|"
    for rule in documented():
        title = _prose(rule.title).replace("|", "\\|")
        yield f"| [`{rule.id}`](#{rule.id}) | {title} | {_PROOFS[rule.proof]} |"
    yield ""


def _section(rule: Rule[Any], repository: Path) -> Iterator[str]:
    yield f"## `{rule.id}`\n"
    yield f"Reports {_prose(rule.title)}."
    yield f"Severity: {rule.severity.value}; proven by {_PROOFS[rule.proof]}."
    yield f"\n**Why it hurts:** {_prose(rule.effect)}.\n"
    yield from _instead(rule.fix)
    folder = repository / CASES / rule.id.replace(":", "-")
    yield from _case("Caught", folder, "bad", repository)
    yield from _case("Not caught", folder, "good", repository)


def _instead(fix: str) -> Iterator[str]:
    if "\n" in fix:
        yield f"**Write instead:**\n\n```\n{fix}\n```\n"
    else:
        yield f"**Write instead:** {_prose(fix)}.\n"


def _prose(text: str) -> str:
    """Keep `<phase>` from being read as HTML, outside of code."""
    parts = " ".join(text.split()).rstrip(".").split("`")
    parts[::2] = [each.replace("<", "\\<").replace("*", "\\*") for each in parts[::2]]
    return "`".join(parts)


def _case(title: str, folder: Path, kind: str, repository: Path) -> Iterator[str]:
    found = sorted(folder.glob(f"{kind}*"), key=lambda path: (len(path.stem), path.name))
    if not found:
        return
    first = found[0]
    name = first.relative_to(repository).as_posix()
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    yield f"**{title}** ([{first.name}](../{name}){more}):\n"
    yield _tree(first) if first.is_dir() else _file(first)


def _file(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    shown = [_marked(line) for line in lines[:_LONGEST] if line.strip() != "-- expect below"]
    if len(lines) > _LONGEST:
        shown.append("-- …")
    return "\n".join(["```sql", *shown, "```\n"])


def _marked(line: str) -> str:
    bare = line.rstrip()
    return f"{bare.removesuffix('-- expect')}-- ← here" if bare.endswith("-- expect") else line


def _tree(root: Path) -> str:
    expected = root / "expected.txt"
    places = expected.read_text(encoding="utf-8").split() if expected.exists() else []
    lines: dict[str, list[str]] = {}
    for each in places:
        file, _, line = each.rpartition(":")
        lines.setdefault(file, []).append(line)
    files = sorted(
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and path != expected
    )
    shown = [_pointed(root, each, lines.get(each, [])) for each in files]
    return "\n".join(["```text", *shown, "```\n"])


def _pointed(root: Path, file: str, lines: list[str]) -> str:
    if not lines:
        return file
    written = (root / file).read_text(encoding="utf-8", errors="replace").splitlines()
    numbers = sorted(map(int, lines))
    if numbers == [1]:
        return f"{file}  ← here"
    quoted = (f"    {number}: {written[number - 1].strip()}" for number in numbers)
    return "\n".join([f"{file}  ← here:", *quoted])


def _superseded() -> Iterator[str]:
    yield "Rules of squawk that only suspect what the rehearsal observes stay warnings, and are"
    yield "softened further where it saw nobody blocked:"
    yield ", ".join(f"`{each}`" for each in sorted(OBSERVED)) + ".\n"
    yield "Left out, because a rule of ours decides:\n"
    yield "| squawk's | ours |\n|---|---|"
    for theirs, ours in SUPERSEDED.items():
        yield f"| `{theirs}` | [`{ours}`](#{ours}) |"


def main() -> None:
    """Write the page below the current directory."""
    path = Path(PAGE)
    path.parent.mkdir(exist_ok=True)
    path.write_text(page(Path.cwd()), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{path}: {len(documented())} rules\n")


if __name__ == "__main__":
    main()
