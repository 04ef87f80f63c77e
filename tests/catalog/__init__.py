"""The catalog, judged by pg_dump."""
