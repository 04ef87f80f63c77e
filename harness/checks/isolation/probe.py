"""Try to see and to change another's rows, as the roles whose statements reach the tables.

Everything happens in one transaction that is rolled back. The database is given rows first;
roles are taken on with SET ROLE, contexts with the settings that the tenancy names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import psycopg
from psycopg import sql

from harness.checks.isolation.disguise import REFUSED, Disguise, words
from harness.checks.isolation.leaks import Action, Leak
from harness.checks.isolation.ownership import Ownership, Rivals
from harness.checks.isolation.tenancy import Tenancy
from harness.checks.isolation.trespass import Trespass
from harness.checks.schema.facts import Connection, Definer, Reach, written_by_server

_LIMIT = 400
_ARGUMENTS = 6


class Probe:
    """Probes one database as one role after another."""

    def __init__(self, connection: Connection, tenancy: Tenancy, relations: Iterable[str]) -> None:
        self.disguise = Disguise(connection)
        self.tenancy = tenancy
        self.ownership = Ownership(connection, tenancy, relations)
        self.trespass = Trespass(self.disguise, self.ownership)
        self.rivals = tuple(
            each for setting in tenancy.settings for each in self.ownership.rivals(setting)
        )

    def without_context(self, role: str, relations: Sequence[str]) -> Iterator[Leak]:
        """Look with no setting set, and with every setting empty: no rows, no error."""
        never_set = sql.SQL(
            "SELECT bool_and(current_setting(name, true) IS NULL) FROM unnest({}::text[]) AS name"
        )
        unset = self.disguise.ask(never_set.format(sql.Literal(list(self.tenancy.settings))))
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
                    yield from self.trespass.tries(reach, rivals, theirs)
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
        with self.disguise.take_on(role, settings):
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
            with self.disguise.connection.transaction():
                rows = self.disguise.connection.execute(asked, prepare=False).fetchall()
                return {name: (count, "") for name, count in rows}
        except psycopg.Error as error:
            self.disguise.still_there(error)
            if len(relations) == 1:
                refused = error.diag.sqlstate == REFUSED
                return {relations[0]: (0, "" if refused else words(error))}
            half = len(relations) // 2
            return self._counts(relations[:half]) | self._counts(relations[half:])

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
            with self.disguise.take_on(role, context):
                rows = self.disguise.connection.execute(asked, prepare=False).fetchall()
        except psycopg.Error as error:
            self.disguise.still_there(error)
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


def _said(setting: str, context: dict[str, str]) -> str:
    return setting if context[setting] else "empty"
