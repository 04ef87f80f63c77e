-- migration
VACUUM FULL core.people; -- expect
