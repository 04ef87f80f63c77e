"""Names of roles: those that PostgreSQL would refuse to make."""

from __future__ import annotations

from harness.plan.names import shown

_LONGEST = 63  # NAMEDATALEN - 1
_PREDEFINED = frozenset(
    {
        "pg_checkpoint",
        "pg_create_subscription",
        "pg_database_owner",
        "pg_execute_server_program",
        "pg_maintain",
        "pg_monitor",
        "pg_read_all_data",
        "pg_read_all_settings",
        "pg_read_all_stats",
        "pg_read_server_files",
        "pg_signal_autovacuum_worker",
        "pg_signal_backend",
        "pg_stat_scan_tables",
        "pg_use_reserved_connections",
        "pg_write_all_data",
        "pg_write_server_files",
    }
)
"""The roles that PostgreSQL 16 to 18 bring along (manual, "Predefined Roles")."""


def refusal(role: str) -> str | None:
    """Return why PostgreSQL would not make such a role; None where it would."""
    if role in {"public", "none"} or (role.startswith("pg_") and role not in _PREDEFINED):
        return f'"{shown(role)}" can be no role: PostgreSQL keeps the name to itself'
    if len(role.encode()) > _LONGEST:
        return f'"{shown(role)}" can be no role: a name has {_LONGEST} bytes at most'
    return None
