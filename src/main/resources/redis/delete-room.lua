-- Removes everything of a room and says so.
-- KEYS  all keys of the room, details first
-- ARGV  1 channel  2 the event's JSON
-- Returns  1, or 0 if there was no such room
-- Atomic, so that nothing of the room outlives it, and nobody writes to it in between.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
redis.call('DEL', unpack(KEYS))
redis.call('PUBLISH', ARGV[1], 'd|' .. ARGV[2])
return 1
