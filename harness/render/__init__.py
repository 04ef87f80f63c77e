"""Findings, reports and schemas as people and machines read them."""
