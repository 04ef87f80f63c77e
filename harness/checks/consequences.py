"""Root causes: tell a failure of its own from one that an earlier failure explains."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import postgast

from harness.execute.trace import Failure
from harness.sql import Script

# PostgreSQL's manual, appendix A: what is missing has one of these.
MISSING = frozenset(
    {
        "3F000",  # invalid_schema_name
        "42703",  # undefined_column
        "42704",  # undefined_object
        "42883",  # undefined_function
        "42P01",  # undefined_table
    }
)
_FIRST_NAME = re.compile(r'"([^"]+)"|\b(?:function|procedure|aggregate|column) ([\w.$]+)')


def missing_name(failure: Failure) -> str | None:
    """Say the unqualified name of what a refusal says does not exist; None for other refusals.

    The server names the missing thing first: `column "a" of relation "b" does not exist`.
    """
    if failure.sqlstate not in MISSING:
        return None
    named = _FIRST_NAME.search(failure.message)
    return None if named is None else (named[1] or named[2]).rpartition(".")[2]


def created_names(script: Script) -> frozenset[str]:
    """Collect the unqualified names that a file would create, nested bodies included."""
    found: set[str] = set()
    for statement in script.statements:
        try:
            tree = postgast.parse(statement.text)
        except postgast.PgQueryError:
            found.update(re.findall(r"[\w$]+", statement.text))  # not SQL: it may be anything
            continue
        for raw in tree.stmts:
            found.update(_created(raw.stmt))
    return frozenset(found)


def cause_of(failure: Failure, broken: Mapping[str, frozenset[str]]) -> str | None:
    """Name the earliest broken migration that would have created what the failure misses.

    ``broken`` maps the versions that did not apply, in order, to the names they would have
    created.
    """
    missing = missing_name(failure)
    return next((version for version, names in broken.items() if missing in names), None)


def _created(node: Any) -> Iterator[str]:
    kind = node.WhichOneof("node")
    statement = getattr(node, kind)
    match kind:
        case "create_stmt":
            yield statement.relation.relname
            yield from (
                element.column_def.colname
                for element in statement.table_elts
                if element.HasField("column_def")
            )
        case "index_stmt":
            yield statement.idxname
        case "view_stmt":
            yield statement.view.relname
        case "create_table_as_stmt":
            yield statement.into.rel.relname
        case "create_seq_stmt":
            yield statement.sequence.relname
        case "create_schema_stmt":
            yield statement.schemaname
            for element in statement.schema_elts:
                yield from _created(element)
        case "create_extension_stmt":
            yield statement.extname
        case "create_trig_stmt":
            yield statement.trigname
        case "create_policy_stmt":
            yield statement.policy_name
        case "alter_table_stmt":
            yield from _altered(statement)
        case "rename_stmt":
            yield statement.newname
        case "create_function_stmt":
            yield statement.funcname[-1].string.sval
        case "create_enum_stmt" | "create_range_stmt":
            yield statement.type_name[-1].string.sval
        case "create_domain_stmt":
            yield statement.domainname[-1].string.sval
        case "composite_type_stmt":
            yield statement.typevar.relname
        case "define_stmt":
            yield statement.defnames[-1].string.sval
        case "do_stmt":
            yield from _words_of_a_block(statement)
        case _:
            return


def _altered(statement: Any) -> Iterator[str]:
    for command in statement.cmds:
        definition = getattr(command.alter_table_cmd, "def")
        if definition.HasField("column_def"):
            yield definition.column_def.colname
        elif definition.HasField("constraint"):
            yield definition.constraint.conname


def _words_of_a_block(statement: Any) -> Iterator[str]:
    """A DO block may create what its text names; its words are the best that text can say."""
    for argument in statement.args:
        yield from re.findall(r"(?i)\bcreate\b[^;]*?([\w$]+)", argument.def_elem.arg.string.sval)
