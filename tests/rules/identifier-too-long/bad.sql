CREATE TABLE notes (id uuid PRIMARY KEY, body text);
CREATE INDEX notes_body_without_accents_and_in_lower_case_for_searching_by_prefix_idx ON notes (body); -- expect
