"""`data-change-unbatched`: a whole table rewritten row by row in the migration's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from harness.checks.finding import Finding, Proof, Rule
from harness.checks.subjects import FileRole, ScriptOf
from harness.plan import Migration
from harness.sql import Script
from harness.sql.bodies import Body, body_of, line_in_file
from harness.sql.definitions import (
    called_names,
    defined_body,
    executed_bodies,
    made_in,
    query_roots,
)
from harness.sql.embedded import UNKNOWN, queries, variables
from harness.sql.newcomers import Moment, Name, moments, name_of
from harness.sql.writes import Write, writes

_ONLY_DEFINES = frozenset({"CreateFunctionStmt", "DoStmt", "RuleStmt", "CreateTrigStmt"})

_EXECUTE = frozenset(
    {"CallStmt", "CreateTableAsStmt", "DeleteStmt", "DoStmt", "InsertStmt", "SelectStmt"}
)


def _unbatched(rule: Rule[ScriptOf], subject: ScriptOf) -> Iterable[Finding]:
    if subject.role is not FileRole.FORWARD:
        return
    for line, write, where in (*_all_writes(subject.script), *_writes_of_earlier(subject)):
        if write.bounded or UNKNOWN in write.table:
            continue
        yield rule.finding(
            f"{write.verb} {write.name} {_extent(write)}{where}",
            file=subject.file,
            line=line,
            migration=subject.version,
            object=f"table {write.name}",
        )


def _extent(write: Write) -> str:
    if write.has_where:
        return "with a WHERE that does not bound it"
    is_merge = write.verb.startswith("MERGE")
    return "from a source that does not bound it" if is_merge else "without a WHERE"


def _all_writes(script: Script) -> Iterator[tuple[int, Write, str]]:
    """Yield each change of a table that was there before, with its line and where it stands."""
    new: dict[int, frozenset[Name]] = {}
    for moment in moments(script, certain=False):
        statement = moment.statement
        new[statement.offset] = moment.new
        for write in writes(statement.text) if statement.kind not in _ONLY_DEFINES else ():
            if write.of not in moment.new:
                yield script.line_at(statement.offset + write.offset), write, ""
    for body, run_by in executed_bodies(script):
        is_block = run_by is body.statement
        where = "a DO block" if is_block else f"a function called on line {run_by.line}"
        known = new[run_by.offset] | set(map(name_of, made_in(body)))
        for line, write in _body_writes(script, body):
            if write.of not in known:
                yield line, write, f", in {where}"


def _writes_of_earlier(subject: ScriptOf) -> Iterator[tuple[int, Write, str]]:
    """Yield each change that a function of an earlier migration makes, on the line of its call."""
    calls = any(each.kind in _EXECUTE for each in subject.script.statements)
    earlier = _earlier(subject) if calls else ()
    for moment in moments(subject.script, certain=False) if earlier else ():
        line = moment.statement.line
        for name in sorted(_called(moment)):
            found = ((each, defined_body(each.forward, name)) for each in earlier)
            migration, body = next((each for each in found if each[1] is not None), (None, None))
            if migration is None or body is None:
                continue
            known = moment.new | set(map(name_of, made_in(body)))
            for _, write in _body_writes(migration.forward, body):
                if write.of not in known:
                    yield line, write, f", in {'.'.join(name)} of {migration.version}"


def _earlier(subject: ScriptOf) -> tuple[Migration, ...]:
    """Return the migrations before a file's own, the last one first."""
    before = takewhile(lambda each: each.version != subject.version, subject.plan.migrations)
    return tuple(before)[::-1] if subject.migration else ()


def _called(moment: Moment) -> frozenset[tuple[str, ...]]:
    """Return the functions with a schema that a statement, or its block, calls."""
    if moment.statement.kind not in _EXECUTE:
        return frozenset()
    body = body_of(moment.statement) if moment.statement.kind == "DoStmt" else None
    within = (each for query in (queries(body) if body else ()) for each in query_roots(query.text))
    parsed = (*within,) if body else (moment.parsed,)
    return frozenset(name for each in parsed for name in called_names(each) if len(name) == 2)


def _body_writes(script: Script, body: Body) -> Iterator[tuple[int, Write]]:
    values = variables(body)
    for query in queries(body):
        start = line_in_file(script, body, query.line)
        for write in writes(query.text, values):
            below = 0 if query.source else query.text.count("\n", 0, write.offset)
            yield start + below, write


DATA_CHANGE_UNBATCHED: Rule[ScriptOf] = Rule(
    id="data-change-unbatched",
    title="an UPDATE, DELETE or MERGE of a whole existing table in a migration",
    effect="every row stays locked, and its old version on disk, until the migration commits: "
    "writers wait, replicas lag and the table doubles in size",
    fix="move it to a batched backfill that commits in between: UPDATE … WHERE id IN "
    "(SELECT id FROM … WHERE … LIMIT 5000), repeated until it changes no row",
    proof=Proof.BOTH,
    check=_unbatched,
)
