"""`data-change-unbatched`: a whole table rewritten row by row in the migration's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from harness.checks.finding import Finding, Proof, Rule
from harness.checks.subjects import FileRole, ScriptOf
from harness.sql import Script
from harness.sql.bodies import Body, line_in_file
from harness.sql.definitions import created_tables, executed_bodies
from harness.sql.embedded import UNKNOWN, queries, variables
from harness.sql.writes import Write, writes


def _unbatched(rule: Rule[ScriptOf], subject: ScriptOf) -> Iterable[Finding]:
    if subject.role is not FileRole.FORWARD:
        return
    new = created_tables(subject.script)
    for line, write, where in _all_writes(subject.script):
        if write.bounded or write.table in new or UNKNOWN in write.table:
            continue
        extent = "with a WHERE that does not bound it" if write.has_where else "without a WHERE"
        yield rule.finding(
            f"{write.verb} {write.name} {extent}{where}",
            file=subject.file,
            line=line,
            migration=subject.version,
            object=f"table {write.name}",
        )


def _all_writes(script: Script) -> Iterator[tuple[int, Write, str]]:
    for statement in script.statements:
        if statement.kind not in {"CreateFunctionStmt", "DoStmt", "RuleStmt", "CreateTrigStmt"}:
            for write in writes(statement.text):
                yield script.line_at(statement.offset + write.offset), write, ""
    for body, call in executed_bodies(script):
        where = ", in a DO block" if call is None else f", in a function called on line {call}"
        for line, write in _body_writes(script, body):
            yield line, write, where


def _body_writes(script: Script, body: Body) -> Iterator[tuple[int, Write]]:
    values = variables(body)
    for query in queries(body):
        start = line_in_file(script, body, query.line)
        for write in writes(query.text, values):
            below = 0 if query.source else query.text.count("\n", 0, write.offset)
            yield start + below, write


DATA_CHANGE_UNBATCHED: Rule[ScriptOf] = Rule(
    id="data-change-unbatched",
    title="an UPDATE or DELETE of a whole existing table in a migration",
    effect="every row stays locked, and its old version on disk, until the migration commits: "
    "writers wait, replicas lag and the table doubles in size",
    fix="move it to a batched backfill that commits in between: UPDATE … WHERE id IN "
    "(SELECT id FROM … WHERE … LIMIT 5000), repeated until it changes no row",
    proof=Proof.BOTH,
    check=_unbatched,
)
