-- Takes a token out of a bucket that fills again evenly.
-- KEYS  1 bucket
-- ARGV  1 capacity  2 time (ms) in which an empty bucket is full again
-- Returns  0 if there was a token, else the time (ms) until there is one
-- Atomic, so that two nodes do not take the same token. By Redis' clock, the only one that all nodes share. A bucket that is full
-- again is as good as none, so it goes by itself.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local capacity, period = tonumber(ARGV[1]), tonumber(ARGV[2])
local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = capacity
if bucket[1] then
  local gone = math.max(0, now - tonumber(bucket[2]))
  tokens = math.min(capacity, tonumber(bucket[1]) + gone * capacity / period)
end
if tokens < 1 then
  return math.max(1, math.ceil((1 - tokens) * period / capacity))
end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens - 1), 'at', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((capacity - tokens + 1) * period / capacity) + 1)
return 0
