"""All the databases of one run on one server."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from types import TracebackType
from typing import Self

from psycopg import errors, sql
from psycopg.conninfo import make_conninfo

from harness.database.access import Database
from harness.database.roles import drop_unused_roles, ensure_roles
from harness.database.session import Session
from harness.errors import DatabaseError, ServerLostError

PREFIX = "kvh_"
_TEMPLATE = "tpl_"
_ORDERED_BY_CODE_POINT = ("C.UTF-8", "C.utf8")


class Cluster:
    """Make and drop databases and roles on one server; close it, or use it in a `with` block.

    Several processes may each have one on the same server; several threads may not share one.
    Every method raises `ServerLostError` where the server does not answer any more.
    """

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self._tag = f"{os.getpid():x}_{secrets.token_hex(3)}"
        self._count = 0
        self._open: Session | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def ensure_roles(
        self, names: Sequence[str], members: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """Create the roles that are missing, as plain logins; `members` maps a role to its groups.

        Raises `DatabaseError` where an existing one is a superuser or passes by row security.
        """
        ensure_roles(self._session, names, members or {})

    def create(self, owner: str | None = None) -> Database:
        """Create an empty database, the same on every server: UTF-8, ordered by code point."""
        return self._create(self._next_name(), owner)

    def clone(self, source: Database) -> Database:
        """Copy a database, its settings and privileges included.

        Raises `DatabaseError` naming the sessions that still use `source`; none is terminated.
        """
        return self._copy(source, self._next_name())

    def template(
        self, key: str, build: Callable[[Database], None], owner: str | None = None
    ) -> Database:
        """Return the database that `build` makes, built once per server for the same `key`.

        Workers that ask for it at once wait for the first. It accepts no connections, so it can
        always be cloned; the last process that used it drops it. One whose builder failed or was
        killed is built again. `build` closes its connections.
        """
        return self._template(key, lambda name: build(self._create(name, owner)), owner)

    def keep(self, key: str, source: Database) -> Database:
        """Keep a copy of a database as the template of a key, unless there is one already.

        Who does not want to wait for it to be made asks `kept`.
        """
        return self._template(key, lambda name: self._copy(source, name), source.owner)

    def kept(self, key: str, owner: str | None = None) -> Database | None:
        """Return the template of a key where a process has finished one; it is ours to use, too."""
        tag = _template_tag(key)
        database = self._database(PREFIX + tag, owner)
        if not self._is_finished(database.name):
            return None
        with self._session.changing(tag):
            if not self._is_finished(database.name):
                return None  # its last user has dropped it meanwhile
            self._session.use(tag)
        return database

    def drop(self, database: Database) -> None:
        """Drop a database of the harness, its sessions with it; one that is gone is fine.

        Raises `DatabaseError` for a name without the harness's prefix.
        """
        if not database.name.startswith(PREFIX):
            raise DatabaseError(
                f"refused to drop database {database.name!r}: only names that begin with"
                f" {PREFIX!r} are the harness's own"
            )
        name = sql.Identifier(database.name)
        if self._is_finished(database.name):
            self._session.run("ALTER DATABASE {} WITH IS_TEMPLATE false", name)
        self._session.run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def abandon(self) -> None:
        """Drop what was made here from another thread, with whatever goes on in it.

        Who is at work in one of the databases is told so by the server, as if it had gone.
        """
        with closing(Session(self.dsn)) as session:
            for name in _names(session, f"{PREFIX}{self._tag}_"):
                session.run("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql.Identifier(name))

    def close(self) -> None:
        """Drop what this process made, and what no process uses any more; harmless when repeated.

        A server that is gone has taken everything with it: that is no error here.
        """
        if self._open is None:
            return
        try:
            self._open.end_uses()
            self._drop_unused_databases()
            drop_unused_roles(self._open)
        except ServerLostError:
            pass  # said already, by whatever ran when it went
        finally:
            self._open.close()
            self._open = None

    @property
    def _session(self) -> Session:
        if self._open is None:
            self._open = Session(self.dsn)
            self._open.use(self._tag)
        return self._open

    @cached_property
    def _collation(self) -> sql.Composable:
        """Ask for a collation only where the server's own default is not ours already."""
        if self._session.holds(
            "SELECT datlocprovider = 'b' OR datcollate = ANY (%s) FROM pg_catalog.pg_database"
            " WHERE datname = 'template0'",
            list(_ORDERED_BY_CODE_POINT),
        ):
            return sql.SQL("")
        ours = sql.Literal(_ORDERED_BY_CODE_POINT[0])
        return sql.SQL(" LOCALE_PROVIDER libc LOCALE {}").format(ours)

    def _template(self, key: str, make: Callable[[str], object], owner: str | None) -> Database:
        tag = _template_tag(key)
        database = self._database(PREFIX + tag, owner)
        with self._session.changing(tag):
            if not self._is_finished(database.name):
                self.drop(database)
                make(database.name)
                self._session.run(
                    "ALTER DATABASE {} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false",
                    sql.Identifier(database.name),
                )
            self._session.use(tag)
        return database

    def _copy(self, source: Database, name: str) -> Database:
        try:
            self._session.run(
                "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY{}",
                sql.Identifier(name),
                sql.Identifier(source.name),
                _owned_by(source.owner),
            )
        except errors.ObjectInUse:
            raise DatabaseError(
                f"cannot clone {source.name} while it is in use by {self._users_of(source)}:"
                " close these sessions first"
            ) from None
        except errors.InvalidCatalogName:
            raise DatabaseError(f"cannot clone {source.name}: it does not exist") from None
        self._copy_settings(source.name, name)
        return self._database(name, source.owner)

    def _create(self, name: str, owner: str | None) -> Database:
        self._session.run(
            "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' STRATEGY FILE_COPY{}{}",
            sql.Identifier(name),
            self._collation,
            _owned_by(owner),
        )
        return self._database(name, owner)

    def _copy_settings(self, source: str, target: str) -> None:
        """Copy what CREATE DATABASE leaves behind: ALTER DATABASE SET, and privileges."""
        self._session.run(
            "INSERT INTO pg_catalog.pg_db_role_setting (setdatabase, setrole, setconfig)"
            " SELECT t.oid, s.setrole, s.setconfig FROM pg_catalog.pg_db_role_setting AS s"
            " JOIN pg_catalog.pg_database AS o ON o.oid = s.setdatabase AND o.datname = %s"
            " JOIN pg_catalog.pg_database AS t ON t.datname = %s",
            params=(source, target),
        )
        self._session.run(
            "UPDATE pg_catalog.pg_database AS t SET datacl = o.datacl"
            " FROM pg_catalog.pg_database AS o"
            " WHERE o.datname = %s AND t.datname = %s AND o.datacl IS NOT NULL",
            params=(source, target),
        )

    def _drop_unused_databases(self) -> None:
        for name in _names(self._session, PREFIX):
            if self._session.is_unused(_tag_of(name)):
                self.drop(self._database(name, None))

    def _is_finished(self, name: str) -> bool:
        return self._session.holds(
            "SELECT datistemplate FROM pg_catalog.pg_database WHERE datname = %s", name
        )

    def _users_of(self, database: Database) -> str:
        rows = self._session.run(
            "SELECT pid, usename, application_name, state FROM pg_catalog.pg_stat_activity"
            " WHERE datname = %s ORDER BY pid",
            params=(database.name,),
        ).fetchall()
        users = (f"pid {pid} ({user}, {name!r}, {state})" for pid, user, name, state in rows)
        return ", ".join(users) or "a session that has just ended"

    def _next_name(self) -> str:
        self._count += 1
        return f"{PREFIX}{self._tag}_{self._count}"

    def _database(self, name: str, owner: str | None) -> Database:
        return Database(name=name, dsn=make_conninfo(self.dsn, dbname=name), owner=owner)


def _owned_by(owner: str | None) -> sql.Composable:
    return sql.SQL(" OWNER {}").format(sql.Identifier(owner)) if owner else sql.SQL("")


def _names(session: Session, prefix: str) -> list[str]:
    names = session.run(
        "SELECT datname FROM pg_catalog.pg_database"
        " WHERE pg_catalog.starts_with(datname, %s) ORDER BY datname",
        params=(prefix,),
    ).fetchall()
    return [name for (name,) in names]


def _template_tag(key: str) -> str:
    return f"{_TEMPLATE}{hashlib.sha256(key.encode()).hexdigest()[:24]}"


def _tag_of(name: str) -> str:
    """Return the tag under which the users of a database hold their lock."""
    tag = name.removeprefix(PREFIX)
    return tag if tag.startswith(_TEMPLATE) else tag.rpartition("_")[0]
