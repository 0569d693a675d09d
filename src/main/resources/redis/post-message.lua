-- Gives a message the room's next number, appends it to the history and publishes it, if its author may say something.
-- KEYS  1 details  2 messages  3 ids  4 users  5 roles  6 bans  7 mutes  8 slow  9 times  10 reactions  11 reactors
-- ARGV  1 message id  2 the message's JSON up to its number  3 the rest of it  4 length of the history  5 channel
--   6 the author's id  7 "1" if the room's rules do not bind the author  8 age of the history in ms, or 0 for any
--   9 the number of the message that it answers, or ""
-- Returns  nil if there is no such room, or none for the author; {-1, code, ms to wait or 0} if the author may not, or answers what was never said; {seq, epoch} of the new message;
--   {seq, epoch, JSON} of the first one if the id was used before
-- Atomic, so that numbers have no holes, history and channel have the same order, and an id counts once. Repeatable.
local details = redis.call('HMGET', KEYS[1], 'epoch', 'rules', 'reacted')
local epoch = details[1]
if not epoch then
  return nil
end
local most, age, now = tonumber(ARGV[4]), tonumber(ARGV[8]), 0
if details[2] or age > 0 then
  local clock = redis.call('TIME')
  now = clock[1] * 1000 + math.floor(clock[2] / 1000)
end
local user, rules, role = ARGV[6], nil, nil
local bound = details[2] and ARGV[7] ~= '1'
local function restriction(key, code)
  local entry = redis.call('HGET', key, user)
  entry = entry and cjson.decode(entry)
  if entry and entry['until'] and entry['until'] <= now then
    redis.call('HDEL', key, user)
  elseif entry then
    return {-1, code, entry['until'] and entry['until'] - now or 0}
  end
end
if details[2] then
  rules = redis.call(
    'HMGET', KEYS[1], 'owner', 'locked', 'password', 'slowMode', 'historyCount', 'historyAge', 'private')
  most = math.min(most, tonumber(rules[5] or most))
  if rules[6] and (age == 0 or tonumber(rules[6]) < age) then
    age = tonumber(rules[6])
  end
end
if bound then
  role = rules[1] == user and 'owner' or redis.call('HGET', KEYS[5], user)
  local hidden = rules[7] == '1' and rules[1]
  local outside = (rules[2] or rules[3] or hidden) and not role and redis.call('HEXISTS', KEYS[4], user) == 0
  if outside and hidden then
    return nil
  end
  local banned = restriction(KEYS[6], 'banned')
  if banned or outside then
    return banned or {-1, 'not_a_member', 0}
  end
end
-- Only who may read the room is given what was said first.
local first = redis.call('ZSCORE', KEYS[3], ARGV[1])
if first then
  return {tonumber(first), epoch, redis.call('ZRANGE', KEYS[2], first, first, 'BYSCORE')[1]}
end
if ARGV[9] ~= '' and tonumber(ARGV[9]) > tonumber(redis.call('HGET', KEYS[1], 'seq') or '0') then
  return {-1, 'message_not_found', 0}
end
if bound then
  local muted = restriction(KEYS[7], 'muted')
  if muted then
    return muted
  end
  if rules[4] and not (role and (role == 'owner' or string.sub(role, 1, 9) == 'moderator')) then
    local pause = tonumber(rules[4]) * 1000
    local last = redis.call('ZSCORE', KEYS[8], user)
    if last and last + pause > now then
      return {-1, 'slow_mode', last + pause - now}
    end
    redis.call('ZREMRANGEBYSCORE', KEYS[8], '-inf', now - pause)
    redis.call('ZADD', KEYS[8], now, user)
  end
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
redis.call('PUBLISH', ARGV[5], 'm' .. epoch .. ':' .. seq .. '|' .. message)
return {seq, epoch}
