"""Rows for one table: foreign keys first, then what checks bind, then all the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from harness.samples.candidates import Row, conditions
from harness.samples.hints import About, Hint, Relation, read_hints
from harness.samples.makers import Makers
from harness.samples.parents import Choice, Parents, ordered_keys, own_key, referred_once
from harness.samples.partitions import drawn_from, segments
from harness.samples.refusals import Refusal
from harness.samples.scalars import Draw, Value, pick, text_of
from harness.samples.shape import Column, Connection, ForeignKey, Table
from harness.samples.solve import Cluster, DrawColumn, Solution, Solver, clusters

_ATTEMPTS = 12
_FULL_ROWS = 2


class RowMaker:
    """Makes rows of one table that agree with all that the catalog says of it."""

    def __init__(
        self, connection: Connection, table: Table, makers: Makers, parents: Parents
    ) -> None:
        self.table = table
        self.parents = parents
        self.refusal: Refusal | None = None
        self.conditions = conditions(table, makers)
        self.given = [column for column in table.columns if column.given]
        self.referring = {name for key in table.foreign_keys for name in key.columns}
        self.mostly_null = _mostly_null(table)
        said = [each for check in table.checks for each in read_hints(check.expression)]
        said += [_loosened(each) for p in table.predicates for each in read_hints(p.expression)]
        hints = [each for each in said if isinstance(each, Hint)]
        relations = [each for each in said if isinstance(each, Relation)]
        self.draws = {
            column.name: self._draw(column, makers, [h for h in hints if h.column == column.name])
            for column in self.given
        }
        self.clusters = clusters(self.conditions, relations)
        self.bound = {name for cluster in self.clusters for name in cluster.columns}
        self.solver = Solver(
            connection=connection,
            table=table,
            makers=makers,
            draws=self.draws,
            pinned=frozenset(segments(table.leaves)),
        )

    def make(
        self,
        count: int,
        random: Random,
        *,
        first: int = 0,
        spread: bool = False,
        forced: Sequence[Mapping[str, str | None]] = (),
    ) -> list[Row]:
        """Make ``count`` rows, fewer where no parents or no values can be found for them.

        ``first`` is the number of the first one: the earliest rows share few parents and are
        complete. ``spread`` prefers parents that have no row yet.
        """
        solved = self.solver.solve(self.clusters, count, random)
        stuck = [cluster for cluster, found in solved.items() if not found]
        if stuck:
            checks = ", ".join(sorted({c.expression for each in stuck for c in each.conditions}))
            self.refusal = Refusal(said=f"no values were found that hold {checks}")
            return []
        choices = self._choices(spread)
        if self._orphaned(choices):
            return []
        made = (
            self._row(
                first + turn, solved, choices, random, forced[turn] if turn < len(forced) else {}
            )
            for turn in range(count)
        )
        return [row for row in made if row is not None]

    def _choices(self, spread: bool) -> list[Choice]:
        fixed: frozenset[str] = frozenset()
        found = []
        for place, key in enumerate(ordered_keys(self.table)):
            keys = self.parents.keys(key.parent, key.parent_columns)
            once = referred_once(self.table, key)
            taken = self.parents.used(self.table, key.columns) if once or spread else set()
            required = self.table.requires(key)
            choice = Choice(key, keys, fixed, taken, once=once, required=required, place=place)
            found.append(choice)
            fixed |= set(key.columns)
        for place, choice in enumerate(found):
            choice.later = found[place + 1 :]
        return found

    def _orphaned(self, choices: list[Choice]) -> bool:
        """Tell at once where a required parent has no row at all."""
        for choice in choices:
            key = choice.key
            if choice.required and not choice.matching and key.parent != self.table.oid:
                self._lacks(key, "no parent's row is left for")
                return True
        return False

    def _lacks(self, key: ForeignKey, what: str) -> None:
        self.refusal = Refusal(
            said=f"{what} the foreign key {key.name}", parent=self.parents.names.get(key.parent)
        )

    def _row(
        self,
        turn: int,
        solved: dict[Cluster, list[Solution]],
        choices: list[Choice],
        random: Random,
        forced: Mapping[str, str | None],
    ) -> Row | None:
        for _ in range(_ATTEMPTS):
            row: Row = {}
            for found in solved.values():
                row.update(found[turn % len(found)] if turn < len(found) else pick(random, found))
            open_columns = {name for name in self.referring & self.bound if row.pop(name) is None}
            row.update(forced)
            if self._refer(row, open_columns, choices, turn, random):
                self._complete(row, turn, random)
                return row
        return None

    def _refer(
        self,
        row: Row,
        open_columns: set[str],
        choices: list[Choice],
        turn: int,
        random: Random,
    ) -> bool:
        """Choose parents; False where a required one cannot agree with those chosen before."""
        own: list[ForeignKey] = []
        for choice in choices:
            key = choice.key
            if not (choice.columns & open_columns or self._left_open(choice, turn, random)):
                chosen = choice.choose(row, turn, random)
                if chosen is not None:
                    row.update(zip(key.columns, chosen, strict=True))
                    continue
            if choice.required:
                if key.parent != self.table.oid:
                    self._lacks(key, "no parent's row fits")
                    return False
                own.append(key)
            else:
                self._leave_open(row, key)
        for name in self.referring & open_columns:
            row.setdefault(name, None)
        for key in own:
            self._complete(row, turn, random, only=set(key.parent_columns) - set(key.columns))
            row.update(own_key(key, row))
        return True

    def _left_open(self, choice: Choice, turn: int, random: Random) -> bool:
        """Now and then refer to nobody where that is allowed, never in the first rows."""
        return (
            turn >= _FULL_ROWS
            and not choice.required
            and not choice.columns & self.bound
            and random.random() < 0.125
        )

    def _leave_open(self, row: Row, key: ForeignKey) -> None:
        """Leave a reference open: NULL in its nullable columns that nothing else has set."""
        nullable = [n for n in key.columns if not self.table.column(n).required]
        free = [name for name in nullable if name not in row]
        for name in free or nullable[-1:]:
            row[name] = None

    def _complete(self, row: Row, turn: int, random: Random, only: set[str] | None = None) -> None:
        for column in self.given:
            if column.name in row or (only is not None and column.name not in only):
                continue
            value = self._value(column.name, turn, random)
            row[column.name] = None if value is None else text_of(value)

    def _value(self, name: str, turn: int, random: Random) -> Value | None:
        """Draw a value; the first rows are what most rows are: live and complete."""
        if turn < _FULL_ROWS and name in self.mostly_null:
            return None
        value = self.draws[name](random)
        if value is None and turn < _FULL_ROWS:
            return self.draws[name](random)
        return value

    def _draw(self, column: Column, makers: Makers, hints: Sequence[Hint]) -> DrawColumn:
        value = makers.maker(column.type_oid, column.modifier, hints)
        parts = segments(self.table.leaves).get(column.name)
        if parts:
            ordered = makers.ordered(column.type_oid, column.modifier)
            value = drawn_from(parts, ordered, value)
        required = column.required or makers.required(column.type_oid)
        if required or any(
            each.about is About.NULL and each.strict and each.operator == "is not" for each in hints
        ):
            return value
        return _sometimes(value, _null_chance(hints))


def _sometimes(draw: Draw, chance: float) -> DrawColumn:
    return lambda random: None if random.random() < chance else draw(random)


def _null_chance(hints: Sequence[Hint]) -> float:
    """How often a column is NULL: mostly where a partial index is made for such rows."""
    said = {each.operator for each in hints if each.about is About.NULL}
    if "is" in said:
        return 0.6
    return 0.25 if said else 0.2


def _loosened(said: Hint | Relation) -> Hint | Relation:
    """A partial index's predicate need not hold: it says what is common, not what must be."""
    if isinstance(said, Hint):
        return Hint(said.column, said.about, said.operator, said.values, strict=False)
    return said


def _mostly_null(table: Table) -> set[str]:
    """List the nullable columns that partial indexes expect to be NULL, such as ``deleted_at``."""
    return {
        each.column
        for predicate in table.predicates
        for each in read_hints(predicate.expression)
        if isinstance(each, Hint) and each.about is About.NULL and each.operator == "is"
        if not table.column(each.column).required
    }
