#!lua flags=no-writes
-- How many entries a reader has yet to take, counted up to 10,000.
-- KEYS 1 stream   ARGV 1 its position
return #redis.call('XRANGE', KEYS[1], '(' .. ARGV[1], '+', 'COUNT', 10000)
