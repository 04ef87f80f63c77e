"""The machine-readable contract: a report, and findings, as JSON values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from harness.checks.finding import Finding, Severity
from harness.checks.verdicts import MigrationReport, Report
from harness.execute.trace import StatementTrace, Trace

SCHEMA = 1
"""The version of the contract; it changes when a reader of the last one would be misled."""


def report_value(report: Report) -> dict[str, Any]:
    """Turn a report into the value that `verify --format json` prints."""
    return {
        "schema": SCHEMA,
        "postgres": report.postgres,
        "server": report.server,
        "migrations": [_migration_value(each) for each in report.migrations],
        "findings": [finding_value(each) for each in report.findings],
        "summary": {
            "migrations": len(report.migrations),
            "errors": len(report.errors),
            "warnings": len(report.warnings),
            "seconds": round(report.seconds, 3),
        },
    }


def finding_value(finding: Finding) -> dict[str, Any]:
    """Turn a finding into the value that the contract gives it."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "file": finding.file,
        "line": finding.line,
        "migration": finding.migration,
        "object": finding.object,
        "message": finding.message,
        "effect": finding.effect,
        "fix": finding.fix,
        "consequence_of": finding.consequence_of,
    }


def finding_from(value: Mapping[str, Any]) -> Finding:
    """Read a finding back from its value."""
    return Finding(**{**value, "severity": Severity(value["severity"])})


def findings_values(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Turn findings into values, in their order."""
    return [finding_value(each) for each in findings]


def _migration_value(report: MigrationReport) -> dict[str, Any]:
    migration, seen = report.migration, report.evidence
    return {
        "id": migration.version,
        "file": migration.file,
        "phase": migration.phase,
        "domain": migration.domain,
        "change_type": migration.change_type.value,
        "verdict": report.verdict.value,
        "ms": {
            "apply": _ms(seen.forward if seen else None),
            "rollback": _ms(seen.backward if seen else None),
            "reapply": _ms(seen.again if seen else None),
        },
        "statements": [_statement_value(each) for each in seen.forward.statements] if seen else [],
    }


def _statement_value(statement: StatementTrace) -> dict[str, Any]:
    return {
        "line": statement.line,
        "ms": round(statement.ms, 1),
        "locks": [{"object": each.object, "mode": each.mode} for each in statement.locks],
        "rewrites": [asdict(each) for each in statement.rewrites],
        "scans": [asdict(each) for each in statement.scans],
    }


def _ms(trace: Trace | None) -> float | None:
    return None if trace is None else round(trace.ms, 1)
