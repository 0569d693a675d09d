-- Keeps the answer to a call, or gives up the claim if there is none.
-- KEYS  1 the answer
-- ARGV  1 who has the claim  2 the answer, or "" if there is none  3 how long it is kept, in ms
-- Returns  1 if the claim was still there, else 0
-- Atomic, so that a claim that ran out touches nothing that came after it. Repeatable.
if redis.call('HGET', KEYS[1], 'by') ~= ARGV[1] then
  return 0
end
if ARGV[2] == '' then
  redis.call('DEL', KEYS[1])
else
  redis.call('HSET', KEYS[1], 'answer', ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return 1
