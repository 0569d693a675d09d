-- Says whether a call is the first with its key, or gives the answer to the first.
-- KEYS  1 the answer
-- ARGV  1 what is asked  2 who asks, a random text  3 how long the claim holds, in ms
-- Returns  {"mine"}, {"answered", the answer}, {"busy"} while another answers, {"other"} if something else was asked
-- Atomic, so that of calls side by side one is the first. Repeatable: who has the claim has it.
local known = redis.call('HMGET', KEYS[1], 'print', 'by', 'answer')
if not known[1] then
  redis.call('HSET', KEYS[1], 'print', ARGV[1], 'by', ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  return {'mine'}
end
if known[1] ~= ARGV[1] then
  return {'other'}
end
if known[3] then
  return {'answered', known[3]}
end
return {known[2] == ARGV[2] and 'mine' or 'busy'}
