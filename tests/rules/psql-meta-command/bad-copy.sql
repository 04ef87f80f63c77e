CREATE TABLE core.notes (id bigint PRIMARY KEY, body text);
COPY core.notes (id, body) FROM stdin; -- expect
1	it's "é"; \N
2	\N
\.

-- o que vem depois das linhas é lido como SQL
COMMENT ON TABLE core.notes IS 'anotações';
\echo pronto -- expect
