"""What differs between PostgreSQL 16, 17 and 18, and how the catalog shows it the same way.

Every known difference has its home here, or is told here where a query has to deal with it:

* 17 added the privilege MAINTAIN: `hide_newer_privileges`.
* 18 stores NOT NULL as rows of ``pg_constraint`` (contype ``n``): ``columns.sql`` tells what such
  a row adds (NO INHERIT, NOT VALID, a comment) on the column and hides its name, which 16 and 17
  do not keep; ``constraints.sql`` selects the other kinds of constraint by letter.
* 17 renamed ``colliculocale`` to ``colllocale`` and gave subscriptions a failover flag, 18 added
  generated columns to publications: their queries read such columns out of the row as JSON.
* 17 passes an identity column on to partitions, 16 does not: ``columns.sql`` tells it of the
  partitioned table alone.
* 17 made "no statistics target" NULL where 16 has -1: the queries read both as absent.
"""

from __future__ import annotations

from collections.abc import Mapping

_MAINTAIN = "m"
_SELDOM_GRANTED_BY_NAME = frozenset("Dxt")


def hide_newer_privileges(granted: Mapping[str, bool]) -> dict[str, bool]:
    """Drop MAINTAIN where it came with ALL, which PostgreSQL 16 grants without it.

    ``granted`` maps the letters of an access control item to their grant option. An ALL, and what
    a REVOKE left of one, shows by TRUNCATE, REFERENCES or TRIGGER. Granted without any of these,
    MAINTAIN was asked for by name and stays.
    """
    if _SELDOM_GRANTED_BY_NAME.isdisjoint(granted):
        return dict(granted)
    return {letter: star for letter, star in granted.items() if letter != _MAINTAIN}
