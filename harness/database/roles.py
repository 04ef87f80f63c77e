"""The roles that migrations and their users need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psycopg import errors, sql

from harness.database.session import Session
from harness.errors import DatabaseError

_TAG = "roles"
_MARK = "made by korevitta-db; dropped when its last run on this server ends"


def ensure_roles(
    session: Session, names: Sequence[str], members: Mapping[str, Sequence[str]]
) -> None:
    """Create the roles that are missing and have each key of `members` join its groups."""
    with session.changing(_TAG):
        for name in names:
            _ensure_role(session, name)
        for name, groups in members.items():
            for group in groups:
                _ensure_member(session, name, group)
        session.use(_TAG)


def drop_unused_roles(session: Session) -> None:
    """Drop the roles that runs have made, where no run goes on."""
    if not session.is_unused(_TAG):
        return
    names = session.run(
        "SELECT rolname FROM pg_catalog.pg_roles"
        " WHERE pg_catalog.shobj_description(oid, 'pg_authid') = %s",
        params=(_MARK,),
    ).fetchall()
    for (name,) in names:
        try:
            session.run("DROP ROLE IF EXISTS {}", sql.Identifier(name))
        except errors.DependentObjectsStillExist:
            continue  # somebody else's database has come to use it


def _ensure_role(session: Session, name: str) -> None:
    row = session.run(
        "SELECT rolsuper OR rolbypassrls FROM pg_catalog.pg_roles WHERE rolname = %s",
        params=(name,),
    ).fetchone()
    if row is None:
        _create_role(session, name)
    elif row[0]:
        raise DatabaseError(
            f"role {name!r} of this server is a superuser or has BYPASSRLS, so privileges and row"
            " security would prove nothing: take these attributes away, or use another server"
        )


def _create_role(session: Session, name: str) -> None:
    role = sql.Identifier(name)
    try:
        session.run("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS", role)
    except errors.DuplicateObject:
        return  # made meanwhile by something that does not know our lock
    session.run("COMMENT ON ROLE {} IS {}", role, sql.Literal(_MARK))


def _ensure_member(session: Session, name: str, group: str) -> None:
    """Grant only what is missing: a role of the server's own keeps the memberships it came with."""
    if not session.holds("SELECT pg_catalog.pg_has_role(%s, %s, 'MEMBER')", name, group):
        session.run("GRANT {} TO {}", sql.Identifier(group), sql.Identifier(name))
