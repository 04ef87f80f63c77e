CREATE TABLE notes (
    id uuid PRIMARY KEY,
    a_column_whose_name_has_exactly_the_sixty_three_bytes_of_limit_ text,
    body text
);
COMMENT ON TABLE notes IS 'a_word_that_is_no_name_and_may_be_as_long_as_it_likes_to_be_without_any_harm';
SELECT id AS an_alias_that_is_much_longer_than_what_any_reader_would_like_to_see_here FROM notes;
