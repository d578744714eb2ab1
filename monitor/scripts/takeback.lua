#!lua flags=allow-oom
-- After a restart: what this instance had leased and not settled is due now.
-- KEYS 1 due index   ARGV 1 key of a delivery without its id  2 owner
-- Returns how many.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local count = 0
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local is = redis.call('HMGET', ARGV[1] .. id, 'state', 'owner')
  if is[1] == 'sending' and is[2] == ARGV[2] then
    redis.call('HSET', ARGV[1] .. id, 'state', 'due')
    redis.call('ZADD', KEYS[1], now, id)
    count = count + 1
  end
end
return count
