-- Part of scripts that put users out: whoever was in the room before that, by whatever connection, is not any more, though that
-- connection may be lost for the moment. It holds until the user comes in again; of too many the ones longest ago are forgotten.
local function putOut(details, kicks, user)
  local clock = redis.call('TIME')
  redis.call('ZADD', kicks, clock[1] * 1000 + math.floor(clock[2] / 1000), user)
  redis.call('ZREMRANGEBYRANK', kicks, 0, -10001)
  redis.call('HSET', details, 'kicks', 1)
end
