"""What can go wrong around a migration: one class per cause that a caller can handle.

A broken *migration* is a finding and never raises. These are the broken *environments* and
*calls*: each carries one sentence that says what was found, what is needed and how to get there.
"""

from __future__ import annotations


class HarnessError(Exception):
    """The environment or the call is wrong; the run ends with exit code 2."""

    exit_code = 2


class UsageError(HarnessError):
    """The caller asked for something that does not exist or does not fit together."""


class ServerUnavailableError(HarnessError):
    """The chosen PostgreSQL server cannot be had on this machine."""


class ServerLostError(HarnessError):
    """A server that answered before does not answer any more."""


class DatabaseError(HarnessError):
    """A database of the harness cannot be created, cloned or dropped."""
