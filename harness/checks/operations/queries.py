"""query-fails: each query of the operators runs, as a reader, and returns what it declares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.checks.finding import Finding, Proof, Rule
from harness.checks.operations.attempts import Attempt, Refusal, attempt
from harness.checks.operations.collectors import Metric, read_collector
from harness.checks.operations.comments import (
    Field,
    columns_in,
    declared,
    leading_comments,
    role_in,
)
from harness.checks.operations.fault import Fault
from harness.checks.operations.files import Kind, OperationFile
from harness.checks.operations.roles import Readers
from harness.checks.operations.stage import Rows, Stage

_EXPECTED = (Field.QUESTION, Field.WHEN, Field.COLUMNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A query and how it went on each database.

    ``line`` is where its text starts in the file. ``columns`` is what it declares, in order where
    it is for people; ``metrics`` is what an exporter makes of it.
    """

    line: int
    columns: tuple[str, ...]
    attempts: tuple[Attempt, ...]
    metrics: tuple[Metric, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryEvidence:
    """A file of queries, tried."""

    file: str
    role: str
    tried: tuple[Tried, ...]
    faults: tuple[Fault, ...] = ()


def gather_queries(file: OperationFile, stage: Stage) -> QueryEvidence:
    """Run every query of a file on tables without and with rows."""
    readers = stage.readers
    if file.kind is Kind.COLLECTOR:
        return _of_collector(file, stage, readers)
    return _of_people(file, stage, readers)


def _of_people(file: OperationFile, stage: Stage, readers: Readers) -> QueryEvidence:
    text = file.path.read_text(encoding="utf-8", errors="replace")
    comments = leading_comments(text, "--")
    role, faults = _role(role_in(comments), readers)
    columns = columns_in(comments)
    (attempts,) = _attempts(stage, role, [text])
    tried = Tried(line=1, columns=columns, attempts=attempts)
    return QueryEvidence(
        file=file.file,
        role=role,
        tried=(tried,),
        faults=(*faults, *_undeclared(comments)),
    )


def _of_collector(file: OperationFile, stage: Stage, readers: Readers) -> QueryEvidence:
    collector = read_collector(file.path)
    role, faults = _role(collector.role, readers)
    by_query: dict[tuple[int, str], list[Metric]] = {}
    for metric in collector.metrics:
        by_query.setdefault((metric.query_line, metric.query), []).append(metric)
    tried = tuple(
        Tried(
            line=line,
            columns=tuple(dict.fromkeys(name for each in metrics for name in each.columns)),
            attempts=attempts,
            metrics=tuple(metrics),
        )
        for ((line, _), metrics), attempts in zip(
            by_query.items(),
            _attempts(stage, role, [query for _, query in by_query]),
            strict=True,
        )
    )
    return QueryEvidence(
        file=file.file, role=role, tried=tried, faults=(*collector.faults, *faults)
    )


def _attempts(stage: Stage, role: str, queries: list[str]) -> list[tuple[Attempt, ...]]:
    """Try queries on one database after the other; return what each came to on all of them."""
    found: list[list[Attempt]] = []
    for rows in Rows:
        with stage.lend(rows) as database:
            found.append([attempt(database, rows, role, query) for query in queries])
    return list(zip(*found, strict=True))


def _role(wanted: str | None, readers: Readers) -> tuple[str, tuple[Fault, ...]]:
    if wanted is None or wanted in readers.allowed:
        return wanted or readers.default, ()
    known = ", ".join(readers.allowed)
    said = f"the role {wanted} is none of those that only read ({known})"
    return readers.default, (Fault(line=1, message=said),)


def _undeclared(comments: tuple[str, ...]) -> Iterator[Fault]:
    found = declared(comments)
    for field in _EXPECTED:
        if not found.get(field, "").strip():
            words = " or ".join(f'"{word}:"' for word in field.value)
            yield Fault(line=1, message=f"the comment at the top declares no {words}")


def _query_fails(rule: Rule[QueryEvidence], seen: QueryEvidence) -> Iterable[Finding]:
    for fault in seen.faults:
        yield rule.finding(fault.message, file=seen.file, line=fault.line, object=fault.object)
    for tried in seen.tried:
        for fault in dict.fromkeys(_faults(tried, seen.role)):
            yield rule.finding(
                fault.message, file=seen.file, line=fault.line, object=fault.object, fix=fault.fix
            )


def _faults(tried: Tried, role: str) -> Iterator[Fault]:
    refused = {each.rows: each.refusal for each in tried.attempts if each.refusal is not None}
    if refused:
        yield _refused(tried, role, refused)
        return
    for each in tried.attempts:
        yield from _wrong_columns(tried, each)
        for metric in tried.metrics:
            yield from _wrong_values(tried, metric, each)
            yield from _doubled(metric, each)


def _refused(tried: Tried, role: str, refused: dict[Rows, Refusal]) -> Fault:
    rows, refusal = next(iter(refused.items()))
    where = "" if len(refused) == len(tried.attempts) else f" on {rows.value} tables"
    what = f"{tried.metrics[0].name}: the query" if tried.metrics else "the query"
    said = f"{what} fails as {role}{where}: {refusal.said}"
    return Fault(
        line=tried.line + refusal.line - 1,
        message=said,
        object=tried.metrics[0].name if tried.metrics else None,
        fix=refusal.hint,
    )


def _wrong_columns(tried: Tried, seen: Attempt) -> Iterator[Fault]:
    names = tuple(each.name for each in seen.columns)
    if tried.metrics:
        for metric in tried.metrics:
            for name in metric.columns:
                if name not in names:
                    said = f'{metric.name}: the query returns no column "{name}"'
                    yield Fault(line=metric.line, message=said, object=metric.name)
        for name in names:
            if name not in tried.columns:
                said = f'no metric uses the column "{name}", and sql_exporter warns at each scrape'
                yield Fault(line=tried.line, message=said, object=tried.metrics[0].name)
    elif tried.columns and names != tried.columns:
        said = f"it declares {', '.join(tried.columns)} and returns {', '.join(names)}"
        yield Fault(line=tried.line, message=said)


def _wrong_values(tried: Tried, metric: Metric, seen: Attempt) -> Iterator[Fault]:
    numbers = {each.name for each in seen.columns if each.is_number}
    names = {each.name for each in seen.columns}
    for name in metric.values:
        if name in names and name not in numbers:
            said = f'{metric.name}: "{name}" is no number, so there is no value to scrape'
            yield Fault(line=tried.line, message=said, object=metric.name)


def _doubled(metric: Metric, seen: Attempt) -> Iterator[Fault]:
    names = [each.name for each in seen.columns]
    if not all(label in names for label in metric.key_labels):
        return
    places = [names.index(label) for label in metric.key_labels]
    counts = Counter(tuple(str(row[place]) for place in places) for row in seen.result)
    key, count = max(counts.items(), key=lambda item: item[1], default=((), 1))
    if count > 1:
        labels = ", ".join(f'{n}="{v}"' for n, v in zip(metric.key_labels, key, strict=True))
        said = f"{metric.name}: {count} rows for {{{labels}}}, and a series has one value"
        yield Fault(line=metric.line, message=said, object=metric.name)


RULE = Rule(
    id="query-fails",
    title="a query for operators or for metrics that does not run, or returns other columns",
    effect="the metric is missing when an alert needs it, or the operator meets an error at night",
    fix="run it as the role that the file names, and declare the columns that it returns",
    proof=Proof.RUN,
    check=_query_fails,
)
