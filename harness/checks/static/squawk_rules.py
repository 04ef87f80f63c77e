"""What we make of squawk's rules: who decides instead, and what only the server can tell."""

from __future__ import annotations

SUPERSEDED = {
    "ban-concurrent-index-creation-in-transaction": "mixed-transaction",
    "ban-alter-identity": "expand-not-additive",
    "ban-drop-column": "expand-not-additive",
    "ban-drop-constraint": "expand-not-additive",
    "ban-drop-database": "needs-superuser",
    "ban-drop-domain": "expand-not-additive",
    "ban-drop-extension": "expand-not-additive",
    "ban-drop-function": "expand-not-additive",
    "ban-drop-generated-expression": "expand-not-additive",
    "ban-drop-index": "expand-not-additive",
    "ban-drop-not-null": "expand-not-additive",
    "ban-drop-policy": "expand-not-additive",
    "ban-drop-schema": "expand-not-additive",
    "ban-drop-sequence": "expand-not-additive",
    "ban-drop-table": "expand-not-additive",
    "ban-drop-trigger": "expand-not-additive",
    "ban-drop-type": "expand-not-additive",
    "ban-drop-view": "expand-not-additive",
    "ban-set-schema": "expand-not-additive",
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
        "prefer-repack",
        "require-concurrent-index-creation",
        "require-concurrent-index-deletion",
        "require-concurrent-partition-detach",
        "require-concurrent-reindex",
        "require-lock-timeout",
        "require-statement-timeout",
        "require-timeout-settings",
    }
)
"""Rules about locks, scans and rewrites: the text suspects them, the rehearsal decides."""

JUDGED = frozenset(
    {
        "ban-char-field",
        "ban-duplicate-column-assignments",
        "ban-truncate-cascade",
        "prefer-bigint-over-int",
        "prefer-bigint-over-smallint",
        "prefer-identity",
        "prefer-text-field",
        "prefer-timestamp-tz",
        "require-enum-value-ordering",
    }
)
"""Rules about what the text alone shows: warnings, or errors where a repository says so.

A rule that is in none of these three, because squawk is newer than this list, is treated so, too.
Rules that squawk applies only on demand (`--include`) are not demanded.
"""
