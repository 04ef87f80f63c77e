CREATE TABLE clients (id uuid PRIMARY KEY, name text);
CREATE TABLE renames (client_id uuid NOT NULL, old_name text);
CREATE FUNCTION note_rename() RETURNS trigger LANGUAGE plpgsql AS $$ -- expect
BEGIN
    INSERT INTO public.renames (client_id, old_name) VALUES (OLD.id, OLD.name);
    RETURN NEW;
END;
$$;
CREATE TRIGGER clients_rename BEFORE UPDATE ON clients FOR EACH ROW EXECUTE FUNCTION note_rename();
ALTER TABLE renames DROP COLUMN old_name;
