"""Sample rows for every table of a database, from the catalog alone."""

from harness.samples.fill import fill
from harness.samples.refusals import Refusal, raised_in
from harness.samples.result import Filled, Unfilled

__all__ = ["Filled", "Refusal", "Unfilled", "fill", "raised_in"]
