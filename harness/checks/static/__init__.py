"""Linters that others wrote, run as they are: squawk for migrations, sqlfluff for style."""

from harness.checks.static.ahead import ahead
from harness.checks.static.cache import Cache, FolderCache, NoCache
from harness.checks.static.downgrade import Harmless, downgrade, leave_out, new_relations
from harness.checks.static.linters import Linters
from harness.checks.static.squawk import squawk_findings
from harness.checks.static.style import style_findings

__all__ = [
    "Cache",
    "FolderCache",
    "Harmless",
    "Linters",
    "NoCache",
    "ahead",
    "downgrade",
    "leave_out",
    "new_relations",
    "squawk_findings",
    "style_findings",
]
