-- Keeps an invitation to a room, or revokes all of them.
-- KEYS  1 details  2 invitations
-- ARGV  1 epoch  2 version of the roles  3 hash of the invitation, or "" to revoke all  4 its JSON  5 how many there may be
-- Returns  nil if there is no such room; "changed" if it or its roles are other ones by now; {-1, "limit_reached", 0}; else 1
-- Atomic, so that who may not invite any more does not, and there are not too many. Repeatable: a hash is one invitation.
local details = redis.call('HMGET', KEYS[1], 'epoch', 'rolesVersion')
if not details[1] then
  return nil
elseif details[1] ~= ARGV[1] or (details[2] or '0') ~= ARGV[2] then
  return 'changed'
elseif ARGV[3] == '' then
  redis.call('DEL', KEYS[2])
  return 1
end
if redis.call('HLEN', KEYS[2]) >= tonumber(ARGV[5]) then
  local clock = redis.call('TIME')
  local now = clock[1] * 1000
  local all = redis.call('HGETALL', KEYS[2])
  for i = 1, #all, 2 do
    local ends = cjson.decode(all[i + 1])['until']
    if ends and ends <= now then
      redis.call('HDEL', KEYS[2], all[i])
    end
  end
  if redis.call('HLEN', KEYS[2]) >= tonumber(ARGV[5]) then
    return {-1, 'limit_reached', 0}
  end
end
redis.call('HSET', KEYS[2], ARGV[3], ARGV[4])
return 1
