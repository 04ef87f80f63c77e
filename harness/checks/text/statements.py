"""The rules of statements whose verdict is in the text, or whose line the text gives."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from harness.checks.finding import Finding, Proof, Rule, Severity
from harness.checks.subjects import ScriptOf
from harness.checks.text.data_changes import DATA_CHANGE_UNBATCHED
from harness.checks.text.environment import ENVIRONMENT_DEPENDENT
from harness.checks.words import visible
from harness.sql import Statement, SyntaxFault
from harness.sql.embedded import faults
from harness.sql.psql import PsqlWord, psql_words
from harness.sql.wrapper import controls_transaction, sets_session

_MOST_WORDS = 10


def at(rule: Rule[ScriptOf], subject: ScriptOf, line: int, message: str) -> Finding:
    """Make a finding of a file's rule at one of its lines."""
    return rule.finding(visible(message), file=subject.file, line=line, migration=subject.version)


def _syntax_error(rule: Rule[ScriptOf], subject: ScriptOf) -> Iterable[Finding]:
    script = subject.script
    fault = script.fault
    psql_lines = {each.line for each in psql_words(script)}
    if fault is not None and not fault.unreadable and fault.line not in psql_lines:
        yield at(rule, subject, fault.line, _said(fault))
    for statement in script.statements:
        for wrong in faults(script, statement):
            message = f"{_said(wrong)}, in the body of line {statement.line}"
            yield at(rule, subject, wrong.line, message)


def _said(fault: SyntaxFault) -> str:
    return f"{fault.message} (column {fault.column})"


def _psql_meta_command(rule: Rule[ScriptOf], subject: ScriptOf) -> Iterable[Finding]:
    for word in islice(psql_words(subject.script), _MOST_WORDS):
        yield at(rule, subject, word.line, f"{word.text} {_meaning(word)}")


def _meaning(word: PsqlWord) -> str:
    if word.text.startswith("COPY"):
        return "takes its rows from psql's input: no other client sends any"
    what = "a variable" if word.text.startswith(":") else "a meta-command"
    return f"is {what} of psql, not SQL"


def _transaction_control(rule: Rule[ScriptOf], subject: ScriptOf) -> Iterable[Finding]:
    wrapper = subject.script.wrapper
    if wrapper is not None:
        yield rule.finding(
            f"BEGIN … COMMIT around the whole file (to line {wrapper[1].line}): the runner's own "
            "transaction replaces them",
            file=subject.file,
            line=wrapper[0].line,
            migration=subject.version,
            effect="harmless, so long as they stay the first and the last statement",
            fix="remove both: each file runs in one transaction by itself",
            severity=Severity.WARNING,
        )
    for statement in subject.script.statements:
        if controls_transaction(statement):
            message = f"{_opening(statement)} inside the runner's own transaction"
            yield at(rule, subject, statement.line, message)


def _mixed_transaction(rule: Rule[ScriptOf], subject: ScriptOf) -> Iterable[Finding]:
    script = subject.script
    alone = [each for each in script.statements if not each.transactional]
    others = [each for each in script.statements if _needs_company(each)]
    if script.wrapper is not None:
        others.append(script.wrapper[0])
    if alone and others:
        message, fix = _mixed(alone[0], others[0])
        yield rule.finding(
            message, file=subject.file, line=alone[0].line, migration=subject.version, fix=fix
        )


def _mixed(alone: Statement, other: Statement) -> tuple[str, str | None]:
    first, second = f"{_opening(alone)} cannot run in a transaction", _opening(other)
    if other.kind == "VariableSetStmt":
        message = f"{first}, and without one {second} (line {other.line}) sets nothing"
        return message, "write SET in place of SET LOCAL, and RESET after the last statement"
    return f"{first}, but the file also holds {second} (line {other.line})", None


def _needs_company(statement: Statement) -> bool:
    is_free = statement.kind == "" or sets_session(statement)
    return statement.transactional and not is_free


def _opening(statement: Statement) -> str:
    return " ".join(statement.text.split()[:4]).rstrip(" =(")


SYNTAX_ERROR: Rule[ScriptOf] = Rule(
    id="syntax-error",
    title="text that is not PostgreSQL, also inside plpgsql bodies and DO blocks",
    effect="the file fails wherever it runs; a faulty body may fail only when it is first called",
    fix="correct the statement at the line and column that the message names",
    proof=Proof.BOTH,
    check=_syntax_error,
)
PSQL_META_COMMAND: Rule[ScriptOf] = Rule(
    id="psql-meta-command",
    title="a meta-command or variable of psql, or rows for its COPY, in a migration",
    effect="any other client sends it to the server as it stands, which refuses it; and what the "
    "file does depends on the operator's session",
    fix="write plain SQL, rows as INSERT … VALUES; a constant belongs in the file, a secret in no "
    "migration at all",
    proof=Proof.TEXT,
    check=_psql_meta_command,
)
TRANSACTION_CONTROL: Rule[ScriptOf] = Rule(
    id="transaction-control",
    title="BEGIN, COMMIT or ROLLBACK that ends the runner's transaction",
    effect="what follows runs outside of the transaction that should undo it: a failure half way "
    "leaves the database between two versions",
    fix="remove it; the runner puts each file in one transaction, for which SET TRANSACTION as the "
    "first statement may choose an isolation level",
    proof=Proof.TEXT,
    check=_transaction_control,
)
MIXED_TRANSACTION: Rule[ScriptOf] = Rule(
    id="mixed-transaction",
    title="a statement that cannot run in a transaction, beside others",
    effect="the file then runs without any transaction, so a failure leaves the part before it "
    "in place and a second run stumbles over it",
    fix="give the statement a migration of its own, with DROP INDEX CONCURRENTLY IF EXISTS before "
    "a CREATE INDEX CONCURRENTLY so that it can be repeated",
    proof=Proof.TEXT,
    check=_mixed_transaction,
)

RULES: tuple[Rule[ScriptOf], ...] = (
    SYNTAX_ERROR,
    PSQL_META_COMMAND,
    TRANSACTION_CONTROL,
    MIXED_TRANSACTION,
    DATA_CHANGE_UNBATCHED,
    ENVIRONMENT_DEPENDENT,
)
