-- migration
UPDATE core.diaries SET mood = 1; -- expect
