#!lua flags=allow-oom
-- A dead letter that must not go out any more: a newer message of the same case or source went in its place.
-- KEYS 1 delivery  2 dead letters   ARGV 1 id  2 TTL of the record, s
-- Returns 1, or 0 when it is no dead letter any more.
if redis.call('HGET', KEYS[1], 'state') ~= 'dead' then return 0 end
redis.call('HSET', KEYS[1], 'state', 'superseded')
redis.call('EXPIRE', KEYS[1], ARGV[2])
redis.call('ZREM', KEYS[2], ARGV[1])
return 1
