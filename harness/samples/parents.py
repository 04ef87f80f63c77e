"""Rows to refer to: the keys of parents, and which of them a child's row may take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from random import Random

from psycopg import sql

from harness.samples.scalars import pick
from harness.samples.shape import Connection, ForeignKey, Table

Key = tuple[str, ...]
_DENSE = 4


class Parents:
    """Reads parents' keys once and forgets them when the parent gets rows."""

    def __init__(self, connection: Connection, names: Mapping[int, str], limit: int) -> None:
        self.connection = connection
        self.names = names
        self.limit = max(200, 2 * limit)
        self.known: dict[tuple[int, tuple[str, ...]], list[Key]] = {}
        self.reserved: dict[int, list[dict[str, str]]] = {}

    def keys(self, parent: int, columns: tuple[str, ...]) -> list[Key]:
        """The parent's keys in order, at most twice as many as rows are wanted."""
        found = self.known.get((parent, columns))
        if found is None:
            found = self._read(parent, columns)
            self.known[parent, columns] = found
        if not found and parent in self.reserved:
            return [tuple(row[name] for name in columns) for row in self.reserved[parent]]
        return found

    def used(self, table: Table, columns: tuple[str, ...]) -> set[Key]:
        """The keys that the child's rows refer to already."""
        return set(self._read(table.oid, columns, everything=True))

    def forget(self, parent: int) -> None:
        """Read the parent's keys anew next time: it has new rows."""
        for key in [key for key in self.known if key[0] == parent]:
            del self.known[key]

    def _read(self, table: int, columns: tuple[str, ...], *, everything: bool = False) -> list[Key]:
        listed = sql.SQL(", ").join(map(sql.Identifier, columns))
        query = sql.SQL(
            "SELECT {texts} FROM {table} WHERE {filled} GROUP BY {keys} ORDER BY {keys}"
        )
        texts = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(n)) for n in columns)
        filled = (
            sql.SQL("({}) IS NOT NULL").format(listed)
            if len(columns) == 1
            else sql.SQL("ROW({}) IS NOT NULL").format(listed)
        )
        statement = query.format(
            texts=texts, table=qualified(self.names[table]), filled=filled, keys=listed
        )
        if not everything:
            statement += sql.SQL(" LIMIT {}").format(self.limit)
        return self.connection.execute(statement, prepare=False).fetchall()


class Choice:
    """Chooses a parent's key for one foreign key, row after row; ``required`` if it must.

    ``taken`` are the keys that rows refer to already. With ``once`` they cannot be chosen again;
    otherwise the others are merely preferred.
    """

    def __init__(
        self,
        key: ForeignKey,
        keys: list[Key],
        fixed: frozenset[str],
        taken: set[Key],
        *,
        once: bool,
        required: bool,
        place: int,
    ) -> None:
        self.key = key
        self.columns = frozenset(key.columns)
        self.required = required
        self.place = place
        self.shared = tuple(i for i, name in enumerate(key.columns) if name in fixed)
        self.free = tuple(i for i, name in enumerate(key.columns) if name not in fixed)
        self.once = once
        self.fresh: dict[Key, list[Key]] = {}
        self.matching: dict[Key, list[Key]] = {}
        self.few: dict[Key, list[Key]] = {}
        self.later: Sequence[Choice] = ()
        for each in keys:
            group = tuple(each[i] for i in self.shared)
            if each not in taken:
                self.matching.setdefault(group, []).append(each)
                if taken:
                    self.fresh.setdefault(group, []).append(each)
            elif not once:
                self.matching.setdefault(group, []).append(each)

    def choose(self, row: Mapping[str, str | None], turn: int, random: Random) -> Key | None:
        """Take a key that agrees with what the row holds already; None where there is none.

        Half of the rows go to a few parents, so that related rows meet; the others spread over
        all. ``place`` shifts these few from one foreign key to the next, so that not always the
        same ones meet: an office has several persons.
        """
        group = tuple([row.get(self.key.columns[i]) or "" for i in self.shared])
        found = self.matching.get(group)
        if not found:
            return None
        if self.once:
            return found.pop()  # the last ones: the first few are everybody's parents
        fresh = self.fresh.get(group)
        if fresh and random.random() < 0.5:
            return pick(random, fresh)
        if turn < _DENSE or random.random() < 0.5:
            shifted = turn + self.place * (turn // _DENSE)
            few = self._few(group, found)
            return few[shifted % len(few)]
        return pick(random, found)

    def _few(self, group: Key, found: list[Key]) -> list[Key]:
        """Choose the parents that meet: of two owners, two persons each, where keys tell them."""
        if group not in self.few:
            few = _of_two(found, self.free, self._left) if len(self.free) > 1 else found
            self.few[group] = few[:_DENSE]
        return self.few[group]

    def _left(self, column: int, value: str) -> int:
        """Count what the poorest of the later choices could still choose from beside a value."""
        name = self.key.columns[column]
        return min(
            (each.count(name, value) for each in self.later if name in each.columns), default=_DENSE
        )

    def count(self, name: str, value: str) -> int:
        """Count the keys with a value in a column."""
        at = self.key.columns.index(name)
        return sum(key[at] == value for keys in self.matching.values() for key in keys)


def _of_two(
    keys: Sequence[Key], columns: Sequence[int], left: Callable[[int, str], int]
) -> list[Key]:
    """Take keys of two values of the first column, in turns; two of the next one for each.

    The values that leave the most to choose below them, and beside them, come first.
    """
    if not columns:
        return list(keys[:1])
    by_value: dict[str, list[Key]] = {}
    for each in keys:
        by_value.setdefault(each[columns[0]], []).append(each)
    below = columns[1] if len(columns) > 1 else columns[0]

    def choice(value: str) -> int:
        return min(len({each[below] for each in by_value[value]}), left(columns[0], value))

    ranked = sorted(by_value, key=choice, reverse=True)
    chosen = [_of_two(by_value[value], columns[1:], left) for value in ranked[:2]]
    return [each for turn in zip_longest(*chosen) for each in turn if each is not None]


def ordered_keys(table: Table) -> list[ForeignKey]:
    """The foreign keys with the most columns first: they decide what the others share."""
    return sorted(table.foreign_keys, key=lambda key: (-len(key.columns), key.name))


def referred_once(table: Table, key: ForeignKey) -> bool:
    """Whether a unique key lies within the foreign key: one row at most for each parent."""
    return any(unique and set(unique) <= set(key.columns) for unique in table.unique)


def qualified(name: str) -> sql.Composable:
    """Put a name that the server has quoted itself into a statement."""
    return sql.SQL(name)


def own_key(key: ForeignKey, row: Mapping[str, str | None]) -> Iterable[tuple[str, str | None]]:
    """Let a row refer to itself: the columns of the key take the row's own key."""
    own = zip(key.columns, key.parent_columns, strict=True)
    return [(column, row.get(parent)) for column, parent in own]
