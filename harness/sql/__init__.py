"""A file as PostgreSQL's own grammar reads it: statements, directives, faults."""

from harness.sql.read import decode_script, parse_script, read_script
from harness.sql.script import Directive, Script, Statement, SyntaxFault

__all__ = [
    "Directive",
    "Script",
    "Statement",
    "SyntaxFault",
    "decode_script",
    "parse_script",
    "read_script",
]
