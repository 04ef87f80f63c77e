"""A migration whose file declares that there is no way back."""

from __future__ import annotations

import pytest

from tests.plugin.conftest import CORE, Project
from tests.trees import migration

pytest_plugins = ["pytester"]

DECLARED = """\
-- harness: allow rollback-missing -- the ledger of consents must never be taken back

CREATE TABLE public.consents (id bigint NOT NULL);
"""


def test_declared_irreversible_migration_is_passed_over_and_told(
    pytester: pytest.Pytester, project: Project
) -> None:
    project(migration("V100001", DECLARED, None))
    result = pytester.runpytest_subprocess("-rs", "db", *CORE)
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(
        [
            "*allowed by a directive:*",
            "*the ledger of consents must never be taken back*",
            "*V100001 has no rollback, as its file declares*",
        ]
    )


def test_missing_rollback_without_a_reason_fails(
    pytester: pytest.Pytester, project: Project
) -> None:
    silent = DECLARED.replace(" -- the ledger of consents must never be taken back", "")
    project(migration("V100001", silent, None))
    result = pytester.runpytest_subprocess("db", *CORE)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*rollback-missing*"])
