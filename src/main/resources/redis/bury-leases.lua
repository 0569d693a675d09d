-- Takes away the leases that have run out, or one that its node gives up.
-- KEYS  1 leases  2 dead
-- ARGV  1 the lease to give up, or "" for all that have run out
-- Returns  all leases that are dead and whose people are to be removed
-- Atomic, so that a lease is either renewed or taken away. What was taken away stays listed until its people are removed.
if ARGV[1] ~= '' then
  redis.call('ZREM', KEYS[1], ARGV[1])
  redis.call('SADD', KEYS[2], ARGV[1])
else
  local clock = redis.call('TIME')
  local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
  for _, lease in ipairs(redis.call('ZRANGE', KEYS[1], '-inf', now, 'BYSCORE')) do
    redis.call('ZREM', KEYS[1], lease)
    redis.call('SADD', KEYS[2], lease)
  end
end
return redis.call('SMEMBERS', KEYS[2])
