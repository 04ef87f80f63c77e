"""How a throw-away server is tuned: the same for embedded binaries and for containers."""

from __future__ import annotations

from types import MappingProxyType

SETTINGS = MappingProxyType(
    {
        # Nothing outlives the run, so nothing is worth a disk flush.
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "wal_init_zero": "off",
        "max_wal_size": "256MB",
        # A clone is a checkpoint plus a file copy: few buffers make both short.
        "shared_buffers": "32MB",
        "max_connections": "200",
        # One transaction may drop a whole phase: every relation of it is a lock.
        "max_locks_per_transaction": "256",
        # A background VACUUM or ANALYZE changes statistics, takes locks on the tables that we
        # watch and sits in databases that we clone; without it two runs see the same.
        "autovacuum": "off",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "shared_preload_libraries": "",
        # Segments as files of the data folder: they go when it goes, even after a kill -9.
        "dynamic_shared_memory_type": "mmap",
        # What a failed start has to say is FATAL; the errors of migrations reach their client.
        "log_min_messages": "fatal",
    }
)


def as_arguments() -> list[str]:
    """Spell the settings as arguments of `postgres`."""
    return [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
