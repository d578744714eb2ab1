#!lua
-- Take a source for one process: every older owner is fenced from now on (guarantees G1, G5).
-- KEYS 1 cursor hash   ARGV 1 owner  2 lease in ms
-- Returns {'OK', epoch, seq, cursor, sight, ms until which somebody was alive to read it} or {'HELD', ms until the other owner's lease ends}.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local held = redis.call('HMGET', KEYS[1], 'owner', 'lease')
if held[1] and held[1] ~= ARGV[1] and tonumber(held[2] or '0') > now then
  return {'HELD', tonumber(held[2]) - now}
end
local epoch = redis.call('HINCRBY', KEYS[1], 'epoch', 1)
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'lease', now + ARGV[2])
local at = redis.call('HMGET', KEYS[1], 'seq', 'cur', 'sight')
return {'OK', epoch, tonumber(at[1] or '0'), at[2] or '', at[3] or '', held[2] or ''}
