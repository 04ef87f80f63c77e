"""A db root as a value: phases, migrations and seeds in order, and what is wrong with them."""

from harness.plan.history import changed_since
from harness.plan.lock import LOCK, lock_text, locked_sums, write_lock
from harness.plan.model import ChangeType, Fault, Migration, Missing, Phase, Plan, Seed
from harness.plan.names import printable
from harness.plan.read import MANIFEST, read_plan
from harness.plan.scaffold import Scaffold, new_migration

__all__ = [
    "LOCK",
    "MANIFEST",
    "ChangeType",
    "Fault",
    "Migration",
    "Missing",
    "Phase",
    "Plan",
    "Scaffold",
    "Seed",
    "changed_since",
    "lock_text",
    "locked_sums",
    "new_migration",
    "printable",
    "read_plan",
    "write_lock",
]
