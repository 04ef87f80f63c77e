"""Speak as the application of the release before: what works before V must work after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import psycopg
from psycopg import sql

from harness.catalog.model import Catalog, Identity
from harness.checks.release.asking import Answer, Asked, ask_all
from harness.checks.release.clients import (
    Request,
    Sample,
    Verb,
    calls_of_function,
    reads_of_table,
    reads_of_view,
    writes_of_table,
)
from harness.checks.release.contexts import (
    NOBODY,
    Context,
    contexts_for,
    entering,
    last_row,
    tenancy_of,
)
from harness.checks.release.touched import Touched
from harness.checks.schema.facts import Connection, written_by_server
from harness.database import Database
from harness.sql import Script

_PATIENCE = "SET LOCAL statement_timeout = '5s'"


@dataclass(frozen=True, slots=True, kw_only=True)
class OldApp:
    """What the application of the release before could do, each with what came of it."""

    requests: tuple[tuple[Asked, Answer], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Statements that an application was recorded to send, of one file of one release."""

    release: str
    file: str
    script: Script


def prepare_old_app(
    database: Database,
    catalog: Catalog,
    touched: Touched,
    *,
    roles: Iterable[str],
    recorded: Iterable[Recorded] = (),
    young: frozenset[Identity] = frozenset(),
) -> OldApp:
    """Try in the state before V what the old application could do; keep what works.

    ``database`` holds the state before V and rows; everything is rolled back. Only what was
    ``touched`` is tried, and each recorded statement that names any of it. ``young`` are the
    objects that V's own release has created so far, which no application uses yet.
    """
    with database.connect(autocommit=False) as connection:
        connection.execute(_PATIENCE)
        asked = [
            each
            for role in roles
            for each in _asked_by(
                connection, catalog, touched, role=role, recorded=tuple(recorded), young=young
            )
        ]
        answers = ask_all(connection, asked)
        connection.rollback()
    kept = zip(asked, answers, strict=True)
    return OldApp(requests=tuple((each, answer) for each, answer in kept if answer.worked))


def ask_again(
    database: Database, app: OldApp, *, released_only: bool = False
) -> tuple[Answer, ...]:
    """Run the kept statements in another state of the database; everything is rolled back.

    With ``released_only`` what nobody uses yet is not asked again: it keeps its answer.
    """
    asked = [each for each, _ in app.requests if each.is_released or not released_only]
    if not asked:
        return tuple(answer for _, answer in app.requests)
    with database.connect(autocommit=False) as connection:
        connection.execute(_PATIENCE)
        answers = iter(ask_all(connection, asked))
        connection.rollback()
    return tuple(
        next(answers) if each.is_released or not released_only else answer
        for each, answer in app.requests
    )


def _asked_by(
    connection: Connection,
    catalog: Catalog,
    touched: Touched,
    *,
    role: str,
    recorded: tuple[Recorded, ...],
    young: frozenset[Identity],
) -> Iterator[Asked]:
    old = Catalog(objects=tuple(each for each in catalog.objects if each.identity not in young))
    tenancy = tenancy_of(connection, catalog)
    seen: dict[Context, None] = {NOBODY: None}
    for table in touched.tables:
        contexts = [NOBODY, *contexts_for(connection, tenancy, role, table)]
        seen |= dict.fromkeys(contexts)
        known = old
        if old.find("table", table) is None:  # young: one context is enough for a first word
            known, contexts = catalog, contexts[1:2] or contexts
        speaks = contexts[1:] or contexts
        for context in contexts:
            requests = list(reads_of_table(known, table))
            sample = _sample(connection, role, context, table) if context in speaks else None
            if sample is not None:
                requests += writes_of_table(known, sample, each_column=context == speaks[0])
            yield from _spoken(requests, role, context, young)
    for view in touched.views:
        for context in (NOBODY, *contexts_for(connection, tenancy, role, view)):
            known = old if _is_view(old, view) else catalog
            yield from _spoken(reads_of_view(known, view), role, context, young)
    for context in seen:
        for function in touched.functions:
            yield from _spoken(calls_of_function(catalog, function), role, context, young)
        yield from _spoken(_recorded(recorded, touched), role, context, young)


def _spoken(
    requests: Iterable[Request], role: str, context: Context, young: frozenset[Identity]
) -> Iterator[Asked]:
    for each in requests:
        released = each.target not in young
        yield Asked(request=each, role=role, context=context, is_released=released)


def _is_view(catalog: Catalog, name: str) -> bool:
    return any(catalog.find(kind, name) for kind in ("view", "materialized view"))


def _recorded(recorded: tuple[Recorded, ...], touched: Touched) -> Iterator[Request]:
    touching = (*touched.tables, *touched.views, *(f.partition("(")[0] for f in touched.functions))
    names = {each.removeprefix("public.") for each in touching}  # found without its schema, too
    for each in recorded:
        for statement in each.script.statements:
            if any(name in statement.text for name in names):
                yield Request(
                    target=Identity(
                        kind="recorded statement", name=f"{each.file}:{statement.line}"
                    ),
                    label="it",
                    verb=Verb.OTHER,
                    sql=statement.text,
                )


def _sample(connection: Connection, role: str, context: Context, table: str) -> Sample | None:
    """Take a row that the role sees in the context; any row where it may not look."""
    names = connection.execute(
        "SELECT pg_catalog.quote_ident(attname) FROM pg_catalog.pg_attribute"
        " WHERE attrelid = %s::pg_catalog.regclass AND attnum > 0 AND NOT attisdropped"
        " ORDER BY attnum",
        (table,),
    ).fetchall()
    values = sql.SQL(", ").join(
        sql.SQL("pg_catalog.quote_nullable({}::text)").format(written_by_server(name))
        for (name,) in names
    )
    asked = sql.SQL("SELECT {} FROM {} ORDER BY {} LIMIT 1").format(
        values, written_by_server(table), values
    )
    row: tuple[str, ...] | None = None
    with suppress(psycopg.Error):
        told = asked.as_string(connection)
        row = last_row(connection, f"{entering(connection, role, context)}; {told}")
    if row is None and not context.settings:
        row = connection.execute(asked, prepare=False).fetchone()
    if row is None:
        return None
    return Sample(table=table, values=dict(zip((n for (n,) in names), row, strict=True)))
