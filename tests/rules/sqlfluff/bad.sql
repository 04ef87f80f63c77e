create table core.notes ( -- expect
    id bigint PRIMARY KEY,
  body text NOT NULL -- expect
);
