DROP TYPE public.tag_kind;
