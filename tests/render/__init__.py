"""Schemas as files, judged by replay."""
