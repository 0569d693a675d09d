-- Puts a public room in the list, and tells the lobby if it was not there.
-- KEYS  1 the ids of all public rooms
-- ARGV  1 the room's id  2 "1" to tell the lobby in any case, else ""  3 the lobby's channel  4 what is said there
-- Returns  1 if the room was not in the list, else 0
-- Atomic, so that whoever listens to the lobby and then reads the list misses no room. Repeatable. The channel is a classic one: the
--   lobby hears of rooms of all slots.
local isNew = redis.call('ZADD', KEYS[1], 0, ARGV[1])
if isNew == 1 or ARGV[2] ~= '' then
  redis.call('publish', ARGV[3], ARGV[4])
end
return isNew
