-- Reads the reactions to messages, and which of them are a user's own.
-- KEYS  1 reactions  2 reactors
-- ARGV  1 number of the first message  2 number of the last  3 user id, or "" of nobody
-- Returns  for each message with reactions {its number, emoji, count, 1 or 0, emoji, count, 1 or 0, ...}
-- Atomic, so that counts and own reactions fit. Changes nothing.
local result = {}
for _, stored in ipairs(redis.call('ZRANGE', KEYS[1], ARGV[1], ARGV[2], 'BYSCORE')) do
  local colon = string.find(stored, ':', 1, true)
  local seq = string.sub(stored, 1, colon - 1)
  local counts = cjson.decode(string.sub(stored, colon + 1))
  local own = {}
  for i, entry in ipairs(counts) do
    own[i] = seq .. ':' .. ARGV[3] .. ':' .. entry[1]
  end
  local mine = redis.call('ZMSCORE', KEYS[2], unpack(own))
  local row = {tonumber(seq)}
  for i, entry in ipairs(counts) do
    row[#row + 1] = entry[1]
    row[#row + 1] = entry[2]
    row[#row + 1] = mine[i] and 1 or 0
  end
  result[#result + 1] = row
end
return result
