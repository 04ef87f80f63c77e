"""What a new file holds before its author writes on: in the operators' language."""

from __future__ import annotations

from harness.plan.model import ChangeType

_EXPAND = """\
-- O que faz:
-- Por que é seguro:
-- O rollback
-- (CONCURRENTLY fica sozinho no arquivo: nesse caso, apague o SET LOCAL.)
SET LOCAL lock_timeout = '5s';
"""
_CONTRACT = """\
-- O que faz:
-- Por que é seguro: recusa, sem mudar nada, enquanto o `ready` do manifesto não for 0;
-- O rollback
SET LOCAL lock_timeout = '5s';

-- Antes de remover, complete e descomente a recusa, com a mesma pergunta que o `ready`:
-- DO $$
-- BEGIN
--     IF (SELECT count(*) FROM … WHERE …) > 0 THEN
--         RAISE EXCEPTION 'o backfill não terminou'
--             USING ERRCODE = 'object_not_in_prerequisite_state',
--             HINT = 'Conclua o backfill e repita.';
--     END IF;
-- END;
-- $$;
"""
_ROLLBACK = """\
-- Desfaz {version}:
SET LOCAL lock_timeout = '5s';
"""


def forward(change_type: ChangeType) -> str:
    """Return the text of a new forward file."""
    return _CONTRACT if change_type is ChangeType.CONTRACT else _EXPAND


def rollback(version: str) -> str:
    """Return the text of a new rollback file."""
    return _ROLLBACK.format(version=version)
