-- Appends a broadcast to the log of its namespace and publishes it; or, without a broadcast, says where the log ends.
-- KEYS  1 state  2 entries  3 holes
-- ARGV  1 the new epoch, if one is needed  2 epoch that the caller knows, or ""  3 number that it knows of that epoch
--       4 how long the state is kept (ms)  5 how long entries are kept (ms)  6 about how many entries are kept  7 channel
--       8 the message up to its offset, or "" to publish nothing  9 the rest of it
-- Returns  {epoch, number of the last entry}
-- Atomic, so that the order of the log is that of the channel, and numbers have no holes. The offset, <epoch>:<number>, is a short
--   text of MessagePack. A log that does not go as far as is known has lost its end: it begins anew, under another epoch. Entries
--   that are too old go in generations: all that were there when the last one went, once that is long enough ago. The channel is not
--   one of the keys' slot, so it is published on as the classic ones are: by a name that stays in a cluster (Script).
local state = redis.call('HMGET', KEYS[1], 'epoch', 'number', 'old', 'since')
local epoch = state[1]
local number = tonumber(state[2] or '0')
if not epoch or (epoch == ARGV[2] and number < tonumber(ARGV[3])) then
  epoch = ARGV[1]
  number = 0
  state[3] = false
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
  redis.call('HSET', KEYS[1], 'epoch', epoch, 'number', 0)
end
if ARGV[8] ~= '' then
  number = number + 1
  local text = string.format('%.0f', number)
  local offset = epoch .. ':' .. text
  local message = ARGV[8] .. string.char(160 + #offset) .. offset .. ARGV[9]
  local clock = redis.call('TIME')
  local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[6], text .. '-0', 'm', message)
  redis.call('HSET', KEYS[1], 'number', text)
  if not state[3] then
    redis.call('HSET', KEYS[1], 'old', text, 'since', string.format('%.0f', now))
  elseif now - tonumber(state[4]) > tonumber(ARGV[5]) then
    redis.call('XTRIM', KEYS[2], 'MINID', string.format('%.0f', tonumber(state[3]) + 1))
    redis.call('HSET', KEYS[1], 'old', text, 'since', string.format('%.0f', now))
  end
  redis.call('PEXPIRE', KEYS[2], ARGV[5])
  redis.call('publish', ARGV[7], message)
end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return {epoch, number}
