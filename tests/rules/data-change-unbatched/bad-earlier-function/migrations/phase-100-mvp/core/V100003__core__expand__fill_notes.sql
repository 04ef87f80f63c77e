COMMENT ON TABLE core.notes IS 'anotações';
SELECT core.fill();
DO $$
BEGIN
    PERFORM core.fill();
END
$$;
