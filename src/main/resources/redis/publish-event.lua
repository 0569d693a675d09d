-- Tells a room's members something that is kept nowhere, if who says it may say something.
-- KEYS  1 details  2 users  3 roles  4 bans  5 mutes  6 slow
-- ARGV  1 channel  2 the event as it is published  3 the user's id  4 "1" if the room's rules do not bind the user
-- Returns  nil if there is no such room, or none for the user; {-1, code, ms to wait or 0} if the user may not; {1} else
-- Atomic, so that who is muted or banned says nothing after that, and slow mode counts what is said side by side.
local details = redis.call('HMGET', KEYS[1], 'epoch', 'rules', 'owner', 'locked', 'password', 'slowMode', 'private')
if not details[1] then
  return nil
end
if details[2] and ARGV[4] ~= '1' then
  local clock = redis.call('TIME')
  local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
  local user = ARGV[3]
  local role = details[3] == user and 'owner' or redis.call('HGET', KEYS[3], user)
  local hidden = details[7] == '1' and details[3]
  local outside = (details[4] or details[5] or hidden) and not role and redis.call('HEXISTS', KEYS[2], user) == 0
  if outside and hidden then
    return nil
  end
  for i, code in ipairs({'banned', 'muted'}) do
    local entry = redis.call('HGET', KEYS[3 + i], user)
    entry = entry and cjson.decode(entry)
    if entry and entry['until'] and entry['until'] <= now then
      redis.call('HDEL', KEYS[3 + i], user)
    elseif entry then
      return {-1, code, entry['until'] and entry['until'] - now or 0}
    end
  end
  if outside then
    return {-1, 'not_a_member', 0}
  end
  if details[6] and not (role and (role == 'owner' or string.sub(role, 1, 9) == 'moderator')) then
    local pause = tonumber(details[6]) * 1000
    local last = redis.call('ZSCORE', KEYS[6], user)
    if last and last + pause > now then
      return {-1, 'slow_mode', last + pause - now}
    end
    redis.call('ZREMRANGEBYSCORE', KEYS[6], '-inf', now - pause)
    redis.call('ZADD', KEYS[6], now, user)
  end
end
redis.call('PUBLISH', ARGV[1], ARGV[2])
return {1}
