"""Find values that hold together: columns that one CHECK binds are drawn and tried together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import psycopg

from harness.samples.candidates import Condition, Row, evaluate
from harness.samples.hints import Relation
from harness.samples.makers import Makers
from harness.samples.scalars import Value, pick, text_of
from harness.samples.shape import Connection, Table

DrawColumn = Callable[[Random], Value | None]
Solution = tuple[tuple[str, str | None], ...]
_ROUNDS = 14
_LEAST = 32
_ENOUGH = 100
_PARTS = 60
_MOST = 4000
_LESS = frozenset({"<", "<="})
_MORE = frozenset({">", ">="})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Columns that conditions bind together, directly or through a third."""

    columns: tuple[str, ...]
    conditions: tuple[Condition, ...]
    relations: tuple[Relation, ...] = ()


def clusters(wanted: Sequence[Condition], relations: Sequence[Relation]) -> tuple[Cluster, ...]:
    """Group conditions that share a column."""
    groups: list[tuple[set[str], list[Condition]]] = []
    for condition in wanted:
        columns, members = set(condition.columns), [condition]
        for group in [each for each in groups if each[0] & columns]:
            columns |= group[0]
            members = group[1] + members
            groups.remove(group)
        groups.append((columns, members))
    return tuple(
        Cluster(
            columns=tuple(sorted(columns)),
            conditions=tuple(members),
            relations=tuple(each for each in relations if {each.left, each.right} <= columns),
        )
        for columns, members in groups
        if columns
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Solver:
    """Draws, asks the server, keeps what holds and changes what nearly does."""

    connection: Connection
    table: Table
    makers: Makers
    draws: Mapping[str, DrawColumn]
    pinned: frozenset[str] = frozenset()

    def solve(
        self, found: Sequence[Cluster], count: int, random: Random
    ) -> dict[Cluster, list[Solution]]:
        """Find about ``count`` solutions of each cluster; fewer where they are hard to find.

        A cluster without any solution within the rounds is given an empty list.
        """
        solved: dict[Cluster, list[Solution]] = {each: [] for each in found}
        nearly: dict[Cluster, list[tuple[int, Row]]] = {each: [] for each in found}
        wanted = {each: self._wanted(each, count) for each in found}
        for _ in range(_ROUNDS):
            open_ones = [each for each in found if len(solved[each]) < wanted[each]]
            if not open_ones:
                break
            size = max(wanted[each] - len(solved[each]) for each in open_ones)
            size = min(_MOST, max(_LEAST, size + size // 4))
            rows = [self._candidate(open_ones, nearly, random) for _ in range(size)]
            self._judge(open_ones, rows, solved, nearly)
        return solved

    def _wanted(self, cluster: Cluster, count: int) -> int:
        """Values may repeat, unless a unique key looks at them."""
        return count if self.table.distinct & set(cluster.columns) else min(count, _ENOUGH)

    def _judge(
        self,
        open_ones: Sequence[Cluster],
        rows: list[Row],
        solved: dict[Cluster, list[Solution]],
        nearly: dict[Cluster, list[tuple[int, Row]]],
    ) -> None:
        wanted = [condition for each in open_ones for condition in each.conditions]
        verdicts = self._verdicts(rows, wanted)
        start = 0
        for cluster in open_ones:
            end = start + len(cluster.conditions)
            for row, verdict in zip(rows, verdicts, strict=True):
                held = sum(verdict[start:end])
                part = {name: row[name] for name in cluster.columns}
                if held == end - start:
                    solved[cluster].append(tuple(part.items()))
                nearly[cluster].append((held, part))
            nearly[cluster] = sorted(nearly[cluster], key=lambda each: -each[0])[:40]
            start = end

    def _verdicts(self, rows: list[Row], wanted: list[Condition]) -> list[tuple[bool, ...]]:
        """Ask for all rows and conditions at once; where one fails on a value, for each alone."""
        found = self._asked(rows, wanted)
        if found is not None:
            return found
        columns = [self._alone(rows, condition) for condition in wanted]
        return [tuple(verdicts) for verdicts in zip(*columns, strict=True)]

    def _alone(self, rows: list[Row], condition: Condition) -> list[bool]:
        """Ask for one condition; a row on which it fails contradicts it.

        The rows are parted until the failing ones are alone, but not for ever: the rest of a
        part that goes on failing is given up.
        """
        budget = [_PARTS]

        def asked(part: list[Row]) -> list[bool]:
            budget[0] -= 1
            found = self._asked(part, [condition])
            if found is not None:
                return [verdict for (verdict,) in found]
            if len(part) == 1 or budget[0] <= 0:
                return [False] * len(part)
            half = len(part) // 2
            return asked(part[:half]) + asked(part[half:])

        return asked(rows)

    def _asked(self, rows: list[Row], wanted: list[Condition]) -> list[tuple[bool, ...]] | None:
        try:
            with self.connection.transaction():
                return evaluate(self.connection, self.table, self.makers, rows, wanted)
        except psycopg.Error:
            if self.connection.broken:
                raise
            return None

    def _candidate(
        self,
        open_ones: Sequence[Cluster],
        nearly: Mapping[Cluster, list[tuple[int, Row]]],
        random: Random,
    ) -> Row:
        row: Row = {}
        for cluster in open_ones:
            values = {name: self.draws[name](random) for name in cluster.columns}
            for relation in cluster.relations:
                self._relate(values, relation, random)
            drawn = {name: None if v is None else text_of(v) for name, v in values.items()}
            if nearly[cluster] and random.random() < 0.6:
                changed = random.sample(cluster.columns, min(pick(random, (1, 1, 2)), len(drawn)))
                _, best = pick(random, nearly[cluster])
                drawn = {name: drawn[name] if name in changed else best[name] for name in drawn}
            row.update(drawn)
        return row

    def _relate(self, values: dict[str, Value | None], relation: Relation, random: Random) -> None:
        """Make two comparable values obey ``left operator right`` by moving or swapping them.

        A pinned column (a partition's key) stays as it is: the other one moves near to it.
        """
        left, right = values[relation.left], values[relation.right]
        if left is None or right is None or type(left) is not type(right):
            return
        if relation.operator == "=":
            values[relation.right] = left if random.random() < 0.8 else right
        elif _obeys(left, relation.operator, right):
            return
        elif relation.left in self.pinned:
            values[relation.right] = self._beside(left, relation.operator in _LESS, relation.right)
        elif relation.right in self.pinned:
            values[relation.left] = self._beside(right, relation.operator in _MORE, relation.left)
        else:
            values[relation.left], values[relation.right] = right, left

    def _beside(self, value: Value, later: bool, name: str) -> Value:
        column = self.table.column(name)
        ordered = self.makers.ordered(column.type_oid, column.modifier)
        return ordered.moved(value, 1 if later else -1) if ordered else value


def _obeys(left: Value, operator: str, right: Value) -> bool:
    if operator in _LESS:
        return bool(left < right)  # type: ignore[operator]
    return operator not in _MORE or bool(left > right)  # type: ignore[operator]
