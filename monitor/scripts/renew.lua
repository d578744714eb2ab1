#!lua
-- Keep (or with a lease of 0 give up) a source that is still ours.
-- KEYS 1 cursor hash   ARGV 1 epoch  2 lease in ms  3 what is seen of it ('' = as before)
-- Returns 1, or 0 when another process has claimed it.
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return 0 end
local time = redis.call('TIME')
redis.call('HSET', KEYS[1], 'lease', time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2])
if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], 'sight', ARGV[3]) end
return 1
