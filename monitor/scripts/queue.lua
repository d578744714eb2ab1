#!lua
-- Make a delivery due, once more (replay) or for a new alert (test). Sent twice it does nothing more.
-- KEYS 1 delivery  2 due index  3 dead letters  4 alerts stream  5 names of endpoints
-- ARGV 1 id  2 webhook id  3 endpoint  4 stream id of the alert ('' = add it)  5 the alert to add
--      6 ms from now, so that what is sent again keeps its order
-- Returns 1, or 0 when it is on its way already or a newer one went in its place.
local state = redis.call('HGET', KEYS[1], 'state')
if state == 'due' or state == 'sending' or state == 'superseded' then return 0 end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local alert = ARGV[4]
if alert == '' then alert = redis.call('XADD', KEYS[4], '*', 'd', ARGV[5]) end
redis.call('HSET', KEYS[1], 'alert', alert, 'webhook_id', ARGV[2], 'endpoint', ARGV[3],
  'attempts', 0, 'state', 'due', 'created', now)
redis.call('HDEL', KEYS[1], 'last_status', 'last_error', 'last_at', 'delivered_at', 'steps', 'own', 'waits')
redis.call('PERSIST', KEYS[1])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZADD', KEYS[2], now + ARGV[6], ARGV[1])
redis.call('ZADD', KEYS[5], 'NX', now, ARGV[3])
return 1
