-- Notes that a user has come.
-- KEYS  1 user
-- ARGV  1 now  2 how long (ms) the user is remembered  3 name  4 REPLACE, SUGGEST or KNOWN_ONLY  5 when (ms) the credentials were made
-- Returns  the name that counts, '' if none is known; nil if the user was deleted since the credentials were made
-- Atomic, so that a user who is being deleted does not come back by a visit at the same time.
local known = redis.call('HMGET', KEYS[1], 'endedAt', 'createdAt', 'name')
local endedAt, createdAt, name = known[1], known[2], known[3]
if endedAt and tonumber(ARGV[5]) <= tonumber(endedAt) then
  return false
end
if ARGV[4] == 'KNOWN_ONLY' and not createdAt then
  return ''
end
if ARGV[3] ~= '' and ARGV[4] ~= 'KNOWN_ONLY' and (ARGV[4] == 'REPLACE' or not name) then
  name = ARGV[3]
end
redis.call('HSET', KEYS[1], 'createdAt', createdAt or ARGV[1], 'lastSeen', ARGV[1], 'name', name or '')
if endedAt then
  redis.call('HDEL', KEYS[1], 'endedAt')
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return name or ''
