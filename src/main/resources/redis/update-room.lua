-- Changes settings of a room and says so; in the lobby too, if the room is public or was.
-- KEYS  1 details  2 bans  3 mutes  4 times
-- ARGV  1 epoch  2 version of the roles  3 the version of the settings that is to be changed, or ""  4 channel
--   5 the event up to the new version  6 the rest of it  7 the lobby's channel, a classic one  8 what is said there
--   9 number of fields to set  10... field, value, field, value ..., then the fields to remove
-- Returns  nil if there is no such room; "changed" if it or its roles are other ones by now; {-1, "version_conflict", 0}; else
--   {new version, private, what was published}
-- Atomic, so that of two who change the same version one is told, and who may not any more does not.
local details = redis.call('HMGET', KEYS[1], 'epoch', 'rolesVersion', 'version', 'historyAge', 'seq', 'private')
if not details[1] then
  return nil
elseif details[1] ~= ARGV[1] or (details[2] or '0') ~= ARGV[2] then
  return 'changed'
elseif ARGV[3] ~= '' and (details[3] or '1') ~= ARGV[3] then
  return {-1, 'version_conflict', 0}
end
local last = 9 + 2 * tonumber(ARGV[9])
for i = 10, last, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end
for i = last + 1, #ARGV do
  redis.call('HDEL', KEYS[1], ARGV[i])
end
local version = (tonumber(details[3]) or 1) + 1
redis.call('HSET', KEYS[1], 'version', version)
local rules = redis.call(
  'HMGET', KEYS[1], 'capacity', 'locked', 'password', 'slowMode', 'historyCount', 'historyAge', 'private')
if rules[6] and not details[4] and tonumber(details[5] or '0') > 0 then
  -- Of what was said so far it is only known that it was said before now.
  local clock = redis.call('TIME')
  redis.call('ZADD', KEYS[4], clock[1] * 1000 + math.floor(clock[2] / 1000), details[5])
end
if rules[1] or rules[2] or rules[3] or rules[4] or rules[5] or rules[6] or rules[7] == '1'
  or redis.call('EXISTS', KEYS[2], KEYS[3]) > 0 then
  redis.call('HSET', KEYS[1], 'rules', 1)
else
  redis.call('HDEL', KEYS[1], 'rules')
end
local event = ARGV[5] .. version .. ARGV[6]
redis.call('PUBLISH', ARGV[4], event)
if details[6] == '0' or rules[7] == '0' then
  redis.call('publish', ARGV[7], ARGV[8])
end
return {version, rules[7], event}
