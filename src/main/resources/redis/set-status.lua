-- Changes the status of a connection that is in a room, and tells members if that makes it another one of its user.
-- KEYS  1 presence  2 users  3 statuses
-- ARGV  1 <lease>/<connection>  2 user id  3 the entry (status-of-user), or "" for just online  4 channel
--   5 the event's JSON up to the status  6 how many users a room may have where members are told
-- Returns  nil if the connection is not there; else what was published, if anything
-- Atomic, so that of a user's connections that change at the same time the result is told, and once. Repeatable.
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then
  return nil
end
local changed = settle(KEYS[2], KEYS[3], ARGV[2], ARGV[1], ARGV[3], ARGV[6])
if not changed then
  return {}
end
local event = 's|' .. ARGV[5] .. changed .. '}'
redis.call('PUBLISH', ARGV[4], event)
return {event}
