-- Read a place whole: whatever one move of a round changes together is read together here.
-- KEYS: agenda, team's asked, rounds, programme, place, then what else is the place's own
-- ARGV: place id, prefix of the keys of its rounds
-- Returns {{key, type, instant of its end in ms or -1, content}, …}, {{entry, claimable at, record}, …} of the agenda,
--         and {question, instant, …} of those rounds whose question counts as asked in the team.
local found, entries, asked, seen = {}, {}, {}, {}

local function read(key)
  local kind = redis.call('TYPE', key).ok
  local content
  if kind == 'hash' then
    content = redis.call('HGETALL', key)
  elseif kind == 'zset' then
    content = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
  elseif kind == 'string' then
    content = redis.call('GET', key)
  end
  if content then
    found[#found + 1] = { key, kind, redis.call('PEXPIRETIME', key), content }
  end
end

local function look(entry)
  local at = not seen[entry] and redis.call('ZSCORE', KEYS[1], entry)
  if at then
    seen[entry] = true
    entries[#entries + 1] = { entry, at, redis.call('HGETALL', entry_key(KEYS[1], entry)) }
  end
end

for i = 3, #KEYS do
  read(KEYS[i])
end
for _, round in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do
  local key = ARGV[2] .. string.sub(round, #ARGV[1] + 1)
  read(key)
  local known = redis.call('HMGET', key, 'state', 'question')
  if known[2] and known[1] ~= 'opening' and known[1] ~= 'skipped' then
    asked[#asked + 1] = known[2]
    asked[#asked + 1] = redis.call('ZSCORE', KEYS[2], known[2]) or '0'
  end
  for _, step in ipairs({ 'open', 'reveal', 'settle', 'regrade' }) do
    look(step .. ':' .. round)
  end
end
for _, round in ipairs({ redis.call('HGET', KEYS[4], 'next') or '', redis.call('HGET', KEYS[5], 'by_hand') or '' }) do
  look('open:' .. round)
end
return { found, entries, asked }
