"""`environment-dependent`: one file that makes another schema at another time or elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from harness.checks.finding import Finding, Proof, Rule
from harness.checks.subjects import ScriptOf
from harness.checks.words import visible
from harness.sql import Script, Statement
from harness.sql.bodies import Body, body_of, line_in_file
from harness.sql.definitions import executed_bodies, query_roots, temporary_tables, trees
from harness.sql.embedded import UNKNOWN, queries
from harness.sql.qualification import bare_names
from harness.sql.tree import Root
from harness.sql.volatile import dated_definitions

_SETS_PATH = frozenset({"VariableSetStmt", "SelectStmt"})


def _environment(rule: Rule[ScriptOf], subject: ScriptOf) -> Iterable[Finding]:
    for line, message in _dated(subject.script):
        yield rule.finding(message, file=subject.file, line=line, migration=subject.version)
    if not subject.plan.schema_per_domain:
        return
    for line, names in _unqualified(subject.script):
        said = visible(", ".join(names))
        yield rule.finding(
            f"{said} without a schema: the session's search_path decides what is meant",
            file=subject.file,
            line=line,
            migration=subject.version,
            fix="write the schema: " + ", ".join(f"<schema>.{each}" for each in names),
        )


def _dated(script: Script) -> Iterator[tuple[int, str]]:
    for body, _ in executed_bodies(script):
        for query in dated_definitions(body):
            line = line_in_file(script, body, query.line)
            yield line, "EXECUTE defines an object by the clock, by chance or by the session"


def _unqualified(script: Script) -> Iterator[tuple[int, tuple[str, ...]]]:
    own = temporary_tables(script) | {UNKNOWN}
    for statement, parsed in trees(script):
        if statement.kind in _SETS_PATH and "search_path" in statement.text.lower():
            return  # from here on the file itself says what its names mean
        yield from _of_statement(script, statement, parsed, own)
        body = body_of(statement) if statement.kind == "DoStmt" else None
        if body is not None:
            yield from _of_body(script, body, own)


def _of_statement(
    script: Script, statement: Statement, parsed: Root, own: frozenset[str]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    found = [each for each in bare_names(parsed) if each.name not in own]
    if found:
        data = statement.text.encode("utf-8")
        before = data[: max(0, *(each.offset for each in found[:1]))]
        offset = statement.offset + len(before.decode("utf-8", errors="ignore"))
        yield script.line_at(offset), tuple(each.name for each in found)


def _of_body(
    script: Script, body: Body, own: frozenset[str]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    for query in queries(body):
        names = {
            each.name
            for parsed in query_roots(query.text)
            for each in bare_names(parsed)
            if each.name not in own and UNKNOWN not in each.name
        }
        if names:
            yield line_in_file(script, body, query.line), tuple(sorted(names))


ENVIRONMENT_DEPENDENT: Rule[ScriptOf] = Rule(
    id="environment-dependent",
    title="objects named by the clock or by chance, and names that the search_path resolves",
    effect="two databases that applied the same files differ, and neither rollback nor snapshot "
    "can name what was made",
    fix="write the names out: one CREATE TABLE … PARTITION OF for each fixed month, and the schema "
    "before every name",
    proof=Proof.BOTH,
    check=_environment,
)
