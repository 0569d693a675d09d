-- Removes everything of a room and says so; in the lobby too, if the room is public.
-- KEYS  all keys of the room, details first
-- ARGV  1 channel  2 the event's JSON  3 epoch  4 version of the roles  5 the version of the settings that is to go, or ""
--   6 the lobby's channel, a classic one  7 what is said there
-- Returns  nil if there was no such room; "changed" if it or its roles are other ones by now; {-1, "version_conflict", 0}; else
--   {1, owner or ""}
-- Atomic, so that nothing of the room outlives it, nobody writes to it in between, and who may not any more does not.
local details = redis.call('HMGET', KEYS[1], 'epoch', 'rolesVersion', 'version', 'owner', 'private')
if not details[1] then
  return nil
elseif details[1] ~= ARGV[3] or (details[2] or '0') ~= ARGV[4] then
  return 'changed'
elseif ARGV[5] ~= '' and (details[3] or '1') ~= ARGV[5] then
  return {-1, 'version_conflict', 0}
end
redis.call('DEL', unpack(KEYS))
redis.call('PUBLISH', ARGV[1], 'd|' .. ARGV[2])
if details[5] == '0' then
  redis.call('publish', ARGV[6], ARGV[7])
end
return {1, details[4] or ''}
