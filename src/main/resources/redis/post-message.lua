-- Gives a message the room's next number, appends it to the history and publishes it on the room's channel, which its keys begin with, if
-- its author may say something.
-- KEYS  1 details  2 messages  3 ids; 4 users  5 roles  6 bans  7 mutes  8 slow  9 times  10 reactions  11 reactors: these only of a
--   room that has rules or reactions, and where messages grow too old, so that most messages do not carry them
-- ARGV  1 message id  2 the message's JSON up to its number  3 the rest of it  4 length of the history
--   5 the number of the message that it answers, or ""  6 the id of a message that must be there already, or "": with few keys, and where
--   it answers none and is behind none, these two are not sent either
--   7 the author's id  8 "1" if the room's rules do not bind the author  9 age of the history in ms, or 0 for any: only with all keys
-- Returns  nil if there is no such room, or none for the author; 0 if the message that must be there is not; 1 if nothing was done, as
--   all keys are needed; {-1, code, ms to wait or 0} if the author may not, or answers what was never said; {seq, epoch} of the new message;
--   {seq, epoch, JSON} of the first one if the id was used before
-- Atomic, so that numbers have no holes, history and channel have the same order, and an id counts once. Repeatable.
local answered, behind = ARGV[5] or '', ARGV[6] or ''
local details = redis.call('HMGET', KEYS[1], 'epoch', 'rules', 'reacted')
local epoch = details[1]
if not epoch then
  return nil
end
if behind ~= '' and not redis.call('ZSCORE', KEYS[3], behind) then
  return 0
end
if (details[2] or details[3]) and not KEYS[4] then
  return 1
end
local first = redis.call('ZSCORE', KEYS[3], ARGV[1])
local unsaid = not first and answered ~= ''
  and tonumber(answered) > tonumber(redis.call('HGET', KEYS[1], 'seq') or '0')
local most, age, now = tonumber(ARGV[4]), tonumber(ARGV[9] or '0'), 0
if details[2] or age > 0 then
  local clock = redis.call('TIME')
  now = clock[1] * 1000 + math.floor(clock[2] / 1000)
end
if details[2] then
  -- part
  local rules = redis.call(
    'HMGET', KEYS[1], 'owner', 'locked', 'password', 'slowMode', 'historyCount', 'historyAge', 'private')
  most = math.min(most, tonumber(rules[5] or most))
  if rules[6] and (age == 0 or tonumber(rules[6]) < age) then
    age = tonumber(rules[6])
  end
  if ARGV[8] ~= '1' then
    local hidden = rules[7] == '1' and rules[1]
    local may, role =
      admitted(ARGV[7], now, rules[1], rules[2] or rules[3], hidden, KEYS[4], KEYS[5], KEYS[6])
    if not may then
      return role
    end
    local refused = not first and not unsaid and silenced(ARGV[7], now, role, rules[4], KEYS[7], KEYS[8])
    if refused then
      return refused
    end
  end
end
-- Only who may read the room is given what was said first.
if first then
  return {tonumber(first), epoch, redis.call('ZRANGE', KEYS[2], first, first, 'BYSCORE')[1]}
end
if unsaid then
  return {-1, 'message_not_found', 0}
end
local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
local message = ARGV[2] .. seq .. ARGV[3]
redis.call('ZADD', KEYS[2], seq, message)
redis.call('ZADD', KEYS[3], seq, ARGV[1])
local dropped = seq - most
if age > 0 then
  redis.call('ZADD', KEYS[9], now, seq)
  local old = redis.call('ZRANGE', KEYS[9], now - age, '-inf', 'BYSCORE', 'REV', 'LIMIT', 0, 1)[1]
  if old then
    redis.call('ZREMRANGEBYSCORE', KEYS[9], '-inf', now - age)
    dropped = math.max(dropped, tonumber(old))
  end
end
if dropped > 0 then
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', dropped)
  redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', dropped)
  if details[3] then
    redis.call('ZREMRANGEBYSCORE', KEYS[10], '-inf', dropped)
    redis.call('ZREMRANGEBYSCORE', KEYS[11], '-inf', dropped)
  end
end
redis.call('PUBLISH', string.sub(KEYS[1], 1, -#':details' - 1), 'm' .. epoch .. ':' .. seq .. '|' .. message)
return {seq, epoch}
