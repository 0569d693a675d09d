-- Notes for whom something was broadcast that is not in the log of its namespace.
-- KEYS  1 state  2 holes
-- ARGV  1 how many are noted one by one  2 how long they are kept (ms)  3 everybody  4... targets
-- Returns  1, or 0 if there is no log, and so nobody who could come back
-- Atomic, so that a hole has the number of the last entry of the log at that moment. Repeatable. More holes than are noted are one
--   for everybody.
local number = redis.call('HGET', KEYS[1], 'number')
if not number then
  return 0
end
for i = 4, #ARGV do
  redis.call('HSET', KEYS[2], ARGV[i], number)
end
if redis.call('HLEN', KEYS[2]) > tonumber(ARGV[1]) then
  redis.call('DEL', KEYS[2])
  redis.call('HSET', KEYS[2], ARGV[3], number)
end
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1
