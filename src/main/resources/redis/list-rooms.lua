-- A page of the public rooms, in the order of their ids, with what is shown of them.
-- KEYS  1 rooms
-- ARGV  1 the first id, "-" or "(<id>"  2 how many  3 the keys of a room's details and 4 of its users, with * for its id
--   5... the fields of the details
-- Returns  for each room {id, {value, or nil, of each field}, how many users are in it}
-- In one step for one round trip. It reads keys that are not named: not for a cluster, where they are on other servers.
local function key(pattern, id)
  local at = string.find(pattern, '*', 1, true)
  return string.sub(pattern, 1, at - 1) .. id .. string.sub(pattern, at + 1)
end
local page = {}
for i, id in ipairs(redis.call('ZRANGE', KEYS[1], ARGV[1], '+', 'BYLEX', 'LIMIT', 0, ARGV[2])) do
  page[i] = {
    id,
    redis.call('HMGET', key(ARGV[3], id), unpack(ARGV, 5)),
    redis.call('HLEN', key(ARGV[4], id))
  }
end
return page
