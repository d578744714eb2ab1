#!lua
-- A case, its alert, its deliveries and the reader's checkpoint in one atomic step (G3).
-- KEYS 1 case hash  2 index of cases  3 reader's checkpoint  4 alerts stream
--      then for each delivery: its hash, its due index; then the same for each withdrawn one
-- ARGV 1 rev that we have read  2 new rev  3 Case JSON  4 File JSON  5 case id  6 now in ms by its writer's clock
--      7 checkpoint ('' = leave)  8 Alert JSON ('' = none)  9 person  10 status  11 at  12 deliveries  13 withdrawn
--      then for each delivery: id, webhook-id, endpoint, due in ms, the one before it ('' = none);
--      then for each withdrawn one: id
-- Returns {'OK', alert's stream id or ''} or {'CONFLICT', the rev that stands}.
local rev = redis.call('HGET', KEYS[1], 'rev') or '0'
if rev == ARGV[2] and redis.call('HGET', KEYS[1], 's') == ARGV[4] then return {'OK', ''} end
if rev ~= ARGV[1] then return {'CONFLICT', rev} end
local time = redis.call('TIME')
local now, made, taken = time[1] * 1000 + math.floor(time[2] / 1000), tonumber(ARGV[12]), tonumber(ARGV[13])
-- Whoever decided may have another clock: what is due at once is due now, and a wait is as long as was meant.
local ahead = ARGV[6] - now
local key, arg = 5, 14
local alert, names = '', string.gsub(KEYS[4], 'alerts$', 'endpoints')
if ARGV[8] ~= '' then
  alert = redis.call('XADD', KEYS[4], '*', 'd', ARGV[8], 'person', ARGV[9], 'status', ARGV[10], 'at', ARGV[11])
end
for _ = 1, made do
  redis.call('HSET', KEYS[key], 'alert', alert, 'webhook_id', ARGV[arg + 1], 'endpoint', ARGV[arg + 2],
    'attempts', 0, 'state', 'due', 'created', now, 'before', ARGV[arg + 4])
  redis.call('ZADD', KEYS[key + 1], ARGV[arg + 3] - ahead, ARGV[arg])
  redis.call('ZADD', names, 'NX', now, ARGV[arg + 2])
  key, arg = key + 2, arg + 5
end
for _ = 1, taken do
  local due = redis.call('ZSCORE', KEYS[key + 1], ARGV[arg])
  if due and tonumber(due) > now and redis.call('HGET', KEYS[key], 'state') == 'due'
      and redis.call('HGET', KEYS[key], 'attempts') == '0' then
    redis.call('ZREM', KEYS[key + 1], ARGV[arg])
    redis.call('HSET', KEYS[key], 'state', 'superseded')
    redis.call('EXPIRE', KEYS[key], 2592000)
  end
  key, arg = key + 2, arg + 1
end
redis.call('HSET', KEYS[1], 'rev', ARGV[2], 'd', ARGV[3], 's', ARGV[4])
redis.call('ZADD', KEYS[2], ARGV[6], ARGV[5])
if ARGV[7] ~= '' then redis.call('HSET', KEYS[3], 'id', ARGV[7]) end
return {'OK', alert}
