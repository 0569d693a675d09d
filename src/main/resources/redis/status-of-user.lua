-- Part of scripts that make connections present, absent, or change their status: what their user's status in the room is now.
-- A connection that is just online has no entry; another's is {"status", "at" (ms), "json"}, of which the last is what members are told.
-- A user of whom any connection has an entry has {"is", "of"}: what members were told last, and the entries by <lease>/<connection>.
local ONLINE = '"status":"online"'
local RANKS = {online = 3, dnd = 2, away = 1}
-- Notes the entry of one connection, "" for none, after the user's connections were counted. Returns what members are to be told, if
-- that is something else than before, and the room has not more than so many users: the status of the most present connection, of
-- equals the one that was set last.
local function settle(users, statuses, user, field, entry, most)
  local held = redis.call('HGET', statuses, user)
  if not held and entry == '' then
    return nil
  end
  held = held and cjson.decode(held) or {is = ONLINE, of = {}}
  held.of[field] = entry ~= '' and cjson.decode(entry) or nil
  local best
  local count = 0
  for _, one in pairs(held.of) do
    count = count + 1
    local ahead = best and RANKS[one.status] - RANKS[best.status]
    ahead = ahead == 0 and one.at - best.at or ahead
    if not best or ahead > 0 or ahead == 0 and one.json > best.json then
      best = one
    end
  end
  local before = held.is
  held.is = ONLINE
  if best and (best.status == 'online' or count >= tonumber(redis.call('HGET', users, user) or '0')) then
    held.is = best.json
  end
  if best then
    redis.call('HSET', statuses, user, cjson.encode(held))
  else
    redis.call('HDEL', statuses, user)
  end
  return held.is ~= before and redis.call('HLEN', users) <= tonumber(most) and held.is or nil
end
