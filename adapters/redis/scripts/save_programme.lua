-- Keep a programme as a new revision, with its next opening in the place of any earlier one.
-- KEYS: agenda, programme, programmes, erasing, then when each of the members was erased
-- ARGV: programme id, data, state, revision that it was made from, number of members named in the data, those members,
--       then candidates (round id, round key, due)
-- Returns {the new revision, {}}; {0, {}} if the programme was changed meanwhile; {0, those of the members who are being
-- erased, or were a moment ago}. Then nothing was kept.
if (redis.call('HGET', KEYS[2], 'revision') or '0') ~= ARGV[4] then
  return { 0, {} }
end
local first, gone = 6 + tonumber(ARGV[5]), {}
for i = 6, first - 1 do
  if is_unnamed(KEYS[4], KEYS[i - 1], ARGV[i]) then
    gone[#gone + 1] = ARGV[i]
  end
end
if #gone > 0 then
  return { 0, gone }
end
local revision = redis.call('HINCRBY', KEYS[2], 'revision', 1)
redis.call('HSET', KEYS[2], 'data', ARGV[2], 'state', ARGV[3])
if ARGV[3] == 'removed' then
  redis.call('SREM', KEYS[3], ARGV[1])
else
  redis.call('SADD', KEYS[3], ARGV[1])
end
local old = redis.call('HMGET', KEYS[2], 'next', 'next_key')
redis.call('HDEL', KEYS[2], 'next', 'next_key')
if old[1] then
  local entry = 'open:' .. old[1]
  local begun = redis.call('HGET', old[2], 'state') == 'opening'
  if begun and redis.call('ZSCORE', KEYS[1], entry) then
    -- It may have been posted: whoever takes it next asks the chat, then opens or skips it. Revision -1 is never current.
    schedule(KEYS[1], entry, now_ms(), -1)
  else
    finish(KEYS[1], entry)
  end
end
local candidates = candidates_from(first)
for _, candidate in ipairs(candidates) do
  local state = redis.call('HGET', candidate[2], 'state')
  if state == 'opening' then
    -- The next opening was begun and is wanted again: it keeps its round and question, at its new time.
    finish(KEYS[1], 'open:' .. candidate[1])
  end
  if not state or state == 'opening' then
    break
  end
end
schedule_opening(KEYS[1], KEYS[2], candidates)
return { revision, {} }
