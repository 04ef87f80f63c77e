CREATE SCHEMA archive; -- expect
DO $$
BEGIN
    EXECUTE format('CREATE TABLE archive.%s_%s (id uuid PRIMARY KEY)', 'notes', repeat('of_last_year_', 6));
END;
$$;
