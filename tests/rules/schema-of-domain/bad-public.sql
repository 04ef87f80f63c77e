-- as owner of public
-- migration
CREATE TABLE public.fresh (id bigint); -- expect
