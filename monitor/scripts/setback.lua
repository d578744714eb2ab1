#!lua flags=allow-oom
-- A clock that was ahead and was set right: what was put off by it waits as long as was meant, from now on.
-- What was held back on purpose, until a time of day, stays held.
-- KEYS 1 due index   ARGV 1 key of a delivery without its id  2 lease in ms  3 how much is no jump, ms
--      4 what is due within so many ms of its writing is not held until a time of day  5 how many
-- Returns how many are due sooner now.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local count = 0
local found = redis.call('ZREVRANGEBYSCORE', KEYS[1], '+inf', now + ARGV[3], 'WITHSCORES', 'LIMIT', 0, ARGV[5])
for n = 1, #found, 2 do
  local id, score, record = found[n], tonumber(found[n + 1]), ARGV[1] .. found[n]
  local is = redis.call('HMGET', record, 'state', 'attempts', 'last_at', 'created', 'own', 'waits')
  local tried = tonumber(is[2] or '0') > 0
  local ahead = tonumber((tried and is[3]) or is[4] or now) - now
  if is[1] == 'sending' then
    if score > now + ARGV[2] + ARGV[3] then
      redis.call('ZADD', KEYS[1], now + ARGV[2], id)
      count = count + 1
    end
  elseif ahead > tonumber(ARGV[3]) and (tried or is[6] or score - is[4] <= tonumber(ARGV[4])) then
    redis.call('ZADD', KEYS[1], math.max(now, score - ahead), id)
    redis.call('HSET', record, tried and 'last_at' or 'created', now)
    if tried and is[5] then redis.call('HSET', record, 'own', is[5] - ahead) end
    count = count + 1
  end
end
return count
