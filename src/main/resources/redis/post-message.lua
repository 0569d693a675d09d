-- Gives a message the room's next number, appends it to the history and publishes it.
-- KEYS  1 details  2 messages  3 ids
-- ARGV  1 message id  2 the message's JSON up to its number  3 the rest of it  4 length of the history  5 channel
-- Returns  nil if there is no such room; {seq, epoch} of the new message; {seq, epoch, JSON} of the first one if the id was
--   used before
-- Atomic, so that numbers have no holes, history and channel have the same order, and an id counts once. Repeatable.
local epoch = redis.call('HGET', KEYS[1], 'epoch')
if not epoch then
  return nil
end
local first = redis.call('ZSCORE', KEYS[3], ARGV[1])
if first then
  return {tonumber(first), epoch, redis.call('ZRANGE', KEYS[2], first, first, 'BYSCORE')[1]}
end
local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
local message = ARGV[2] .. seq .. ARGV[3]
redis.call('ZADD', KEYS[2], seq, message)
redis.call('ZADD', KEYS[3], seq, ARGV[1])
local dropped = seq - tonumber(ARGV[4])
if dropped > 0 then
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', dropped)
  redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', dropped)
end
redis.call('PUBLISH', ARGV[5], 'm' .. epoch .. ':' .. seq .. '|' .. message)
return {seq, epoch}
