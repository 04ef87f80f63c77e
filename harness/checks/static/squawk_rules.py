"""What we make of squawk's rules: who decides instead, and what only the server can tell."""

from __future__ import annotations

SUPERSEDED = {
    "ban-concurrent-index-creation-in-transaction": "mixed-transaction",
    "ban-drop-column": "expand-not-additive",
    "ban-drop-constraint": "expand-not-additive",
    "ban-drop-database": "needs-superuser",
    "ban-drop-domain": "expand-not-additive",
    "ban-drop-extension": "expand-not-additive",
    "ban-drop-function": "expand-not-additive",
    "ban-drop-index": "expand-not-additive",
    "ban-drop-not-null": "expand-not-additive",
    "ban-drop-policy": "expand-not-additive",
    "ban-drop-schema": "expand-not-additive",
    "ban-drop-sequence": "expand-not-additive",
    "ban-drop-table": "expand-not-additive",
    "ban-drop-trigger": "expand-not-additive",
    "ban-drop-type": "expand-not-additive",
    "ban-drop-view": "expand-not-additive",
    "ban-uncommitted-transaction": "transaction-control",
    "identifier-too-long": "identifier-too-long",
    "prefer-robust-stmts": "interruption-unsafe",
    "renaming-column": "expand-not-additive",
    "renaming-object": "expand-not-additive",
    "renaming-table": "expand-not-additive",
    "transaction-nesting": "transaction-control",
    "unused-ignore": "suppression-invalid",
}
"""Rules whose findings we leave out, with the one of ours that decides instead."""

OBSERVED = frozenset(
    {
        "adding-field-with-default",
        "adding-foreign-key-constraint",
        "adding-not-nullable-field",
        "adding-required-field",
        "adding-serial-primary-key-field",
        "ban-alter-domain-with-add-constraint",
        "ban-create-domain-with-constraint",
        "changing-column-type",
        "constraint-missing-not-valid",
        "disallowed-unique-constraint",
        "require-concurrent-index-creation",
        "require-concurrent-index-deletion",
        "require-concurrent-partition-detach",
        "require-concurrent-reindex",
        "require-lock-timeout",
        "require-statement-timeout",
    }
)
"""Rules about locks, scans and rewrites: the text suspects them, the rehearsal decides."""
