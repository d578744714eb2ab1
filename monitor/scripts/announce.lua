#!lua
-- An alert that no case writes, with a delivery for each of its endpoints; the same one again does nothing.
-- KEYS 1 mark  2 alerts stream  3 names of endpoints, then for each delivery: its hash, its due index
-- ARGV 1 the alert  2 its webhook id  3 TTL of the mark, s, from when it was last announced
--      then for each delivery: id, endpoint, due in ms ('' = now)
-- Returns 1, or 0 when it was announced before.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if not redis.call('SET', KEYS[1], now, 'NX', 'EX', ARGV[3]) then
  redis.call('EXPIRE', KEYS[1], ARGV[3])
  return 0
end
local alert = redis.call('XADD', KEYS[2], '*', 'd', ARGV[1])
for n = 0, (#ARGV - 3) / 3 - 1 do
  local id, endpoint, due = ARGV[4 + 3 * n], ARGV[5 + 3 * n], ARGV[6 + 3 * n]
  redis.call('HSET', KEYS[4 + 2 * n], 'alert', alert, 'webhook_id', ARGV[2], 'endpoint', endpoint,
    'attempts', 0, 'state', 'due', 'created', now)
  redis.call('ZADD', KEYS[5 + 2 * n], due == '' and now or due, id)
  redis.call('ZADD', KEYS[3], 'NX', now, endpoint)
end
return 1
