-- ready: SELECT 0
-- migration contract
SELECT 1; -- expect
