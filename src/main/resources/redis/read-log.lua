-- Reads entries of the log of a namespace.
-- KEYS  1 state  2 entries
-- ARGV  1 number after which to read  2 how many at most  3 bytes after which no more are taken
-- Returns  nil if there is no log, else {epoch, number of the last entry of the log, entry, entry ...}
-- Atomic, so that the entries are those of that epoch, and it is known whether more follow.
local state = redis.call('HMGET', KEYS[1], 'epoch', 'number')
if not state[1] then
  return nil
end
local answer = {state[1], tonumber(state[2])}
local left = tonumber(ARGV[2])
local bytes = tonumber(ARGV[3])
local from = tonumber(ARGV[1]) + 1
while left > 0 and bytes > 0 do
  local some = redis.call('XRANGE', KEYS[2], string.format('%.0f', from), '+', 'COUNT', math.min(left, 16))
  for _, entry in ipairs(some) do
    local message = entry[2][2]
    answer[#answer + 1] = message
    bytes = bytes - #message
    left = left - 1
    from = tonumber(string.match(entry[1], '^%d+')) + 1
  end
  if #some < 16 then
    break
  end
end
return answer
