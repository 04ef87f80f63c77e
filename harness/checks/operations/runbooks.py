"""runbook-broken: each SQL block of a runbook runs in the order it stands; each link leads on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import psycopg

from harness.checks.finding import Finding, Proof, Rule
from harness.checks.operations.attempts import Refusal, refusal_of
from harness.checks.operations.fault import Fault
from harness.checks.operations.files import OperationFile
from harness.checks.operations.markdown import Block, Document, read_markdown, targets
from harness.checks.operations.stage import Rows, Stage
from harness.database import Database
from harness.execute import Connection
from harness.sql import Script, Statement, parse_script

TIMEOUT_MS = 60_000
"""How long one statement may take on a few rows: a block that waits for a lock ends, too."""

_SQL = frozenset({"sql", "psql", "pgsql", "postgres", "postgresql"})
ADMINISTRATOR = "administrator"
"""The role of a block that only the server's administrator may run: our superuser."""

_NOTE = "harness:"
_WORD = re.compile(r"(role|session|fails)=(\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunbookEvidence:
    """A runbook, read and tried: everything in it that does not lead where it says."""

    file: str
    faults: tuple[Fault, ...] = ()
    blocks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A block of SQL and how it says that it is run."""

    block: Block
    role: str
    session: str
    fails: str | None


def gather_runbook(file: OperationFile, stage: Stage) -> RunbookEvidence:
    """Run a runbook's blocks, one after the other, on a database with sample rows."""
    text = file.path.read_text(encoding="utf-8", errors="replace")
    document = read_markdown(text)
    steps, faults = _steps(document, stage)
    faults += _wrong_links(file.path, document)
    if not faults and steps:
        with stage.lend(Rows.FILLED) as database:
            faults += _first_failure(database, steps)
    return RunbookEvidence(file=file.file, faults=tuple(faults), blocks=len(steps))


def _steps(document: Document, stage: Stage) -> tuple[list[_Step], list[Fault]]:
    """Read how each block is run: as the owner, in that role's session, unless it says so."""
    known = (ADMINISTRATOR, stage.owner, *stage.plan.roles, *stage.plan.app_roles)
    steps: list[_Step] = []
    faults: list[Fault] = []
    roles: dict[str, str] = {}
    for block in document.blocks:
        if block.language not in _SQL:
            continue
        said = _declared(block)
        role = said.get("role", stage.owner)
        session = said.get("session", role)
        if role not in known:
            message = f"the block runs as {role}, and the manifest lists no such role"
            faults.append(Fault(line=block.line, message=message))
        elif roles.setdefault(session, role) != role:
            message = f"the session {session} is {roles[session]}'s; {role} needs another one"
            faults.append(Fault(line=block.line, message=message))
        steps.append(_Step(block=block, role=role, session=session, fails=said.get("fails")))
    if document.unclosed is not None:
        faults.append(Fault(line=document.unclosed, message="the block of code is never closed"))
    return steps, faults


def _declared(block: Block) -> dict[str, str]:
    note = block.note.removeprefix(_NOTE) if block.note.startswith(_NOTE) else ""
    return {match[1]: match[2] for match in _WORD.finditer(f"{note} {block.info}")}


def _first_failure(database: Database, steps: list[_Step]) -> Iterator[Fault]:
    """Run the steps until one does not go as it says: what follows would build on it."""
    with ExitStack() as open_sessions:
        sessions: dict[str, Connection] = {}
        for step in steps:
            if step.session not in sessions:
                session = open_sessions.enter_context(closing(_session(database, step.role)))
                sessions[step.session] = session
            fault = _run(sessions[step.session], step)
            if fault is not None:
                yield fault
                return


def _session(database: Database, role: str) -> Connection:
    """Open a session; what an administrator changes there, roles above all, is undone with it."""
    is_administrator = role == ADMINISTRATOR
    connection = database.connect(None if is_administrator else role)
    connection.autocommit = not is_administrator
    connection.execute("SELECT set_config('statement_timeout', %s, FALSE)", (str(TIMEOUT_MS),))
    return connection


def _run(connection: Connection, step: _Step) -> Fault | None:
    script = parse_script(step.block.text)
    if script.fault is not None:
        line = step.block.line + script.fault.line - 1
        return Fault(line=line, message=f"no SQL: {script.fault.message}")
    statements = _statements(script)
    for place, statement in enumerate(statements):
        refusal = _refused(connection, statement)
        is_last = place == len(statements) - 1
        if refusal is not None and not (is_last and refusal.sqlstate == step.fails):
            return _failed(step, statement, refusal)
        if refusal is None and is_last and step.fails is not None:
            line = step.block.line + statement.line - 1
            message = f"the statement succeeds; the block says it fails with SQLSTATE {step.fails}"
            return Fault(line=line, message=message)
    return None


def _statements(script: Script) -> tuple[Statement, ...]:
    """Give back the BEGIN and COMMIT that a runner of migrations would replace by its own."""
    if script.wrapper is None:
        return script.statements
    begin, end = script.wrapper
    return (begin, *script.statements, end)


def _refused(connection: Connection, statement: Statement) -> Refusal | None:
    try:
        with _undone_if_refused(connection):
            connection.execute(statement.text.encode(), prepare=False)
    except psycopg.Error as error:
        return refusal_of(error, statement.text)
    return None


def _undone_if_refused(connection: Connection) -> AbstractContextManager[object]:
    return nullcontext() if connection.autocommit else connection.transaction()


def _failed(step: _Step, statement: Statement, refusal: Refusal) -> Fault:
    line = step.block.line + statement.line + refusal.line - 2
    said = f"the statement fails as {step.role}: {refusal.said}"
    return Fault(line=line, message=said, fix=refusal.hint)


def _wrong_links(path: Path, document: Document) -> Iterator[Fault]:
    for link in targets(document):
        target, _, anchor = unquote(link.target).partition("#")
        reached = (path.parent / target).resolve() if target else path
        if not reached.exists():
            yield Fault(line=link.line, message=f"the link leads to {target}, which does not exist")
        elif anchor and reached.suffix == ".md" and anchor not in _anchors(reached):
            message = f"the link leads to #{anchor}, and {reached.name} has no such heading"
            yield Fault(line=link.line, message=message)


def _anchors(path: Path) -> frozenset[str]:
    return read_markdown(path.read_text(encoding="utf-8", errors="replace")).anchors


def _runbook_broken(rule: Rule[RunbookEvidence], seen: RunbookEvidence) -> Iterable[Finding]:
    for fault in sorted(seen.faults):
        yield rule.finding(fault.message, file=seen.file, line=fault.line, fix=fault.fix)


RULE = Rule(
    id="runbook-broken",
    title="a runbook with a statement that does not run where it stands, or a link to nowhere",
    effect="who follows it in an incident stops half-way, with the incident still going on",
    fix="correct the statement or the link; say `<!-- harness: role=… -->` above a block that"
    f" another role runs ({ADMINISTRATOR}: the server's), and make a `text` block of what is no"
    " SQL to be run as it stands",
    proof=Proof.RUN,
    check=_runbook_broken,
)
