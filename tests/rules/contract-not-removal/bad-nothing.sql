-- migration contract
SELECT 1; -- expect
