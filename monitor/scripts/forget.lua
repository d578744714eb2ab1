#!lua flags=allow-oom
-- Take posts out of one partition: every entry of them and their places in the indexes go, an entry that says
-- no more than that they are gone tells the readers, and a digest keeps them from coming back.
-- May be sent twice: what is gone leaves no second tombstone.
-- KEYS 1 stream  2 forgotten now  then the buckets of entries, then those of threads
-- ARGV 1 TTL of forgotten, s  2 how many buckets of entries there are
--      3.. three for each post: key, ids of its entries as far as known, tombstone
-- Returns how many of the posts had an entry.
local gone = 0
for i = 3, #ARGV, 3 do
  local key, ids, had = ARGV[i], ARGV[i + 1], 0
  for n = 3, 2 + ARGV[2] do ids = ids .. ' ' .. (redis.call('HGET', KEYS[n], key) or '') end
  for id in string.gmatch(ids, '%d+%-%d+') do had = had + redis.call('XDEL', KEYS[1], id) end
  for n = 3, #KEYS do redis.call('HDEL', KEYS[n], key) end
  redis.call('SADD', KEYS[2], redis.sha1hex(key))
  if had > 0 then
    gone = gone + 1
    redis.call('XADD', KEYS[1], '*', 'd', ARGV[i + 2])
  end
end
redis.call('EXPIRE', KEYS[2], ARGV[1])
return gone
