"""The harness that proves SQL-first PostgreSQL migrations on a real server."""
