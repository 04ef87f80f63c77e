-- migration
CREATE TABLE fresh (id bigint); -- expect
