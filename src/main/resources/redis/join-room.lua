-- Makes a connection present in a room.
-- KEYS  1 details  2 presence  3 users
-- ARGV  1 <lease>/<connection>  2 its JSON  3 user id  4 channel  5 the event's JSON up to the number of members
-- Returns  nil if there is no such room, else {seq, epoch, members}, and if the user came with this what was published
-- Atomic, so that the number of members fits the event and the answer. Repeatable: a connection counts once.
local details = redis.call('HMGET', KEYS[1], 'epoch', 'seq')
if not details[1] then
  return nil
end
local came = false
if redis.call('HSETNX', KEYS[2], ARGV[1], ARGV[2]) == 1 then
  came = redis.call('HINCRBY', KEYS[3], ARGV[3], 1) == 1
end
local members = redis.call('HLEN', KEYS[3])
if came then
  redis.call('HDEL', KEYS[1], 'emptySince')
  local event = 'j' .. ARGV[3] .. '|' .. ARGV[5] .. members .. '}'
  redis.call('PUBLISH', ARGV[4], event)
  return {tonumber(details[2] or '0'), details[1], members, event}
end
return {tonumber(details[2] or '0'), details[1], members}
