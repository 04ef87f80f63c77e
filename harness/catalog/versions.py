"""What differs between PostgreSQL 16, 17 and 18, and how the catalog shows it the same way.

Every known difference has its home here, or is told here where a query has to deal with it:

* 17 added the privilege MAINTAIN: `absorb_newer_privileges`.
* 18 stores NOT NULL as rows of ``pg_constraint`` (contype ``n``): ``columns.sql`` tells what such
  a row adds (NO INHERIT, NOT VALID, a comment) on the column and hides its name, which 16 and 17
  do not keep; ``constraints.sql`` selects the other kinds of constraint by letter.
"""

from __future__ import annotations

from collections.abc import Mapping

_NEWER_PRIVILEGES = frozenset("m")


def absorb_newer_privileges(granted: Mapping[str, bool], complete: str) -> dict[str, bool]:
    """Drop the privileges that came after PostgreSQL 16 from who has all the others.

    ``granted`` maps the letters of an access control item to their grant option, ``complete``
    are the letters of every privilege of PostgreSQL 16. ``GRANT ALL`` then reads the same on
    all versions; who has such a privilege without all the others keeps it.
    """
    if set(complete) <= set(granted):
        return {letter: star for letter, star in granted.items() if letter not in _NEWER_PRIVILEGES}
    return dict(granted)
