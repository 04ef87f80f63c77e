CREATE TABLE archive (id uuid PRIMARY KEY);
CREATE PROCEDURE empty_archive() LANGUAGE plpgsql AS $$ -- expect
BEGIN
    DELETE FROM public.archive;
END;
$$;
DROP TABLE archive;
