-- Makes a connection present in a room, if its user may come in.
-- KEYS  1 details  2 presence  3 users  4 roles  5 bans  6 invitations  7 statuses  8 kicks
-- ARGV  1 <lease>/<connection>  2 its JSON  3 user id  4 channel  5 the events' JSON up to what is new
--   6 "enter"; "return" for one who was in the room before its connection was lost, if it was not put out since; "announce" for one who is in the room
--   7 the stored password that the user's was found to fit, or ""  8 hash of an invitation, or ""
--   9 the connection's entry (status-of-user), or "" for just online  10 how many users a room may have where members are told of that
-- Returns  nil if there is no such room, or none for the user; {-1, code, ms to wait or 0} if the user may not; else {seq, epoch, members, changes,
--   version of the users}, and what was published, if the user came with this, or has another status by it
-- Atomic, so that the number of members fits the event and the answer, nobody is one too many, and an invitation counts once.
--   Repeatable: a connection counts once.
local details = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'rules', 'changes', 'kicks', 'usersVersion')
if not details[1] then
  return nil
end
local invited
local function refusal(user)
  local clock = redis.call('TIME')
  local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
  local function lives(key, field)
    local entry = redis.call('HGET', key, field)
    entry = entry and cjson.decode(entry)
    if entry and entry['until'] and entry['until'] <= now then
      redis.call('HDEL', key, field)
      return nil
    end
    return entry
  end
  local ban = lives(KEYS[5], user)
  if ban then
    return {-1, 'banned', ban['until'] and ban['until'] - now or 0}
  end
  if ARGV[6] == 'return' or redis.call('HEXISTS', KEYS[3], user) == 1 then
    return nil
  end
  local role = redis.call('HGET', KEYS[4], user)
  local rules = redis.call('HMGET', KEYS[1], 'owner', 'locked', 'password', 'capacity', 'private')
  if rules[1] == user or role and string.sub(role, 1, 9) == 'moderator' then
    return nil
  end
  local hidden = rules[5] == '1' and rules[1]
  if not role and (rules[2] or rules[3] and rules[3] ~= ARGV[7] or hidden and not rules[3]) then
    invited = ARGV[8] ~= '' and lives(KEYS[6], ARGV[8])
    if not invited then
      if hidden then
        return 'hidden'
      elseif ARGV[8] ~= '' then
        return {-1, 'invalid_invitation', 0}
      elseif rules[2] then
        return {-1, 'room_locked', 0}
      end
      return {-1, ARGV[7] ~= '' and 'wrong_password' or 'password_required', 0}
    end
  end
  if rules[4] and redis.call('HLEN', KEYS[3]) >= tonumber(rules[4]) then
    return {-1, 'room_full', 0}
  end
end
local comes = ARGV[6] ~= 'announce' and (details[3] or details[5]) and redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0
if comes and details[3] then
  local refused = refusal(ARGV[3])
  if refused == 'hidden' then
    return nil
  elseif refused then
    return refused
  end
  if invited and invited.uses then
    invited.uses = invited.uses - 1
    if invited.uses > 0 then
      redis.call('HSET', KEYS[6], ARGV[8], cjson.encode(invited))
    else
      redis.call('HDEL', KEYS[6], ARGV[8])
    end
  end
end
if comes and details[5] then
  if ARGV[6] ~= 'return' then
    redis.call('ZREM', KEYS[8], ARGV[3])
  elseif redis.call('ZSCORE', KEYS[8], ARGV[3]) then
    return {-1, 'not_a_member', 0}
  end
end
local published = {}
local function publish(event)
  redis.call('PUBLISH', ARGV[4], event)
  published[#published + 1] = event
end
local came = false
local status
if redis.call('HSETNX', KEYS[2], ARGV[1], ARGV[2]) == 1 then
  came = redis.call('HINCRBY', KEYS[3], ARGV[3], 1) == 1
  status = settle(KEYS[3], KEYS[7], ARGV[3], ARGV[1], ARGV[9], ARGV[10])
end
local changes = tonumber(details[4] or '0')
local members = redis.call('HLEN', KEYS[3])
local version = tonumber(details[6] or '0')
if came then
  redis.call('HDEL', KEYS[1], 'emptySince')
  version = redis.call('HINCRBY', KEYS[1], 'usersVersion', 1)
  publish('j' .. version .. ':' .. ARGV[3] .. '|' .. ARGV[5] .. '"members":' .. members .. '}')
end
if status then
  publish('s|' .. ARGV[5] .. status .. '}')
end
return {tonumber(details[2] or '0'), details[1], members, changes, version, unpack(published)}
