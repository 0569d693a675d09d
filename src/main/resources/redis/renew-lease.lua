-- Renews a node's lease on the presence of its connections.
-- KEYS  1 leases  2 dead
-- ARGV  1 lease  2 its length in ms  3 1 if it is a new one
-- Returns  1 if the lease holds, 0 if it had run out and was taken away
-- Atomic, so that a lease that was taken away is never renewed. By Redis' clock, the only one that all nodes share.
if ARGV[3] ~= '1' and not redis.call('ZSCORE', KEYS[1], ARGV[1]) then
  return 0
end
local clock = redis.call('TIME')
redis.call('ZADD', KEYS[1], clock[1] * 1000 + math.floor(clock[2] / 1000) + ARGV[2], ARGV[1])
return 1
