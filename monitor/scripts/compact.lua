#!lua flags=allow-oom
-- Write a stream anew beside itself and put it in its place, with the same ids: a deleted entry stays in the
-- server's memory and files, unreadable, as long as its neighbours do.
-- KEYS 1 stream  2 the new one
-- Returns how many entries there are.
local count, from = 0, '-'
redis.call('DEL', KEYS[2])
while true do
  local entries = redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', 100)
  if #entries == 0 then break end
  for _, entry in ipairs(entries) do
    redis.call('XADD', KEYS[2], entry[1], unpack(entry[2]))
    from = '(' .. entry[1]
  end
  count = count + #entries
end
if count == 0 then return 0 end
local info = redis.call('XINFO', 'STREAM', KEYS[1])
for n = 1, #info, 2 do
  if info[n] == 'last-generated-id' then redis.call('XSETID', KEYS[2], info[n + 1]) end
end
redis.call('RENAME', KEYS[2], KEYS[1])
return count
