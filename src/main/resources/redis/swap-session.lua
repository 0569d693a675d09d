-- Replaces a session unless somebody else has changed it.
-- KEYS  1 session
-- ARGV  1 what was read  2 what to write
-- Returns  1 if it is written now, 0 if there is something else
-- Atomic, so that what another application writes at the same time is not lost. Its time to live stays.
local found = redis.call('GET', KEYS[1])
if found == ARGV[2] then
  return 1
elseif found ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return 1
