#!lua flags=allow-oom
-- Put other words in the place of entries of one partition: the newest entry of a post is added anew (a late
-- score, as readers see it), an older one goes. May be sent twice: an entry that is gone is left alone.
-- KEYS 1 stream  then the buckets of entries   ARGV three for each entry: key of its post, id, payload
--      ('' for one that only goes)
-- Returns how many were rewritten.
local done = 0
for i = 1, #ARGV, 3 do
  local key, id = ARGV[i], ARGV[i + 1]
  if redis.call('XDEL', KEYS[1], id) == 1 then
    local bucket, before, last
    for n = 2, #KEYS do
      local ids = redis.call('HGET', KEYS[n], key)
      if ids and not bucket then
        local others = {}
        for one in string.gmatch(ids, '%S+') do
          if one ~= id then others[#others + 1] = one end
          last = one
        end
        bucket, before = KEYS[n], others
      end
    end
    if ARGV[i + 2] ~= '' and (not bucket or last == id) then
      local new = redis.call('XADD', KEYS[1], '*', 'd', ARGV[i + 2])
      if bucket then before[#before + 1] = new end
      done = done + 1
    end
    if bucket then redis.call('HSET', bucket, key, table.concat(before, ' ')) end
  end
end
return done
