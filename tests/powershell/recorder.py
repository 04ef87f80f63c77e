"""A program in psql's place that writes down how it was called."""

from __future__ import annotations

import json
import os
import sys


def main() -> int:
    """Append the call to the file that RECORD names; 3 where BROKEN is part of an argument."""
    call = [sys.argv[1:], os.environ.get("PGPASSWORD"), os.getcwd()]  # noqa: PTH109 - as it is
    with open(os.environ["RECORD"], "a", encoding="utf-8") as file:  # noqa: PTH123
        file.write(f"{json.dumps(call)}\n")
    sys.stdout.write("said\n")
    broken = os.environ.get("BROKEN")
    return 3 if broken and any(broken in each for each in sys.argv) else 0


if __name__ == "__main__":
    sys.exit(main())
