#!lua flags=allow-oom
-- Take deliveries of one endpoint that are due: nobody else gets them until the lease ends (G3).
-- A full store must not hold back an alert, hence allow-oom; a lease adds a few bytes to a record.
-- KEYS 1 due index  2 alerts stream  3 disabled endpoints
-- ARGV 1 key of a delivery without its id  2 owner  3 lease in ms  4 how many  5 endpoint
--      6 how the ids begin of what is taken, of the newest due and never tried ('' = whatever is due longest)
-- Returns {ms until the next one is due ('' = none), since when and why the endpoint is disabled ('' = it is not),
--   {id, fence, webhook id, attempts, steps, ms until the schedule's own time ('' = none), alert ('' = lost)} ...,
--   {id of one that has just begun to wait behind another} ...}.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local taken = {'', redis.call('HGET', KEYS[3], ARGV[5]) or ''}
local due = {}
if ARGV[6] == '' then
  due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[4])
else
  for _, id in ipairs(redis.call('ZREVRANGEBYSCORE', KEYS[1], now, '-inf', 'LIMIT', 0, 100)) do
    if #due < tonumber(ARGV[4]) and string.sub(id, 1, #ARGV[6]) == ARGV[6]
        and redis.call('HGET', ARGV[1] .. id, 'attempts') == '0' then
      due[#due + 1] = id
    end
  end
end
for _, id in ipairs(due) do
  local record = ARGV[1] .. id
  local was = redis.call('HMGET', record, 'alert', 'webhook_id', 'attempts', 'before', 'steps', 'own', 'waits')
  -- A correction never overtakes what it corrects: the one before it is delivered or given up first.
  local before = was[4] and was[4] ~= '' and redis.call('ZSCORE', KEYS[1], was[4])
  if before and not was[7] then
    taken[#taken + 1] = {id}
  elseif before then
    redis.call('ZADD', KEYS[1], math.max(tonumber(before), now) + 1, id)
  elseif was[1] then
    local entry = redis.call('XRANGE', KEYS[2], was[1], was[1])[1]
    local alert = ''
    for i = 1, entry and #entry[2] or 0, 2 do
      if entry[2][i] == 'd' then alert = entry[2][i + 1] end
    end
    local fence = redis.call('HINCRBY', record, 'fence', 1)
    redis.call('HSET', record, 'state', 'sending', 'owner', ARGV[2])
    redis.call('HDEL', record, 'waits')
    redis.call('ZADD', KEYS[1], now + ARGV[3], id)
    local tried = tonumber(was[3] or '0')
    taken[#taken + 1] = {id, fence, was[2] or '', tried, tonumber(was[5] or tried), was[6] and was[6] - now or '', alert}
  else
    redis.call('ZREM', KEYS[1], id)
  end
end
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
if first[2] then taken[1] = math.max(0, first[2] - now) end
return taken
