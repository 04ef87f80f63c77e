"""A db root as a value: phases, migrations and seeds in order, and what is wrong with them."""

from harness.plan.model import ChangeType, Fault, Migration, Phase, Plan, Seed
from harness.plan.read import MANIFEST, read_plan

__all__ = [
    "MANIFEST",
    "ChangeType",
    "Fault",
    "Migration",
    "Phase",
    "Plan",
    "Seed",
    "read_plan",
]
