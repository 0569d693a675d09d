-- Part of scripts by which somebody says something in a room: what keeps a user from that, as {-1, code, ms to wait or 0}; else nil.
-- By one entry of the bans, or of the mutes, if it is in force; one that ran out goes.
local function restricted(code, key, user, now)
  local entry = redis.call('HGET', key, user)
  entry = entry and cjson.decode(entry)
  if entry and entry['until'] and entry['until'] <= now then
    redis.call('HDEL', key, user)
  elseif entry then
    return {-1, code, entry['until'] and entry['until'] - now or 0}
  end
end
-- Whether the user may be in the room at all: true, and the role or false; else false, and what to answer: nil if the room is hidden, so
-- that there is none for who is outside of it and has no role.
local function admitted(user, now, owner, guarded, hidden, users, roles, bans)
  local role = owner == user and 'owner' or redis.call('HGET', roles, user)
  local outside = (guarded or hidden) and not role and redis.call('HEXISTS', users, user) == 0
  if outside and hidden then
    return false, nil
  end
  local refused = restricted('banned', bans, user, now) or outside and {-1, 'not_a_member', 0}
  if refused then
    return false, refused
  end
  return true, role
end
-- By what binds whoever says something new, which slow mode then counts.
local function silenced(user, now, role, slowMode, mutes, slow)
  local refused = restricted('muted', mutes, user, now)
  if refused then
    return refused
  end
  if slowMode and not (role and (role == 'owner' or string.sub(role, 1, 9) == 'moderator')) then
    local pause = tonumber(slowMode) * 1000
    local last = redis.call('ZSCORE', slow, user)
    if last and last + pause > now then
      return {-1, 'slow_mode', last + pause - now}
    end
    redis.call('ZREMRANGEBYSCORE', slow, '-inf', now - pause)
    redis.call('ZADD', slow, now, user)
  end
end
