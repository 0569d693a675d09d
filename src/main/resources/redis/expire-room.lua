-- Removes a room that has been empty for as long as it may be.
-- KEYS  all keys of the room: 1 details ... 5 users
-- ARGV  1 channel  2 the event's JSON  3 the lobby's channel, a classic one  4 what is said there, if the room is public
-- Returns  {0, owner or ""} if the room was removed, {-1} if it was gone already, {-2} if it stays when it is empty, else {the time
--   (ms since 1970) at which to look again}
-- Atomic, so that nobody joins between the look and the removal.
local details = redis.call('HMGET', KEYS[1], 'epoch', 'emptyTtl', 'emptySince', 'owner', 'private')
if not details[1] then
  return {-1}
elseif not details[2] then
  return {-2}
end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local ttl = tonumber(details[2])
if redis.call('HLEN', KEYS[5]) > 0 or not details[3] then
  return {now + ttl}
end
local due = tonumber(details[3]) + ttl
if due > now then
  return {due}
end
redis.call('DEL', unpack(KEYS))
redis.call('PUBLISH', ARGV[1], 'd|' .. ARGV[2])
if details[5] == '0' then
  redis.call('publish', ARGV[3], ARGV[4])
end
return {0, details[4] or ''}
