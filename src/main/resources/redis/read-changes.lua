-- Reads the messages that were changed after a change, in the order of their last changes.
-- KEYS  1 details  2 messages  3 changes
-- ARGV  1 number of the last change that is known  2 how many messages to read at most
-- Returns  nil if there is no such room; else {epoch, number of the last change, how many messages were changed, JSON, JSON, ...}
-- Atomic, so that what is read is all that was changed up to the number that is told. Changes nothing.
local details = redis.call('HMGET', KEYS[1], 'epoch', 'changes')
if not details[1] then
  return nil
end
local result = {details[1], tonumber(details[2] or '0'), redis.call('ZCOUNT', KEYS[3], '(' .. ARGV[1], '+inf')}
for _, seq in ipairs(redis.call('ZRANGE', KEYS[3], '(' .. ARGV[1], '+inf', 'BYSCORE', 'LIMIT', 0, ARGV[2])) do
  local message = redis.call('ZRANGE', KEYS[2], seq, seq, 'BYSCORE')[1]
  if message then
    result[#result + 1] = message
  end
end
return result
