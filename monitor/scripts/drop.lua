#!lua flags=allow-oom
-- Drop a case with its alerts, their deliveries and dead letters, if nobody has written it meanwhile.
-- KEYS 1 case hash  2 index of cases  3 alerts stream  4 dead letters  5 last version of the case
-- ARGV 1 case id  2 rev that was read  3 only if last written up to this ms and all is delivered ('' = in any case)
--      4 the version that was read  5 how long it is kept, in seconds
--      6 key of a delivery without its id  7 key of a due index without its endpoint
--      8 how many alerts  9.. their stream ids, then the ids of their deliveries
-- Returns {1 or 0 whether it went, alerts, deliveries, how many of these were still to be made}.
local first = 9 + ARGV[8]
if (redis.call('HGET', KEYS[1], 'rev') or '') ~= ARGV[2] then return {0, 0, 0, 0} end
local records, open = 0, 0
for n = first, #ARGV do
  local state = redis.call('HGET', ARGV[6] .. ARGV[n], 'state')
  if state then records = records + 1 end
  if state == 'due' or state == 'sending' then open = open + 1 end
end
if ARGV[3] ~= '' then
  local score = redis.call('ZSCORE', KEYS[2], ARGV[1])
  if open > 0 or not score or tonumber(score) > tonumber(ARGV[3]) then return {0, 0, 0, 0} end
end
for n = first, #ARGV do
  redis.call('DEL', ARGV[6] .. ARGV[n])
  redis.call('ZREM', ARGV[7] .. string.match(ARGV[n], '[^:]*$'), ARGV[n])
  redis.call('ZREM', KEYS[4], ARGV[n])
end
local alerts = 0
for n = 9, first - 1 do alerts = alerts + redis.call('XDEL', KEYS[3], ARGV[n]) end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[1])
if tonumber(ARGV[4]) > 0 then redis.call('SET', KEYS[5], ARGV[4], 'EX', ARGV[5]) end
return {1, alerts, records, open}
