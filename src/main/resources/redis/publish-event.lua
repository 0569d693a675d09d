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
  local hidden = details[7] == '1' and details[3]
  local may, role =
    admitted(ARGV[3], now, details[3], details[4] or details[5], hidden, KEYS[2], KEYS[3], KEYS[4])
  if not may then
    return role
  end
  local refused = silenced(ARGV[3], now, role, details[6], KEYS[5], KEYS[6])
  if refused then
    return refused
  end
end
redis.call('PUBLISH', ARGV[1], ARGV[2])
return {1}
