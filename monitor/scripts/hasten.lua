#!lua flags=allow-oom
-- Make due soon what waits for its retry, or behind such a one; what is held back for a while stays held.
-- KEYS 1 due index
-- ARGV 1 key of a delivery without its id
--      2 1 = a person asks, so that it may follow the last attempt at once; else each attempt before its time is
--        further from the one before it: 1 s .. 1 h (policy.apart)
--      3 ms from now: what is due by then comes by itself
--      4 a delivery that is due behind another ('' = none): that one goes first
--      5 ms from now until anything may go
--      6.. the deliveries (none = all of the index)
-- Returns the ids of those that are due sooner now.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local sooner = {}
-- They go a little apart, in their order. Returns what a delivery waits behind, if anything.
local function hasten(id)
  local score = redis.call('ZSCORE', KEYS[1], id)
  local is = redis.call('HMGET', ARGV[1] .. id, 'state', 'attempts', 'steps', 'last_at', 'waits', 'before')
  local tried = tonumber(is[2] or '0')
  if not score or is[1] ~= 'due' or (tried == 0 and not is[5]) then return nil end
  local at = now + ARGV[5] + 10 * #sooner
  if tried > 0 and ARGV[2] == '0' then
    local early = math.max(0, tried - tonumber(is[3] or tried))
    at = math.max(at, tonumber(is[4] or now) + 1000 * math.min(3600, 2 ^ math.min(early, 12)))
  end
  if tonumber(score) > now + ARGV[3] and at < tonumber(score) then
    redis.call('ZADD', KEYS[1], at, id)
    sooner[#sooner + 1] = id
  end
  return is[6] ~= '' and is[6]
end
local ids = {unpack(ARGV, 6)}
if ARGV[4] ~= '' then
  redis.call('HSET', ARGV[1] .. ARGV[4], 'waits', now)
  ids = {redis.call('HGET', ARGV[1] .. ARGV[4], 'before')}
elseif #ids == 0 then
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], now + ARGV[3], '+inf', 'LIMIT', 0, 1000)) do hasten(id) end
end
for _, id in ipairs(ids) do
  for _ = 1, 100 do
    id = id and hasten(id)
  end
end
return sooner
