#!lua flags=allow-oom
-- Enable an endpoint again, if what disabled it is still what was read.
-- KEYS 1 disabled endpoints   ARGV 1 endpoint  2 what was read
-- Returns 1, or 0 when it is another.
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
return redis.call('HDEL', KEYS[1], ARGV[1])
