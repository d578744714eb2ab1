#!lua flags=allow-oom
-- Forget old alerts, oldest first, up to the first that an endpoint has still to get; their dead letters too.
-- One that nobody has is noted by name, so that it is given up one day.
-- KEYS 1 alerts stream  2 dead letters  3 names of endpoints
-- ARGV 1 key of a delivery without its id  2 ms to keep  3 how many
-- Returns how many went.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local before = string.format('%d', now - ARGV[2])
local gone = 0
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', before, 'COUNT', ARGV[3])) do
  local read, alert = false, nil
  for i = 1, #entry[2], 2 do
    if entry[2][i] == 'd' then read, alert = pcall(cjson.decode, entry[2][i + 1]) end
  end
  if not read or type(alert) ~= 'table' or type(alert.endpoints) ~= 'table' then return gone end
  local ids = {}
  for _, endpoint in ipairs(alert.endpoints) do ids[#ids + 1] = alert.id .. ':' .. endpoint end
  for _, id in ipairs(ids) do
    local state = redis.call('HGET', ARGV[1] .. id, 'state')
    if state == 'due' or state == 'sending' then
      redis.call('ZADD', KEYS[3], 'NX', now, string.match(id, '[^:]*$'))
      return gone
    end
  end
  for _, id in ipairs(ids) do
    redis.call('DEL', ARGV[1] .. id)
    redis.call('ZREM', KEYS[2], id)
  end
  redis.call('XDEL', KEYS[1], entry[1])
  gone = gone + 1
end
return gone
