-- Says where a room stands, to one who knows how it stood before; gives it a new epoch if its past is not that any more.
-- KEYS  1 details  2 messages
-- ARGV  1 epoch  2 number of the last message that is known  3 the identity of that message, "" if it is not known  4 the new epoch, if one is needed
-- Returns  {epoch, seq}, or nil if there is no such room
-- Atomic, so that of several who find out at once one gives the new epoch. A server that lost its last writes, as a replica that
--   took over too early, would else give their numbers to other messages. Repeatable: the second time the epoch differs.
-- What nobody can change of a message: all up to its author's id.
local function identity(message)
  local _, author = string.find(message, '"author":{"id":"', 1, true)
  return author and string.sub(message, 1, string.find(message, '"', author + 1, true)) or message
end
local details = redis.call('HMGET', KEYS[1], 'epoch', 'seq')
local epoch = details[1]
if not epoch then
  return nil
end
local seq = tonumber(details[2] or '0')
if epoch == ARGV[1] then
  local known = tonumber(ARGV[2])
  local rewritten = seq < known
  if not rewritten and ARGV[3] ~= '' then
    local message = redis.call('ZRANGE', KEYS[2], known, known, 'BYSCORE')[1]
    rewritten = message and identity(message) ~= ARGV[3]
  end
  if rewritten then
    epoch = ARGV[4]
    redis.call('HSET', KEYS[1], 'epoch', epoch)
  end
end
return {epoch, seq}
