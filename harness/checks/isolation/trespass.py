"""Try to read and to change others' rows in one table, in every way that a role has there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import psycopg
from psycopg import sql

from harness.checks.isolation.disguise import REFUSED, Disguise, words
from harness.checks.isolation.leaks import Action, Leak
from harness.checks.isolation.ownership import Ownership, Rivals, Row, at
from harness.checks.schema.facts import Reach, written_by_server

_INTEGRITY = "23"


class Trespass:
    """Tries what a role may try with a table, in the name of one owner against all others."""

    def __init__(self, disguise: Disguise, ownership: Ownership) -> None:
        self.disguise = disguise
        self.ownership = ownership

    def tries(self, reach: Reach, rivals: Rivals, theirs: tuple[Row, ...]) -> Iterator[Leak]:
        """Look at others' rows, change, delete and forge them, and give own ones away."""
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
            with self.disguise.take_on(reach.role, {rivals.setting: rivals.one}):
                rows = self.disguise.ask(seen) or 0
        except psycopg.Error as error:
            self.disguise.still_there(error)
            if error.diag.sqlstate != REFUSED:
                yield self._leak(reach, rivals, Action.FAILS, 0, words(error))
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
            with self.disguise.connection.transaction(force_rollback=True):
                if unchecked:
                    self.disguise.connection.execute("SET LOCAL session_replication_role = replica")
                rows = self._passes(reach, rivals, statement)
        except psycopg.Error as error:
            self.disguise.still_there(error)
            rows = 0
        if rows:
            yield self._leak(reach, rivals, action, rows)

    def _passes(self, reach: Reach, rivals: Rivals, statement: sql.Composed) -> int:
        """Count the rows that a write reached.

        Row security refuses with 42501 or hides the rows. An integrity error comes after it: the
        write was let through, and stumbled over a key.
        """
        try:
            with self.disguise.take_on(reach.role, {rivals.setting: rivals.one}):
                return max(0, self.disguise.connection.execute(statement, prepare=False).rowcount)
        except psycopg.Error as error:
            self.disguise.still_there(error)
            return int((error.diag.sqlstate or "").startswith(_INTEGRITY))

    def _blindly(self, reach: Reach, rivals: Rivals, seen: sql.Composed) -> Iterator[Leak]:
        """Delete without a condition: then the policies for SELECT do not help."""
        everything = sql.SQL("DELETE FROM {}").format(written_by_server(reach.relation))
        before = self.disguise.ask(seen) or 0
        gone = 0
        try:
            with self.disguise.connection.transaction(force_rollback=True):
                self.disguise.connection.execute("SET LOCAL session_replication_role = replica")
                with self.disguise.take_on(reach.role, {rivals.setting: rivals.one}, undone=False):
                    self.disguise.connection.execute(everything, prepare=False)
                gone = before - (self.disguise.ask(seen) or 0)
        except psycopg.Error as error:
            self.disguise.still_there(error)
        if gone:
            yield self._leak(reach, rivals, Action.DELETES, gone)

    def _moves(self, reach: Reach, rivals: Rivals, theirs: tuple[Row, ...]) -> Iterator[Leak]:
        """Give an own row to another: what WITH CHECK must refuse.

        Who has no row here lets another give one to him.
        """
        mine = rivals.mine.get(reach.relation, ())
        told = json.loads(self.ownership.row(reach.relation, theirs[0]))
        for name in self.ownership.columns(rivals.setting, reach.relation):
            value = told.get(name.strip('"'))
            if name.strip('"') not in reach.updatable or value is None:
                continue
            if mine:
                yield from self._gives(reach, rivals, name, str(value), mine)
            elif self.ownership.holds(rivals.setting, reach.relation, name):
                giver = replace(rivals, one=str(value))
                yield from self._gives(reach, giver, name, rivals.one, theirs[:1])

    def _gives(
        self, reach: Reach, rivals: Rivals, column: str, other: str, rows: tuple[Row, ...]
    ) -> Iterator[Leak]:
        given = sql.SQL("UPDATE {} AS r SET {} = {}").format(
            written_by_server(reach.relation), written_by_server(column), sql.Literal(other)
        )
        aimed = given + sql.SQL(" WHERE ") + at(rows)
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
