"""Write rows into a table, and set aside what the server refuses."""

from __future__ import annotations

import psycopg
from psycopg import sql

from harness.samples.candidates import Row, as_json, hold, relation
from harness.samples.makers import Makers
from harness.samples.parents import qualified
from harness.samples.rows import RowMaker
from harness.samples.shape import Connection

_REFUSALS = 12


class Writer:
    """Writes rows of one table; what the server refuses is set aside with the reason."""

    def __init__(self, connection: Connection, maker: RowMaker, makers: Makers) -> None:
        self.connection = connection
        self.table = maker.table
        self.reason = ""
        self.refused = 0
        self.taken = 0
        names = [column.name for column in self.table.columns if column.given]
        parts = {
            "table": qualified(self.table.name),
            "columns": sql.SQL(", ").join(map(sql.Identifier, names)),
            "candidates": relation(self.table, makers),
            "holds": hold(maker.conditions),
        }
        if names:
            insert = "INSERT INTO {table} ({columns}) SELECT {columns} FROM {candidates}"
        else:
            insert = "INSERT INTO {table} DEFAULT VALUES"
        self.one = sql.SQL(insert).format(**parts)
        self.many = sql.SQL(insert + " WHERE {holds} LIMIT %s ON CONFLICT DO NOTHING").format(
            **parts
        )
        self.columns = names

    def write(self, rows: list[Row], most: int) -> int:
        """Write up to ``most`` of the rows; say how many the table took."""
        self.refused = self.taken = 0
        if not self.columns:
            return sum(self._write_one({}) for _ in range(most))
        return self._write(rows, most)

    def _write(self, rows: list[Row], most: int) -> int:
        if not rows or most <= 0 or self.refused > _REFUSALS + 2 * self.taken:
            return 0
        try:
            with self.connection.transaction():
                data = as_json(self.table, rows)
                count = self.connection.execute(self.many, (data, most), prepare=False).rowcount
        except psycopg.Error as error:
            self._note(error)
        else:
            self.taken += count
            return count
        if len(rows) == 1:
            return self._write_one(rows[0])
        half = len(rows) // 2
        written = self._write(rows[:half], most)
        return written + self._write(rows[half:], most - written)

    def _write_one(self, row: Row) -> int:
        try:
            with self.connection.transaction():
                data = (as_json(self.table, [row]),) if self.columns else ()
                self.connection.execute(self.one, data, prepare=False)
        except psycopg.Error as error:
            self._note(error)
            self.refused += 1
            return 0
        self.taken += 1
        return 1

    def _note(self, error: psycopg.Error) -> None:
        if self.connection.broken:
            raise error
        self.reason = first_line(error)


def first_line(error: psycopg.Error) -> str:
    """Say what the server said, in its first line."""
    return error.diag.message_primary or str(error).partition("\n")[0]
