-- Puts another form of a message in its place, or a tombstone, and says so, if whoever wants that may.
-- KEYS  1 details  2 messages  3 changes  4 users  5 roles  6 bans  7 mutes  8 reactions  9 reactors
-- ARGV  1 the message's number  2 its JSON as it is known  3 its new JSON up to the number of the change  4 channel
--   5 head of the event: e for another form, v for a tombstone  6 user id, or "" of nobody  7 "1" if rules do not bind the user
--   8 "1" if the user is the author  9 "1" if anybody may manage a room that is nobody's  10 length of the history
-- Returns  nil if there is no such room; "changed" if the message is another one by now; {-1, code, ms to wait or 0} if the user
--   may not; else {number of the change, the message's JSON}
-- Atomic, so that of two who change the same nothing is lost, each change has a number of its own, history and channel agree, and
--   who may not any more does not. Repeatable: the second time the message is another one.
local details = redis.call('HMGET', KEYS[1], 'epoch', 'owner', 'rules', 'locked', 'password', 'private')
if not details[1] then
  return nil
end
local removes = string.sub(ARGV[5], 1, 1) == 'v'
local user = ARGV[6]
if ARGV[7] ~= '1' then
  local role = user ~= '' and (details[2] == user and 'owner' or redis.call('HGET', KEYS[5], user))
  if details[3] and user ~= '' then
    local clock = redis.call('TIME')
    local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
    local refused = restricted('banned', KEYS[6], user, now)
      or not removes and restricted('muted', KEYS[7], user, now)
    if refused then
      return refused
    end
    local guarded = details[4] or details[5] or details[6] == '1' and details[2]
    if guarded and not role and redis.call('HEXISTS', KEYS[4], user) == 0 then
      return {-1, 'not_a_member', 0}
    end
  end
  local moderates = role and (role == 'owner' or string.sub(role, 1, 9) == 'moderator')
    or not details[2] and ARGV[9] == '1'
  if ARGV[8] ~= '1' and not (removes and moderates) then
    return {-1, user == '' and 'unauthenticated' or 'forbidden', 0}
  end
end
if redis.call('ZRANGE', KEYS[2], ARGV[1], ARGV[1], 'BYSCORE')[1] ~= ARGV[2] then
  return 'changed'
end
local change = redis.call('HINCRBY', KEYS[1], 'changes', 1)
local message = ARGV[3] .. change .. '}'
redis.call('ZREM', KEYS[2], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[1], message)
redis.call('ZADD', KEYS[3], change, ARGV[1])
if removes then
  redis.call('ZREMRANGEBYSCORE', KEYS[8], ARGV[1], ARGV[1])
  redis.call('ZREMRANGEBYSCORE', KEYS[9], ARGV[1], ARGV[1])
end
if redis.call('ZCARD', KEYS[3]) > 2 * tonumber(ARGV[10]) then
  -- Changes of messages that the room has no more.
  local first = tonumber(redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')[2])
  for _, seq in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do
    if tonumber(seq) < first then
      redis.call('ZREM', KEYS[3], seq)
    end
  end
end
redis.call('PUBLISH', ARGV[4], ARGV[5] .. message)
return {change, message}
