-- Changes what is known of a user.
-- KEYS  1 user
-- ARGV  1 how long (ms) the user is remembered  2... field, value, field, value ...
-- Returns  all fields and values of the user; nil if there is none
-- Atomic, so that a user who was deleted meanwhile does not come back by it.
if redis.call('HEXISTS', KEYS[1], 'createdAt') == 0 then
  return false
end
if #ARGV > 1 then
  redis.call('HSET', KEYS[1], unpack(ARGV, 2))
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return redis.call('HGETALL', KEYS[1])
