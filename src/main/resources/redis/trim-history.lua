-- Removes messages that are older than those of a room may be.
-- KEYS  1 details  2 messages  3 ids  4 times  5 reactions  6 reactors
-- ARGV  1 age of the history in ms, or 0 for any
-- Returns  -1 if there is no such room, or its messages may be of any age; else the time (ms since 1970) at which to look again
-- Atomic, so that a message, its id, its time and its reactions go together. Repeatable.
local details = redis.call('HMGET', KEYS[1], 'epoch', 'historyAge')
local age = tonumber(ARGV[1])
if details[2] and (age == 0 or tonumber(details[2]) < age) then
  age = tonumber(details[2])
end
if not details[1] or age == 0 then
  return -1
end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local old = redis.call('ZRANGE', KEYS[4], now - age, '-inf', 'BYSCORE', 'REV', 'LIMIT', 0, 1)[1]
if old then
  redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now - age)
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', old)
  redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', old)
  redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', old)
  redis.call('ZREMRANGEBYSCORE', KEYS[6], '-inf', old)
end
local next = redis.call('ZRANGE', KEYS[4], 0, 0, 'WITHSCORES')[2]
return (next and math.floor(next) or now) + age
