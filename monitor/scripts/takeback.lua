#!lua flags=allow-oom
-- After a restart: what this instance had leased and not settled is due now, and what failed with other settings
-- of its endpoint, with what waits behind it.
-- KEYS 1 due index   ARGV 1 key of a delivery without its id  2 owner  3 mark of the settings ('' = whatever they were)
-- Returns how many were leased.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local count, waiting, mended = 0, {}, false
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local is = redis.call('HMGET', ARGV[1] .. id, 'state', 'owner', 'mark', 'waits')
  if is[1] == 'sending' and is[2] == ARGV[2] then
    redis.call('HSET', ARGV[1] .. id, 'state', 'due')
    redis.call('ZADD', KEYS[1], now, id)
    count = count + 1
  elseif is[1] == 'due' and ARGV[3] ~= '' and is[3] and is[3] ~= ARGV[3] then
    mended = true
    redis.call('HDEL', ARGV[1] .. id, 'mark')
    redis.call('ZADD', KEYS[1], 'LT', now, id)
  elseif is[1] == 'due' and is[4] then
    waiting[#waiting + 1] = id
  end
end
for _, id in ipairs(mended and waiting or {}) do redis.call('ZADD', KEYS[1], 'LT', now, id) end
return count
