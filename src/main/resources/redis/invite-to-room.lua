-- Keeps an invitation to a room, or revokes all of them.
-- KEYS  1 details  2 invitations
-- ARGV  1 epoch  2 version of the roles  3 hash of the invitation, or "" to revoke all  4 its JSON  5 how many there may be
-- Returns  nil if there is no such room; "changed" if it or its roles are other ones by now; {-1, "limit_reached", 0}; else 1
-- Atomic, so that who may not invite any more does not, and there are not too many. Repeatable: a hash is one invitation.
local there, answer = stands(KEYS[1], ARGV[1], ARGV[2])
if not there then
  return answer
end
if ARGV[3] == '' then
  redis.call('DEL', KEYS[2])
elseif hasPlace(KEYS[2], tonumber(ARGV[5])) then
  redis.call('HSET', KEYS[2], ARGV[3], ARGV[4])
else
  return {-1, 'limit_reached', 0}
end
return 1
