-- migration
CREATE INDEX events_what_idx ON core.events (what); -- expect
