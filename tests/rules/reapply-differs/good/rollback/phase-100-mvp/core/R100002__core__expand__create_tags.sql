DROP TABLE public.tags;
SELECT setval('public.numbers', 1, false);
