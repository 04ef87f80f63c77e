"""Write rows into a table, and set aside what the server refuses."""

from __future__ import annotations

import psycopg
from psycopg import sql

from harness.samples.candidates import Row, hold, relation
from harness.samples.makers import Makers
from harness.samples.parents import qualified
from harness.samples.refusals import Refusal, refusal_of
from harness.samples.rows import RowMaker
from harness.samples.shape import Connection

_REFUSALS = 12


class Writer:
    """Writes rows of one table; what the server refuses is set aside with the reason."""

    def __init__(self, connection: Connection, maker: RowMaker, makers: Makers) -> None:
        self.connection = connection
        self.table = maker.table
        self.refusal: Refusal | None = None
        self.refused = 0
        self.taken = 0
        self.columns = [column.name for column in self.table.columns if column.given]
        self.makers = makers
        self.holds = hold(maker.conditions)

    def write(self, rows: list[Row], most: int) -> int:
        """Write up to ``most`` of the rows; say how many the table took."""
        self.refused = self.taken = 0
        if not self.columns:
            return sum(self._write_one({}) for _ in range(most))
        written = at = 0
        while at < len(rows) and written < most:
            some = rows[at : at + most - written]
            at += len(some)
            written += self._write(some)
        return written

    def _write(self, rows: list[Row]) -> int:
        """Write rows at once; in halves where one of them is refused with an error."""
        if not rows or self.refused > _REFUSALS + 2 * self.taken:
            return 0
        ending = sql.SQL(" WHERE {} ON CONFLICT DO NOTHING").format(self.holds)
        try:
            with self.connection.transaction():
                insert = self._insert(rows) + ending
                count = self.connection.execute(insert, prepare=False).rowcount
        except psycopg.Error as error:
            self._note(error)
        else:
            self.taken += count
            return count
        if len(rows) == 1:
            return self._write_one(rows[0])
        half = len(rows) // 2
        return self._write(rows[:half]) + self._write(rows[half:])

    def _write_one(self, row: Row) -> int:
        try:
            with self.connection.transaction():
                self.connection.execute(self._insert([row]), prepare=False)
        except psycopg.Error as error:
            self._note(error)
            self.refused += 1
            return 0
        self.taken += 1
        return 1

    def _insert(self, rows: list[Row]) -> sql.Composed:
        if not self.columns:
            return sql.SQL("INSERT INTO {} DEFAULT VALUES").format(qualified(self.table.name))
        return sql.SQL("INSERT INTO {} ({columns}) SELECT {columns} FROM {}").format(
            qualified(self.table.name),
            relation(self.table, self.makers, rows),
            columns=sql.SQL(", ").join(map(sql.Identifier, self.columns)),
        )

    def _note(self, error: psycopg.Error) -> None:
        if self.connection.broken:
            raise error
        self.refusal = refusal_of(error)
