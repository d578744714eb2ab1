#!lua
-- Move an endpoint's mark of its last digest, if nobody else did so.
-- KEYS 1 marks   ARGV 1 endpoint  2 the mark that we have read ('' = none)  3 the new one ('' = none)
-- Returns 1, or 0 when another mark stands there.
local is = redis.call('HGET', KEYS[1], ARGV[1]) or ''
if is == ARGV[3] then return 1 end
if is ~= ARGV[2] then return 0 end
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
end
return 1
