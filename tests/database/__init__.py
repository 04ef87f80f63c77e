"""Databases are made, shared and dropped as promised, by several processes at once."""
