-- Says that a user is put out of a room; every node that hears it takes that user's connections out.
-- KEYS  1 details  2 users  3 kicks
-- ARGV  1 epoch  2 version of the roles  3 channel  4 user id  5 the event
-- Returns  nil if there is no such room; "changed" if it or its roles are other ones by now; else the user's connections in the
--   room, of which nothing is said if there are none. One that is lost for the moment does not come back (room-order)
-- Atomic, so that who may not any more does not, and only those are told of who are there. Repeatable.
local there, answer = stands(KEYS[1], ARGV[1], ARGV[2])
if not there then
  return answer
end
putOut(KEYS[1], KEYS[3], ARGV[4])
local connections = tonumber(redis.call('HGET', KEYS[2], ARGV[4]) or '0')
if connections > 0 then
  redis.call('PUBLISH', ARGV[3], ARGV[5])
end
return connections
