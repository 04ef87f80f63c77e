"""Try to see and to change another's rows, as the roles whose statements reach the tables.

Everything happens in one transaction that is rolled back. The database is given rows first;
roles are taken on with SET ROLE, contexts with the settings that the tenancy names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any

import psycopg
from psycopg import sql

from harness.checks.ownership import Ownership, Rivals, Row, at
from harness.checks.schema_facts import Connection, Definer, Reach, written_by_server
from harness.checks.tenancy import Tenancy

_LIMIT = 400
_ARGUMENTS = 6
_REFUSED = "42501"
_INTEGRITY = "23"


class Action(Enum):
    """What a role did, or could do, that it must not."""

    SEES = "sees"
    UPDATES = "updates"
    DELETES = "deletes"
    INSERTS = "inserts"
    MOVES = "moves"
    FAILS = "fails"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Leak:
    """One thing that isolation did not prevent.

    ``context`` says how the session stood: the setting that was set, or ``unset``, ``empty``.
    ``kind`` and ``relation`` name what was used, ``said`` adds the server's words to a failure.
    """

    kind: str
    relation: str
    role: str
    context: str
    action: Action
    rows: int = 0
    said: str = ""


class Probe:
    """Probes one database as one role after another."""

    def __init__(self, connection: Connection, tenancy: Tenancy, relations: Iterable[str]) -> None:
        self.connection = connection
        self.tenancy = tenancy
        self.ownership = Ownership(connection, tenancy, relations)
        self.rivals = tuple(
            each for setting in tenancy.settings for each in self.ownership.rivals(setting)
        )

    def without_context(self, role: str, relations: Sequence[str]) -> Iterator[Leak]:
        """Look with no setting set, and with every setting empty: no rows, no error."""
        never_set = sql.SQL(
            "SELECT bool_and(current_setting(name, true) IS NULL) FROM unnest({}::text[]) AS name"
        )
        unset = self._one(never_set.format(sql.Literal(list(self.tenancy.settings))))
        if unset:
            yield from self._looks(role, "unset", {}, relations)
        empty = dict.fromkeys(self.tenancy.settings, "")
        yield from self._looks(role, "empty", empty, relations)

    def across(self, reached: Sequence[Reach]) -> Iterator[Leak]:
        """Look at another's rows, change, delete, forge and move them, table by table."""
        for rivals in self.rivals:
            for reach in reached:
                theirs = rivals.theirs.get(reach.relation, ())
                if reach.kind == "table" and theirs:
                    yield from self._tries(reach, rivals, theirs)
                elif reach.kind != "table" and reach.can_select:
                    yield from self._reads_through(reach, rivals)

    def unprobed(self) -> Iterator[tuple[str, str]]:
        """Pair settings with the tables in which only one owner, or none, has rows."""
        for setting in self.tenancy.settings:
            probed = {
                table for each in self.rivals if each.setting == setting for table in each.theirs
            }
            for table in self.ownership.owned(setting):
                if table not in probed:
                    yield setting, table

    def through_definers(self, definers: Sequence[Definer]) -> Iterator[Leak]:
        """Call functions that run with their owner's rights, with another's keys as arguments."""
        for rivals in self.rivals:
            for definer in definers:
                for context in ({rivals.setting: rivals.one}, {rivals.setting: ""}):
                    shown = self._calls(definer, rivals, context)
                    if shown:
                        yield Leak(
                            kind="function",
                            relation=definer.name,
                            role=definer.role,
                            context=_said(rivals.setting, context),
                            action=Action.SEES,
                            rows=shown,
                        )
                        break

    def _looks(
        self, role: str, context: str, settings: dict[str, str], relations: Sequence[str]
    ) -> Iterator[Leak]:
        with self._as(role, settings):
            counts = self._counts(relations)
        for relation, (rows, said) in counts.items():
            if rows or said:
                yield Leak(
                    kind="table",
                    relation=relation,
                    role=role,
                    context=context,
                    action=Action.FAILS if said else Action.SEES,
                    rows=rows,
                    said=said,
                )

    def _counts(self, relations: Sequence[str]) -> dict[str, tuple[int, str]]:
        """Count visible rows, all relations at once; one by one where one of them fails."""
        if not relations:
            return {}
        one = sql.SQL("SELECT {}, (SELECT count(*) FROM (SELECT FROM {} LIMIT {}) AS s)")
        asked = sql.SQL(" UNION ALL ").join(
            one.format(sql.Literal(name), written_by_server(name), _LIMIT) for name in relations
        )
        try:
            with self.connection.transaction():
                rows = self.connection.execute(asked, prepare=False).fetchall()
                return {name: (count, "") for name, count in rows}
        except psycopg.Error as error:
            self._alive(error)
            if len(relations) == 1:
                refused = error.diag.sqlstate == _REFUSED
                return {relations[0]: (0, "" if refused else _words(error))}
            half = len(relations) // 2
            return self._counts(relations[:half]) | self._counts(relations[half:])

    def _tries(self, reach: Reach, rivals: Rivals, theirs: tuple[Row, ...]) -> Iterator[Leak]:
        table, there = written_by_server(reach.relation), at(theirs)
        seen = sql.SQL("SELECT count(*) FROM {} AS r WHERE {}").format(table, there)
        if reach.can_select:
            yield from self._read(reach, rivals, seen)
        if reach.can_update and reach.updatable:
            column = sql.Identifier(reach.updatable[0])
            same = sql.SQL("UPDATE {} AS r SET {} = {} WHERE {}").format(
                table, column, sql.SQL("r.{}").format(column), there
            )
            yield from self._write(reach, rivals, Action.UPDATES, same)
            yield from self._moves(reach, rivals, theirs)
        if reach.can_delete:
            aimed = sql.SQL("DELETE FROM {} AS r WHERE {}").format(table, there)
            leaks = list(self._write(reach, rivals, Action.DELETES, aimed))
            yield from leaks or self._blindly(reach, rivals, seen)
        if reach.can_insert and reach.insertable:
            yield from self._forges(reach, rivals, theirs[0])

    def _read(self, reach: Reach, rivals: Rivals, seen: sql.Composed) -> Iterator[Leak]:
        try:
            with self._as(reach.role, {rivals.setting: rivals.one}):
                rows = self._one(seen) or 0
        except psycopg.Error as error:
            self._alive(error)
            if error.diag.sqlstate != _REFUSED:
                yield self._leak(reach, rivals, Action.FAILS, 0, _words(error))
            return
        if rows:
            yield self._leak(reach, rivals, Action.SEES, rows)

    def _write(
        self,
        reach: Reach,
        rivals: Rivals,
        action: Action,
        statement: sql.Composed,
        *,
        unchecked: bool = False,
    ) -> Iterator[Leak]:
        """Report a write that reached rows.

        ``unchecked`` turns triggers and foreign keys off, for statements without a condition:
        they reach the role's own rows first, and must not stumble there. Without a condition the
        policies for SELECT do not help.
        """
        try:
            with self.connection.transaction(force_rollback=True):
                if unchecked:
                    self.connection.execute("SET LOCAL session_replication_role = replica")
                rows = self._passes(reach, rivals, statement)
        except psycopg.Error as error:
            self._alive(error)
            rows = 0
        if rows:
            yield self._leak(reach, rivals, action, rows)

    def _passes(self, reach: Reach, rivals: Rivals, statement: sql.Composed) -> int:
        """Count the rows that a write reached.

        Row security refuses with 42501 or hides the rows. An integrity error comes after it: the
        write was let through, and stumbled over a key.
        """
        try:
            with self._as(reach.role, {rivals.setting: rivals.one}):
                return max(0, self.connection.execute(statement, prepare=False).rowcount)
        except psycopg.Error as error:
            self._alive(error)
            return int((error.diag.sqlstate or "").startswith(_INTEGRITY))

    def _blindly(self, reach: Reach, rivals: Rivals, seen: sql.Composed) -> Iterator[Leak]:
        """Delete without a condition: then the policies for SELECT do not help."""
        everything = sql.SQL("DELETE FROM {}").format(written_by_server(reach.relation))
        before = self._one(seen) or 0
        gone = 0
        try:
            with self.connection.transaction(force_rollback=True):
                self.connection.execute("SET LOCAL session_replication_role = replica")
                with self._as(reach.role, {rivals.setting: rivals.one}, undone=False):
                    self.connection.execute(everything, prepare=False)
                gone = before - (self._one(seen) or 0)
        except psycopg.Error as error:
            self._alive(error)
        if gone:
            yield self._leak(reach, rivals, Action.DELETES, gone)

    def _moves(self, reach: Reach, rivals: Rivals, theirs: tuple[Row, ...]) -> Iterator[Leak]:
        """Give an own row to another: what WITH CHECK must refuse."""
        mine = rivals.mine.get(reach.relation, ())
        told = json.loads(self.ownership.row(reach.relation, theirs[0]))
        columns = [
            name
            for name in self.ownership.columns(rivals.setting, reach.relation)
            if name.strip('"') in reach.updatable and told.get(name.strip('"')) is not None
        ]
        for name in columns if mine else ():
            value = sql.Literal(str(told[name.strip('"')]))
            given = sql.SQL("UPDATE {} AS r SET {} = {}").format(
                written_by_server(reach.relation), written_by_server(name), value
            )
            aimed = given + sql.SQL(" WHERE ") + at(mine)
            leaks = list(self._write(reach, rivals, Action.MOVES, aimed))
            yield from leaks or self._write(reach, rivals, Action.MOVES, given, unchecked=True)

    def _forges(self, reach: Reach, rivals: Rivals, row: Row) -> Iterator[Leak]:
        """Insert a copy of another's row."""
        columns = sql.SQL(", ").join(map(sql.Identifier, reach.insertable))
        table = written_by_server(reach.relation)
        copied = sql.SQL(
            "INSERT INTO {table} ({columns}) SELECT {columns}"
            " FROM jsonb_populate_record(NULL::{table}, {row}::jsonb)"
        ).format(
            table=table,
            columns=columns,
            row=sql.Literal(self.ownership.row(reach.relation, row)),
        )
        yield from self._write(reach, rivals, Action.INSERTS, copied)

    def _reads_through(self, reach: Reach, rivals: Rivals) -> Iterator[Leak]:
        """Look for another's identifiers in what a view or materialized view shows."""
        asked = sql.SQL("SELECT to_jsonb(r)::text FROM {} AS r LIMIT {}").format(
            written_by_server(reach.relation), _LIMIT
        )
        for context in ({rivals.setting: rivals.one}, {rivals.setting: ""}):
            shown = self._shown(reach.role, context, asked)
            rows = sum(self._tells(row, rivals, ()) for row in shown)
            if rows:
                yield Leak(
                    kind=reach.kind,
                    relation=reach.relation,
                    role=reach.role,
                    context=_said(rivals.setting, context),
                    action=Action.SEES,
                    rows=rows,
                )
                return

    def _calls(self, definer: Definer, rivals: Rivals, context: dict[str, str]) -> int:
        """Call a function with another's keys; count the rows that tell more than was given."""
        marks = sorted(rivals.marks)
        given = marks[:_ARGUMENTS] if definer.arguments else [""]
        kinds = {kind for names in self.tenancy.holders.values() for _, kind in names}
        if any(kind not in kinds for kind in definer.arguments):
            return 0
        for mark in given:
            arguments = sql.SQL(", ").join(
                sql.SQL("{}::{}").format(sql.Literal(mark), written_by_server(kind))
                for kind in definer.arguments
            )
            asked = sql.SQL("SELECT to_jsonb(f)::text FROM {}({}) AS f LIMIT {}").format(
                written_by_server(definer.called), arguments, _LIMIT
            )
            shown = self._shown(definer.role, context, asked)
            rows = sum(self._tells(row, rivals, (mark,)) for row in shown)
            if rows:
                return rows
        return 0

    def _shown(self, role: str, context: dict[str, str], asked: sql.Composed) -> list[str]:
        try:
            with self._as(role, context):
                rows = self.connection.execute(asked, prepare=False).fetchall()
        except psycopg.Error as error:
            self._alive(error)
            return []
        return [text for (text,) in rows if text is not None]

    def _tells(self, row: str, rivals: Rivals, given: Sequence[str]) -> bool:
        """Whether a row names others, in text or in a column that holds the setting's value."""
        if any(mark in row for mark in rivals.marks if mark not in given):
            return True
        told = json.loads(row)
        names = {name for name, _ in self.tenancy.holders.get(rivals.setting, frozenset())}
        values = (
            {str(told[name]) for name in names if told.get(name)}
            if isinstance(told, dict)
            else set()
        )
        return bool(values - {rivals.one, *given})

    def _leak(
        self, reach: Reach, rivals: Rivals, action: Action, rows: int, said: str = ""
    ) -> Leak:
        return Leak(
            kind=reach.kind,
            relation=reach.relation,
            role=reach.role,
            context=rivals.setting,
            action=action,
            rows=rows,
            said=said,
        )

    @contextmanager
    def _as(self, role: str, settings: dict[str, str], *, undone: bool = True) -> Iterator[None]:
        """Be a role in a context; what it did is undone at the end, or only who it was."""
        with self.connection.transaction(force_rollback=undone):
            for name, value in settings.items():
                self.connection.execute("SELECT set_config(%s, %s, true)", (name, value))
            self.connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))
            yield
            if not undone:
                self.connection.execute("SET LOCAL ROLE NONE")

    def _one(self, query: sql.Composed) -> Any:
        found = self.connection.execute(query, prepare=False).fetchone()
        return None if found is None else found[0]

    def _alive(self, error: psycopg.Error) -> None:
        if self.connection.broken:
            raise error


def _said(setting: str, context: dict[str, str]) -> str:
    return setting if context[setting] else "empty"


def _words(error: psycopg.Error) -> str:
    return f"{error.diag.message_primary} (SQLSTATE {error.diag.sqlstate})"
