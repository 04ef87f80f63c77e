"""Every test of this repository, and every `.sql` file of `backend/db`, runs with our plugin."""

pytest_plugins = ["harness.plugin"]
