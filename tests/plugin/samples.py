"""The migrations that the mini-projects are made of: clean ones, and what they become broken."""

from __future__ import annotations

from tests.trees import migration

NOTES = migration(
    "V100001",
    """
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
