"""The rehearsal: run a plan forward and backward on a real server, and gather evidence."""
