#!lua flags=allow-oom
-- Write down how an attempt went, if the lease is still ours.
-- KEYS 1 delivery  2 due index  3 dead letters
-- ARGV 1 id  2 owner  3 fence  4 'delivered', 'retry' or 'dead'  5 HTTP status ('' = none)  6 what was wrong
--      7 ms until the retry  8 TTL of a delivered record, s
-- Returns the ms since the delivery was created, or -1 when the lease is another's.
local is = redis.call('HMGET', KEYS[1], 'state', 'owner', 'fence', 'created')
if is[1] ~= 'sending' or is[2] ~= ARGV[2] or is[3] ~= ARGV[3] then return -1 end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HINCRBY', KEYS[1], 'attempts', 1)
redis.call('HSET', KEYS[1], 'last_status', ARGV[5], 'last_error', ARGV[6], 'last_at', now)
if ARGV[4] == 'retry' then
  redis.call('HSET', KEYS[1], 'state', 'due')
  redis.call('ZADD', KEYS[2], now + ARGV[7], ARGV[1])
elseif ARGV[4] == 'delivered' then
  redis.call('HSET', KEYS[1], 'state', 'delivered', 'delivered_at', now)
  redis.call('EXPIRE', KEYS[1], ARGV[8])
  redis.call('ZREM', KEYS[2], ARGV[1])
else
  redis.call('HSET', KEYS[1], 'state', 'dead')
  redis.call('ZREM', KEYS[2], ARGV[1])
  redis.call('ZADD', KEYS[3], now, ARGV[1])
end
return math.max(0, now - (is[4] or now))
