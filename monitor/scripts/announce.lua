#!lua
-- An alert that no case writes, with a delivery for each of its endpoints; the same one again does nothing.
-- KEYS 1 mark  2 alerts stream  3 names of endpoints, then for each delivery: its hash, its due index
-- ARGV 1 the alert  2 its webhook id  3 TTL of the mark, s, from when it was last announced
--      4 how the ids begin, before a date, of those that it must not overtake ('' = none)
--      then for each delivery: id, endpoint, due in ms ('' = now)
-- Returns 1, or 0 when it was announced before.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if not redis.call('SET', KEYS[1], now, 'NX', 'EX', ARGV[3]) then
  redis.call('EXPIRE', KEYS[1], ARGV[3])
  return 0
end
-- The newest open delivery of such an alert; their ids are in the order of time.
local function last(index)
  local found, newest = '', ''
  for _, id in ipairs(ARGV[4] ~= '' and redis.call('ZRANGE', index, 0, -1) or {}) do
    local alert = string.match(id, '^(.*):')
    if alert and string.sub(alert, 1, #ARGV[4]) == ARGV[4] and string.find(alert, '^%d%d%d%d%d%d%d%d', #ARGV[4] + 1)
        and alert ~= ARGV[2] and alert > newest then
      found, newest = id, alert
    end
  end
  return found
end
local alert = redis.call('XADD', KEYS[2], '*', 'd', ARGV[1])
for n = 0, (#ARGV - 4) / 3 - 1 do
  local id, endpoint, due = ARGV[5 + 3 * n], ARGV[6 + 3 * n], ARGV[7 + 3 * n]
  redis.call('HSET', KEYS[4 + 2 * n], 'alert', alert, 'webhook_id', ARGV[2], 'endpoint', endpoint,
    'attempts', 0, 'state', 'due', 'created', now, 'before', last(KEYS[5 + 2 * n]))
  redis.call('ZADD', KEYS[5 + 2 * n], due == '' and now or due, id)
  redis.call('ZADD', KEYS[3], 'NX', now, endpoint)
end
return 1
