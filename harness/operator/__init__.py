"""The operator's side: which files, which psql, which database; what happens is in the scripts."""

from harness.operator.call import Say, Stream
from harness.operator.choose import Step, Verb, applying, baselining, seeding, undoing
from harness.operator.configuration import Configuration, read_configuration
from harness.operator.connection import Connection, read_connection
from harness.operator.ledger import State, VersionState
from harness.operator.psql import Psql, find_psql
from harness.operator.run import REFUSED, Operator, Outcome

__all__ = [
    "REFUSED",
    "Configuration",
    "Connection",
    "Operator",
    "Outcome",
    "Psql",
    "Say",
    "State",
    "Step",
    "Stream",
    "Verb",
    "VersionState",
    "applying",
    "baselining",
    "find_psql",
    "read_configuration",
    "read_connection",
    "seeding",
    "undoing",
]
