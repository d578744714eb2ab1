#!lua flags=allow-oom
-- Take tombstones out of one partition once its readers have seen them, and note up to where.
-- KEYS 1 stream  2 note   ARGV 1 TTL of the note, s  2.. ids, oldest first
-- Returns how many went.
local last = ARGV[#ARGV]
local old = redis.call('GET', KEYS[2])
local function ms(id) return tonumber(string.match(id, '^%d+')) end
if not old or ms(old) <= ms(last) then redis.call('SET', KEYS[2], last, 'EX', ARGV[1]) end
return redis.call('XDEL', KEYS[1], unpack(ARGV, 2))
