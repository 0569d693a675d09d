-- Creates a room unless there is one.
-- KEYS  1 details
-- ARGV  1 epoch of the new room  2... field, value, field, value ... of the details (without epoch)
-- Returns  {1, private} if the room is there and is this one, {0, private} if there was another; private is "1" or "0"
-- Atomic, so that of two who create the same room one is told that it exists. Repeatable: the epoch tells one's own room.
local epoch = redis.call('HGET', KEYS[1], 'epoch')
if not epoch then
  redis.call('HSET', KEYS[1], 'epoch', ARGV[1], unpack(ARGV, 2))
  epoch = ARGV[1]
end
return {epoch == ARGV[1] and 1 or 0, redis.call('HGET', KEYS[1], 'private')}
