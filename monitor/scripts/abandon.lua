#!lua flags=allow-oom
-- Give up what has been due for long at an endpoint that no process has had for as long: it would keep the alerts
-- from ever being trimmed.
-- KEYS 1 due index  2 dead letters  3 names of endpoints  4 disabled endpoints
-- ARGV 1 key of a delivery without its id  2 endpoint  3 how long, ms  4 how many
-- Returns how many became dead letters; the name goes with the last.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local seen = redis.call('ZSCORE', KEYS[3], ARGV[2])
if not seen or tonumber(seen) > now - ARGV[3] then return 0 end
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[3], 'LIMIT', 0, ARGV[4])
for _, id in ipairs(ids) do
  redis.call('ZREM', KEYS[1], id)
  if redis.call('EXISTS', ARGV[1] .. id) == 1 then
    redis.call('HSET', ARGV[1] .. id, 'state', 'dead', 'last_status', '', 'last_error', 'endpoint removed', 'last_at', now)
    redis.call('ZADD', KEYS[2], now, id)
  end
end
if redis.call('ZCARD', KEYS[1]) == 0 then
  redis.call('ZREM', KEYS[3], ARGV[2])
  redis.call('HDEL', KEYS[4], ARGV[2])
end
return #ids
