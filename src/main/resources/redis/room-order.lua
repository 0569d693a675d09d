-- Part of scripts by which order is kept in a room.
-- Whether the room stands as it did when it was looked up who may what: true; else false, and what to answer: nil if it is gone,
-- "changed" if it or its roles are other ones by now.
local function stands(details, epoch, rolesVersion)
  local now = redis.call('HMGET', details, 'epoch', 'rolesVersion')
  if not now[1] then
    return false, nil
  elseif now[1] ~= epoch or (now[2] or '0') ~= rolesVersion then
    return false, 'changed'
  end
  return true
end
-- Whether there is place for one more in a hash of what may have an end; what has ended gives way.
local function hasPlace(key, most)
  if redis.call('HLEN', key) < most then
    return true
  end
  local now = redis.call('TIME')[1] * 1000
  local all = redis.call('HGETALL', key)
  for i = 1, #all, 2 do
    local ends = cjson.decode(all[i + 1])['until']
    if ends and ends <= now then
      redis.call('HDEL', key, all[i])
    end
  end
  return redis.call('HLEN', key) < most
end
-- Whoever was in the room before that, by whatever connection, is not any more, though that connection may be lost for the moment. It
-- holds until the user comes in again; of too many the ones longest ago are forgotten.
local function putOut(details, kicks, user)
  local clock = redis.call('TIME')
  redis.call('ZADD', kicks, clock[1] * 1000 + math.floor(clock[2] / 1000), user)
  redis.call('ZREMRANGEBYRANK', kicks, 0, -10001)
  redis.call('HSET', details, 'kicks', 1)
end
