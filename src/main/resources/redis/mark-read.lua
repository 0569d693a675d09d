-- Notes up to which number a user has read a room; only forwards.
-- KEYS  1 the user's markers
-- ARGV  1 room  2 epoch  3 number  4 how many rooms there may be  5 ms for which markers are kept  6 now (ms)
--   7 the channel of what users are told  8 what the user's devices are told if that is further than before
-- Returns  {the number that is noted now, 1 if that is further than before}
-- Atomic, so that of two devices the one that is further counts, and devices are told in that order. Repeatable. The channel is a
--   classic one, which every node listens to.
local known = redis.call('HGET', KEYS[1], ARGV[1])
local epoch, seq
if known then
  epoch, seq = string.match(known, '^%d+:([^:]*):(%d+)$')
elseif redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[4]) then
  -- The room that was read the longest time ago gives way.
  local all, oldest, least = redis.call('HGETALL', KEYS[1]), nil, math.huge
  for i = 1, #all, 2 do
    local at = tonumber(string.match(all[i + 1], '^%d+'))
    if at < least then
      oldest, least = all[i], at
    end
  end
  redis.call('HDEL', KEYS[1], oldest)
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
if epoch == ARGV[2] and tonumber(seq) >= tonumber(ARGV[3]) then
  return {tonumber(seq), 0}
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[6] .. ':' .. ARGV[2] .. ':' .. ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
redis.call('publish', ARGV[7], ARGV[8])
return {tonumber(ARGV[3]), 1}
