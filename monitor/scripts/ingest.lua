#!lua
-- One atomic step for a batch of one source: fence, dedupe, append, indexes, cursor (G1, G2).
-- KEYS 1 stream  2 cursor hash  3 seen now  4 seen before  5 threads now  6 texts now
--      7 entries now  8 entries before  9 authors now  10 forgotten now  11 forgotten before   (all share one slot)
-- ARGV 1 epoch  2 seq  3 nonce  4 cursor  5 lease in ms  6 oldest id to keep ('' = all)
--      7 TTL of seen and entries, s  8 TTL of threads and texts, s
--      9.. seven for each post: op ('add', 'delete', 'late' for a score of what is stored, or 'profile'
--      for one that may come back after a delete),
--      digest, payload, key, people, text digest, author ('' = none)
-- Returns {'OK' or 'REPLAY', one letter for each post: a added, d duplicate, u delete (or late score) of what was never stored}.
local MOST = 100000 -- bytes of keys that are kept of one author
local REVISIONS = 1500 -- bytes of ids that are kept of one post: some seventy revisions
local stream, cursor = KEYS[1], KEYS[2]
local epoch, seq, nonce = ARGV[1], tonumber(ARGV[2]), ARGV[3]
if not seq or #ARGV < 8 or (#ARGV - 8) % 7 ~= 0 then return redis.error_reply('BADARG') end
local was = redis.call('HMGET', cursor, 'epoch', 'seq', 'nonce', 'marks')
if was[1] ~= epoch then return redis.error_reply('FENCED ' .. (was[1] or 'none')) end
local stored = tonumber(was[2] or '0')
if seq == stored then
  if was[3] ~= nonce then return redis.error_reply('SEQCLASH ' .. stored) end
  return {'REPLAY', was[4]}
end
if seq ~= stored + 1 then return redis.error_reply('SEQGAP ' .. stored) end
local kind = redis.call('TYPE', stream).ok
if kind ~= 'none' and kind ~= 'stream' then return redis.error_reply('BADTYPE ' .. kind) end

local marks, added = {}, 0
local forgets = redis.call('EXISTS', KEYS[10], KEYS[11]) > 0
for i = 9, #ARGV, 7 do
  local op, digest, payload, key, people, text, author =
    ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4], ARGV[i + 5], ARGV[i + 6]
  local listed = redis.call('HGET', KEYS[7], key)
  local ids = listed or redis.call('HGET', KEYS[8], key)
  local deleted = ids and string.sub(ids, 1, 1) == '!'
  if forgets and not ids and op ~= 'profile' then
    local name = redis.sha1hex(key)
    deleted = redis.call('SISMEMBER', KEYS[10], name) == 1 or redis.call('SISMEMBER', KEYS[11], name) == 1
  end
  if op == 'profile' and deleted then listed, ids, deleted = false, false, false end
  if deleted then
    marks[#marks + 1] = 'd'
  elseif (op == 'delete' or op == 'late') and not ids then
    marks[#marks + 1] = 'u'
  elseif op ~= 'delete'
      and (redis.call('SISMEMBER', KEYS[4], digest) == 1 or redis.call('SADD', KEYS[3], digest) == 0) then
    marks[#marks + 1] = 'd'
  else
    if op == 'delete' then
      for id in string.gmatch(ids, '[%d-]+') do redis.call('XDEL', stream, id) end
    elseif ids and #ids > REVISIONS then
      local oldest = string.match(ids, '[%d-]+')
      redis.call('XDEL', stream, oldest)
      ids = string.sub(ids, #oldest + 2)
    end
    local id = redis.call('XADD', stream, '*', 'd', payload)
    marks[#marks + 1] = 'a'
    added = added + 1
    if op == 'delete' then id = '! ' .. id elseif ids then id = ids .. ' ' .. id end
    redis.call('HSET', KEYS[7], key, id)
    if people ~= '' then redis.call('HSET', KEYS[5], key, people) end
    if text ~= '' then redis.call('HSETNX', KEYS[6], text, key) end
    if author ~= '' and not listed and op ~= 'delete' and redis.call('HSTRLEN', KEYS[9], author) < MOST then
      local keys = redis.call('HGET', KEYS[9], author)
      redis.call('HSET', KEYS[9], author, keys and keys .. '\30' .. key or key)
    end
  end
end
if added > 0 then
  for _, name in ipairs({KEYS[3], KEYS[7], KEYS[9]}) do redis.call('EXPIRE', name, ARGV[7]) end
  for _, name in ipairs({KEYS[5], KEYS[6]}) do redis.call('EXPIRE', name, ARGV[8]) end
  if ARGV[6] ~= '' then redis.call('XTRIM', stream, 'MINID', '~', ARGV[6]) end
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', cursor, 'seq', ARGV[2], 'nonce', nonce, 'cur', ARGV[4], 'at', now, 'lease', now + ARGV[5],
  'marks', table.concat(marks))
redis.call('HINCRBY', cursor, 'total', added)
return {'OK', table.concat(marks)}
