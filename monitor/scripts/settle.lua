#!lua flags=allow-oom
-- Write down how an attempt went, if the lease is still ours, and with it what follows: a retry, a dead letter,
-- an endpoint that is disabled or enabled, and the notice of that to other endpoints.
-- KEYS 1 delivery  2 due index  3 dead letters  4 disabled endpoints  5 alerts stream  6 names of endpoints
--      7 mark of the notice, then for each of its deliveries: its hash, its due index
-- ARGV 1 id  2 owner  3 fence  4 'delivered', 'retry' or 'dead'  5 HTTP status ('' = none)  6 what was wrong
--      7 ms until the retry  8 TTL of a delivered record, s  9 endpoint  10 attempts that were made, 1 or 0 (one
--      that is only put off keeps what was wrong before)
--      11 'enable', or since when and why it is disabled from now on ('' = neither)
--      12 the notice ('' = none)  13 its webhook id  14 TTL of its mark, s
--      15 steps of the schedule that the attempt used up  16 ms until the schedule's own retry
--      17 mark of the settings with which it was made
--      then for each of its deliveries: id, endpoint, due in ms ('' = now)
-- Returns {ms since the delivery was created, or -1 when the lease is another's, 1 if the notice is new else 0}.
-- A record of an older release has no steps: there each attempt used up one.
local is = redis.call('HMGET', KEYS[1], 'state', 'owner', 'fence', 'created', 'steps', 'attempts')
local ours = is[1] == 'sending' and is[2] == ARGV[2] and is[3] == ARGV[3]
-- A store that was rolled back has forgotten our lease, but what was delivered stays delivered.
local older = (is[1] == 'due' or is[1] == 'sending') and tonumber(is[3] or '0') < tonumber(ARGV[3])
if not ours and not (older and ARGV[4] == 'delivered') then return {-1, 0} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HINCRBY', KEYS[1], 'attempts', ARGV[10])
if not is[5] then redis.call('HSET', KEYS[1], 'steps', is[6] or 0) end
redis.call('HINCRBY', KEYS[1], 'steps', ARGV[15])
if ARGV[4] ~= 'retry' or ARGV[10] ~= '0' then
  redis.call('HSET', KEYS[1], 'last_status', ARGV[5], 'last_error', ARGV[6], 'last_at', now)
end
if ARGV[4] == 'retry' then
  redis.call('HSET', KEYS[1], 'state', 'due')
  if ARGV[10] ~= '0' then redis.call('HSET', KEYS[1], 'own', now + ARGV[16], 'mark', ARGV[17]) end
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
local news = ARGV[12] ~= ''
if ARGV[11] == 'enable' then
  redis.call('HDEL', KEYS[4], ARGV[9])
elseif ARGV[11] ~= '' then
  news = redis.call('HSETNX', KEYS[4], ARGV[9], ARGV[11]) == 1 and news
end
local told = 0
if news and redis.call('SET', KEYS[7], now, 'NX', 'EX', ARGV[14]) then
  told = 1
  local alert = redis.call('XADD', KEYS[5], '*', 'd', ARGV[12])
  for n = 0, (#ARGV - 17) / 3 - 1 do
    local id, endpoint, due = ARGV[18 + 3 * n], ARGV[19 + 3 * n], ARGV[20 + 3 * n]
    redis.call('HSET', KEYS[8 + 2 * n], 'alert', alert, 'webhook_id', ARGV[13], 'endpoint', endpoint,
      'attempts', 0, 'state', 'due', 'created', now)
    redis.call('ZADD', KEYS[9 + 2 * n], due == '' and now or due, id)
    redis.call('ZADD', KEYS[6], 'NX', now, endpoint)
  end
end
return {math.max(0, now - (is[4] or now)), told}
