-- Takes connections out of a room: one, or all those of a lease.
-- KEYS  1 details  2 presence  3 users  4 statuses
-- ARGV  1 <lease>/<connection>, or <lease>/ for all of that lease  2 channel  3 the room's id
--   4 how many users a room may have where members are told of statuses
-- Returns  what was published: for each user that they left, or what their status is without this connection
-- Atomic, so that a user's last connection is the last for everybody. Repeatable: what is gone is not counted down again.
local fields
if string.sub(ARGV[1], -1) == '/' then
  fields = {}
  for _, field in ipairs(redis.call('HKEYS', KEYS[2])) do
    if string.sub(field, 1, #ARGV[1]) == ARGV[1] then
      fields[#fields + 1] = field
    end
  end
else
  fields = {ARGV[1]}
end
local taken = 0
local events = {}
local function publish(head, user, rest)
  local event = head .. '|{"room":"' .. ARGV[3] .. '","user":' .. cjson.encode(user) .. ',' .. rest .. '}'
  redis.call('PUBLISH', ARGV[2], event)
  events[#events + 1] = event
end
for _, field in ipairs(fields) do
  local entry = redis.call('HGET', KEYS[2], field)
  if entry then
    redis.call('HDEL', KEYS[2], field)
    taken = taken + 1
    local user = cjson.decode(entry).user
    local left = redis.call('HINCRBY', KEYS[3], user.id, -1) <= 0
    local status = settle(KEYS[3], KEYS[4], user.id, field, '', ARGV[4])
    if left then
      redis.call('HDEL', KEYS[3], user.id)
      local version = redis.call('HINCRBY', KEYS[1], 'usersVersion', 1)
      publish('l' .. version .. ':' .. user.id, user, '"members":' .. redis.call('HLEN', KEYS[3]))
    elseif status then
      publish('s', user, status)
    end
  end
end
if taken > 0 and redis.call('HLEN', KEYS[3]) == 0 then
  local clock = redis.call('TIME')
  redis.call('HSET', KEYS[1], 'emptySince', clock[1] * 1000 + math.floor(clock[2] / 1000))
end
return events
