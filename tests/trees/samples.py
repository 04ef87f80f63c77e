"""Migrations that small trees are made of: three clean ones, and some that need each other."""

from __future__ import annotations

from tests.trees.builder import migration

NOTES = migration(
    "V100001",
    """
    SET LOCAL lock_timeout = '5s';
    SET LOCAL statement_timeout = '60s';

    CREATE TABLE public.notes (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        body text NOT NULL
    );

    ALTER TABLE public.notes ENABLE ROW LEVEL SECURITY;
    """,
    "DROP TABLE public.notes;",
    slug="create_notes",
)

POLICY = migration(
    "V100002",
    """
    SET LOCAL lock_timeout = '5s';
    SET LOCAL statement_timeout = '60s';

    CREATE POLICY notes_all ON public.notes USING (true);

    COMMENT ON TABLE public.notes IS 'Anotações.';
    """,
    """
    COMMENT ON TABLE public.notes IS NULL;

    DROP POLICY notes_all ON public.notes;
    """,
    slug="open_notes",
)

TAGS = migration(
    "V200001",
    "CREATE TABLE public.tags (id bigint PRIMARY KEY, label text NOT NULL);",
    "DROP TABLE public.tags;",
    slug="create_tags",
)

CLEAN = (NOTES, POLICY, TAGS)

DEPENDENT = (
    migration(
        "V100002",
        "CREATE TABLE public.tags (id bigint PRIMARY KEY, kind public.no_such_type);",
        "DROP TABLE public.tags;",
        slug="create_tags",
    ),
    migration(
        "V100003",
        """
        SET LOCAL lock_timeout = '5s';
        SET LOCAL statement_timeout = '60s';

        CREATE VIEW public.tag_ids AS SELECT tags.id FROM public.tags;
        """,
        "DROP VIEW public.tag_ids;",
        slug="show_tags",
    ),
    migration(
        "V100004",
        """
        SET LOCAL lock_timeout = '5s';
        SET LOCAL statement_timeout = '60s';

        CREATE VIEW public.tag_count AS SELECT count(*) AS n FROM public.tag_ids;
        """,
        "DROP VIEW public.tag_count;",
        slug="count_tags",
    ),
    migration(
        "V200001",
        "CREATE TABEL public.plans (id bigint PRIMARY KEY);",
        "DROP TABLE public.plans;",
        slug="create_plans",
    ),
    migration(
        "V200002",
        """
        SET LOCAL lock_timeout = '5s';
        SET LOCAL statement_timeout = '60s';

        CREATE VIEW public.plan_ids AS SELECT plans.id FROM public.plans;
        """,
        "DROP VIEW public.plan_ids;",
        slug="show_plans",
    ),
    migration(
        "V200003",
        "CREATE TABLE public.days (id bigint PRIMARY KEY);",
        "DROP TABLE public.days;",
        slug="create_days",
    ),
)
"""V100002 and V200001 are broken; V100003 and V100004 need the one, V200002 the other."""
