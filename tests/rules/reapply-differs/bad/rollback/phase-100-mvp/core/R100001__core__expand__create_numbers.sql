DROP SEQUENCE public.numbers;
