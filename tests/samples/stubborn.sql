-- Tables that cannot be filled, each for a reason of its own.
CREATE TABLE impossible (id integer PRIMARY KEY, number integer NOT NULL CHECK (number > 5 AND number < 3));
CREATE TABLE orphans (id integer PRIMARY KEY, of integer NOT NULL REFERENCES impossible (id));
CREATE TABLE single (one boolean PRIMARY KEY CHECK (one));
CREATE TABLE blocked (id integer PRIMARY KEY);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'nobody enters';
END;
$$;
CREATE TRIGGER blocked_refuse BEFORE INSERT ON blocked FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TABLE knot (id integer PRIMARY KEY, loop_id integer NOT NULL);
CREATE TABLE loop (id integer PRIMARY KEY, knot_id integer NOT NULL REFERENCES knot (id));
ALTER TABLE knot ADD FOREIGN KEY (loop_id) REFERENCES loop (id);
