-- Lets a user react to a message with an emoji, or not any more, and says so, if the user may.
-- KEYS  1 details  2 messages  3 reactions  4 reactors  5 users  6 roles  7 bans  8 mutes
-- ARGV  1 the message's number  2 user id  3 emoji  4 "1" to react, "0" not to  5 channel  6 the event up to the count
--   7 the rest of it  8 "1" if rules do not bind the user  9 how many emojis a message may have  10 how many reactions
-- Returns  nil if there is no such room, or none for the user; {-1, code, ms to wait or 0} if the user may not; else {how many react so}, and if that
--   is other than before what was published
-- Atomic, so that each counts once, and counts fit the events. Repeatable.
local details = redis.call('HMGET', KEYS[1], 'epoch', 'owner', 'rules', 'locked', 'password', 'private')
if not details[1] then
  return nil
end
local seq, user, emoji, on = ARGV[1], ARGV[2], ARGV[3], ARGV[4] == '1'
if details[3] and ARGV[8] ~= '1' then
  local clock = redis.call('TIME')
  local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
  local hidden = details[6] == '1' and details[2]
  local may, refused = admitted(user, now, details[2], details[4] or details[5], hidden, KEYS[5], KEYS[6], KEYS[7])
  if not may then
    return refused
  end
  refused = on and restricted('muted', KEYS[8], user, now)
  if refused then
    return refused
  end
end
local message = redis.call('ZRANGE', KEYS[2], seq, seq, 'BYSCORE')[1]
-- Of a tombstone there is no text; within texts the quotes are escaped.
if not message or not string.find(message, '"text":', 1, true) then
  return {-1, 'message_not_found', 0}
end
local stored = redis.call('ZRANGE', KEYS[3], seq, seq, 'BYSCORE')[1]
local counts = stored and cjson.decode(string.sub(stored, #seq + 2)) or {}
local place, total = nil, 0
for i, entry in ipairs(counts) do
  total = total + entry[2]
  place = entry[1] == emoji and i or place
end
local reactor = seq .. ':' .. user .. ':' .. emoji
local reacts = redis.call('ZSCORE', KEYS[4], reactor) and true or false
if reacts == on then
  return {place and counts[place][2] or 0}
end
if on then
  if not place and #counts >= tonumber(ARGV[9]) or total >= tonumber(ARGV[10]) then
    return {-1, 'limit_reached', 0}
  end
  place = place or #counts + 1
  counts[place] = counts[place] or {emoji, 0}
  counts[place][2] = counts[place][2] + 1
  redis.call('ZADD', KEYS[4], seq, reactor)
  redis.call('HSET', KEYS[1], 'reacted', 1)
else
  counts[place][2] = counts[place][2] - 1
  redis.call('ZREM', KEYS[4], reactor)
end
local count = counts[place][2]
if count == 0 then
  table.remove(counts, place)
end
if stored then
  redis.call('ZREM', KEYS[3], stored)
end
if #counts > 0 then
  redis.call('ZADD', KEYS[3], seq, seq .. ':' .. cjson.encode(counts))
end
local event = ARGV[6] .. count .. ARGV[7]
redis.call('PUBLISH', ARGV[5], event)
return {count, event}
