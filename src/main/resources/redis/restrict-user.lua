-- Bans or mutes a user, or lifts that, and says so.
-- KEYS  1 details  2 the bans, or the mutes  3 bans  4 mutes  5 kicks
-- ARGV  1 epoch  2 version of the roles  3 channel  4 user id  5 the restriction's JSON, or "" to lift it  6 the event
--   7 how many there may be
-- Returns  nil if there is no such room; "changed" if it or its roles are other ones by now; {-1, "limit_reached", 0}; else
--   1 if that was published, 0 if nothing had to be done
-- Atomic, so that whoever posts or comes in meets the restriction that members were told of. Repeatable.
local there, answer = stands(KEYS[1], ARGV[1], ARGV[2])
if not there then
  return answer
end
local before = redis.call('HGET', KEYS[2], ARGV[4])
if (before or '') == ARGV[5] then
  return 0
end
if ARGV[5] == '' then
  redis.call('HDEL', KEYS[2], ARGV[4])
else
  if not before and not hasPlace(KEYS[2], tonumber(ARGV[7])) then
    return {-1, 'limit_reached', 0}
  end
  redis.call('HSET', KEYS[2], ARGV[4], ARGV[5])
  if KEYS[2] == KEYS[3] then
    putOut(KEYS[1], KEYS[5], ARGV[4])
  end
end
local rules = redis.call(
  'HMGET', KEYS[1], 'capacity', 'locked', 'password', 'slowMode', 'historyCount', 'historyAge', 'private')
if rules[1] or rules[2] or rules[3] or rules[4] or rules[5] or rules[6] or rules[7] == '1'
  or redis.call('EXISTS', KEYS[3], KEYS[4]) > 0 then
  redis.call('HSET', KEYS[1], 'rules', 1)
else
  redis.call('HDEL', KEYS[1], 'rules')
end
redis.call('PUBLISH', ARGV[3], ARGV[6])
return 1
