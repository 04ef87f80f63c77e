"""A hundred thousand rows in each table that the application lists from, written in seconds.

Identifiers are digests of numbers, so that rows refer to each other without being asked for.
Triggers and foreign keys are off while rows are written: the rows are what they would have
allowed.
"""

from __future__ import annotations

from typing import Any

import psycopg

ROWS = 100_000
PRACTICES = 200
DAY = "2026-06-15"

# Practice p has the patients p, p + 200, …; only the first 2,000 patients keep a diary.
_STATEMENTS = (
    """
    INSERT INTO identity.users (id, email, full_name)
    SELECT md5('user ' || n)::uuid, 'u' || n || '@example.org', 'Pessoa ' || n
    FROM generate_series(0, 2199) AS n
    """,
    """
    INSERT INTO identity.professionals (id, user_id, discipline, practice_name)
    SELECT md5('practice ' || n)::uuid, md5('user ' || n)::uuid, 'integrated', 'Consultório ' || n
    FROM generate_series(0, 199) AS n
    """,
    """
    INSERT INTO core.patients (id, professional_id, user_id, full_name, email, status, risk_score)
    SELECT
        md5('patient ' || n)::uuid,
        md5('practice ' || n % 200)::uuid,
        CASE WHEN n < 2000 THEN md5('user ' || n + 200)::uuid END,
        'Paciente ' || n,
        'p' || n || '@example.org',
        (ARRAY['active', 'active', 'active', 'paused', 'archived'])[1 + n / 200 % 5]
            ::core.patient_status,
        n / 200 % 101
    FROM generate_series(0, 99999) AS n
    """,
    """
    INSERT INTO checkin.schedules
        (id, professional_id, patient_id, form_id, cadence, starts_on, next_due_at)
    SELECT
        md5('schedule ' || n)::uuid,
        md5('practice ' || n % 200)::uuid,
        md5('patient ' || n % 2000)::uuid,
        md5('form ' || n)::uuid,
        'weekly',
        '2026-01-01',
        timestamptz '2026-01-01 12:00:00+00' + interval '1 day' * (n / 2000 * 7)
    FROM generate_series(0, 99999) AS n
    """,
    """
    INSERT INTO checkin.checkins (id, professional_id, patient_id, submitted_at, reviewed_at)
    SELECT
        md5('checkin ' || n)::uuid,
        md5('practice ' || n % 200)::uuid,
        md5('patient ' || n % 2000)::uuid,
        submitted_at,
        CASE WHEN n % 10 > 0 THEN submitted_at + interval '1 day' END
    FROM generate_series(0, 99999) AS n
    CROSS JOIN LATERAL (
        SELECT timestamptz '2026-01-01 08:00:00+00' + interval '1 day' * (n / 2000 * 7)
    ) AS s (submitted_at)
    """,
    """
    INSERT INTO daily.tasks (id, professional_id, patient_id, kind, title, due_on)
    SELECT
        md5('task ' || n)::uuid,
        md5('practice ' || n % 200)::uuid,
        md5('patient ' || n % 2000)::uuid,
        'habit',
        'Tarefa ' || n,
        date '2026-06-01' + n / 2000
    FROM generate_series(0, 99999) AS n
    """,
    """
    INSERT INTO hydration.water_intake_logs
        (id, professional_id, patient_id, logged_at, volume_ml)
    SELECT
        md5('water ' || n)::uuid,
        md5('practice ' || n % 200)::uuid,
        md5('patient ' || n % 2000)::uuid,
        timestamptz '2026-01-01 15:00:00+00' + interval '1 day' * (n / 2000 * 7),
        250
    FROM generate_series(0, 99999) AS n
    """,
    """
    INSERT INTO communication.threads (id, professional_id, patient_id, subject, last_message_at)
    SELECT
        md5('thread ' || n)::uuid,
        md5('practice ' || n % 200)::uuid,
        md5('patient ' || n)::uuid,
        'Conversa',
        '2026-06-01'
    FROM generate_series(0, 99999) AS n
    """,
    """
    INSERT INTO communication.messages
        (id, professional_id, patient_id, thread_id, sent_at, sender_kind, sender_user_id, body,
        read_at)
    SELECT
        md5('message ' || n)::uuid,
        md5('practice ' || n % 200)::uuid,
        md5('patient ' || n % 2000)::uuid,
        md5('thread ' || n % 2000)::uuid,
        sent_at,
        'patient',
        md5('user ' || n % 2000 + 200)::uuid,
        'Bom dia',
        CASE WHEN n % 20 > 0 THEN sent_at + interval '1 hour' END
    FROM generate_series(0, 99999) AS n
    CROSS JOIN LATERAL (
        SELECT timestamptz '2026-01-01 09:00:00+00' + interval '1 day' * (n / 2000 * 7)
    ) AS s (sent_at)
    """,
)


def write_volume(admin: psycopg.Connection[Any]) -> None:
    """Write all rows and have the planner know of them."""
    with admin.transaction():
        admin.execute("SET LOCAL session_replication_role = replica")
        for statement in _STATEMENTS:
            admin.execute(statement.encode(), prepare=False)
    admin.execute("ANALYZE")
