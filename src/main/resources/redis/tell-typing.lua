-- Tells a room that somebody is typing, or not any more; a large room so often in a second and no more.
-- KEYS  1 details  2 mutes  3 users  4 typing
-- ARGV  1 user id  2 channel  3 the event  4 how many users a room has that is not large  5 how often a large one is told in a second
-- Returns  nil if there is no such room; {-1, "muted", ms to wait or 0} if the user may not say anything; else 1, or 0 if nothing was
--   told: what others were told of that user runs out by itself
-- Atomic, so that who is muted is not seen to type from then on. Repeatable: it is told again, and runs out by itself.
local details = redis.call('HMGET', KEYS[1], 'epoch', 'rules')
if not details[1] then
  return nil
end
if details[2] then
  local clock = redis.call('TIME')
  local refused = restricted('muted', KEYS[2], ARGV[1], clock[1] * 1000 + math.floor(clock[2] / 1000))
  if refused then
    return refused
  end
end
if redis.call('HLEN', KEYS[3]) > tonumber(ARGV[4]) then
  redis.call('SET', KEYS[4], 0, 'PX', 1000, 'NX')
  if redis.call('INCR', KEYS[4]) > tonumber(ARGV[5]) then
    return 0
  end
end
redis.call('PUBLISH', ARGV[2], ARGV[3])
return 1
