#!lua flags=allow-oom
-- Put other words in the place of alerts, under the same stream ids: a stream takes no older id, so that the
-- whole stream is written anew beside itself. Deliveries point to ids and stand as they are.
-- KEYS 1 alerts stream  2 the new one  ARGV 1 key of a delivery without its id
--      2.. for each alert: stream id, payload, how many deliveries, their ids
-- Returns how many were amended.
local amended, count, i = {}, 0, 2
while i <= #ARGV do
  local id, payload, many = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2])
  amended[id] = payload
  for n = i + 3, i + 2 + many do
    -- What a receiver answered may quote what it was sent.
    local said = redis.call('HGET', ARGV[1] .. ARGV[n], 'last_error')
    if said and said ~= '' then
      redis.call('HSET', ARGV[1] .. ARGV[n], 'last_error', (string.gsub(said, ':.*', '')))
    end
  end
  i = i + 3 + many
end
redis.call('DEL', KEYS[2])
local from = '-'
while true do
  local entries = redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', 100)
  if #entries == 0 then break end
  for _, entry in ipairs(entries) do
    local fields = entry[2]
    if amended[entry[1]] then
      count = count + 1
      for n = 1, #fields, 2 do
        if fields[n] == 'd' then fields[n + 1] = amended[entry[1]] end
      end
    end
    redis.call('XADD', KEYS[2], entry[1], unpack(fields))
    from = '(' .. entry[1]
  end
end
if count == 0 then
  redis.call('DEL', KEYS[2])
  return 0
end
local info = redis.call('XINFO', 'STREAM', KEYS[1])
for n = 1, #info, 2 do
  if info[n] == 'last-generated-id' then redis.call('XSETID', KEYS[2], info[n + 1]) end
end
redis.call('RENAME', KEYS[2], KEYS[1])
return count
