-- Gives a user a role, or takes it, and says so. Who gets a room is its owner, and the owner before a moderator. When the owner gives
-- the room up it is the moderator's who is that for longest, else the member's who is present for longest, else nobody's.
-- KEYS  1 details  2 roles  3 presence
-- ARGV  1 epoch  2 version of the roles  3 channel  4 room id  5 user id  6 owner, moderator, member or none  7 now (ms)
--   8 how many roles there may be  9 ,"by":{...} or ""  10 1 if the room is to be changed only if it is that user's
-- Returns  nil if there is no such room; "changed" if it or its roles are other ones by now; {-1, "limit_reached", 0}; else
--   {owner or "", owner before or "", what was published ...}
-- Atomic, so that a room has one owner, and who may not any more does not. With more than 10,000 connections in the room nobody is
--   looked for among them.
local details = redis.call('HMGET', KEYS[1], 'epoch', 'rolesVersion', 'owner')
if not details[1] then
  return nil
elseif ARGV[2] ~= '' and (details[1] ~= ARGV[1] or (details[2] or '0') ~= ARGV[2]) then
  return 'changed'
end
local before, user, role = details[3], ARGV[5], ARGV[6]
local owner = before
local events = {}
local function tell(whom, what)
  local event = 'r|{"room":"' .. ARGV[4] .. '","user":{"id":"' .. whom .. '"},"role":"' .. what .. '"' .. ARGV[9] .. '}'
  redis.call('PUBLISH', ARGV[3], event)
  events[#events + 1] = event
end
local function set(whom, what)
  if what == 'none' then
    redis.call('HDEL', KEYS[2], whom)
  else
    redis.call('HSET', KEYS[2], whom, what .. ':' .. ARGV[7])
  end
end
local function longest()
  local best, since
  local roles = redis.call('HGETALL', KEYS[2])
  for i = 1, #roles, 2 do
    local from = string.match(roles[i + 1], '^moderator:(%d+)$')
    if from and roles[i] ~= user and (not since or tonumber(from) < since) then
      best, since = roles[i], tonumber(from)
    end
  end
  if best or redis.call('HLEN', KEYS[3]) > 10000 then
    return best
  end
  for _, entry in ipairs(redis.call('HVALS', KEYS[3])) do
    local member = cjson.decode(entry)
    local from = string.gsub(member.since, ':(%d%d)Z$', ':%1.000Z')
    if member.user.id ~= user and (not since or from < since) then
      best, since = member.user.id, from
    end
  end
  return best
end
if ARGV[10] == '1' and before ~= user then
  return {before or '', before or ''}
end
local had = redis.call('HGET', KEYS[2], user)
local plain = had and string.match(had, '^%a+') or 'none'
if role == 'owner' then
  if before == user then
    return {before, before}
  end
  owner = user
  redis.call('HDEL', KEYS[2], user)
  if before then
    set(before, 'moderator')
    tell(before, 'moderator')
  end
  tell(user, 'owner')
elseif before == user then
  owner = longest()
  set(user, role)
  tell(user, role)
  if owner then
    redis.call('HDEL', KEYS[2], owner)
    tell(owner, 'owner')
  end
elseif plain == role then
  return {before or '', before or ''}
else
  if role ~= 'none' and not had and redis.call('HLEN', KEYS[2]) >= tonumber(ARGV[8]) then
    return {-1, 'limit_reached', 0}
  end
  set(user, role)
  tell(user, role)
end
if owner then
  redis.call('HSET', KEYS[1], 'owner', owner)
else
  redis.call('HDEL', KEYS[1], 'owner')
end
redis.call('HINCRBY', KEYS[1], 'rolesVersion', 1)
return {owner or '', before or '', unpack(events)}
