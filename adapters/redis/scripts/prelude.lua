-- Shared by every script: put before each when it is loaded. Entries of the agenda are "<step>:<round id>".

local function now_ms()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end

local function entry_key(agenda, entry)
  return agenda .. ':' .. entry
end

-- Whoever asks still holds the entry: nobody has claimed, moved or finished it since.
local function holds(agenda, entry, fence)
  return redis.call('HGET', entry_key(agenda, entry), 'fence') == fence
end

local function finish(agenda, entry)
  redis.call('ZREM', agenda, entry)
  redis.call('DEL', entry_key(agenda, entry))
end

-- A fence above every earlier one, also above those that the server this one took over from gave in its last moment.
local function next_fence(agenda)
  local fence = math.max(now_ms(), (tonumber(redis.call('GET', agenda .. '-fence')) or 0) + 1)
  redis.call('SET', agenda .. '-fence', fence)
  return fence
end

-- Write an entry anew; a fresh fence shuts out whoever holds it now.
local function schedule(agenda, entry, due, revision, reveals_at)
  local fence = next_fence(agenda)
  local key = entry_key(agenda, entry)
  redis.call('DEL', key)
  redis.call('HSET', key, 'due', due, 'attempt', 0, 'fence', fence, 'revision', revision, 'reveals_at', reveals_at or '')
  redis.call('ZADD', agenda, due, entry)
end

-- The first candidate {round id, round key, due} whose round has not been asked yet becomes the programme's next opening.
local function schedule_opening(agenda, programme, candidates)
  local known = redis.call('HMGET', programme, 'state', 'revision', 'next')
  if known[1] ~= 'active' then
    redis.call('HDEL', programme, 'next', 'next_key')
    return 0
  end
  if known[3] and redis.call('ZSCORE', agenda, 'open:' .. known[3]) then
    return 0
  end
  for _, candidate in ipairs(candidates) do
    local state = redis.call('HGET', candidate[2], 'state')
    if not state or state == 'opening' then
      schedule(agenda, 'open:' .. candidate[1], candidate[3], known[2])
      redis.call('HSET', programme, 'next', candidate[1], 'next_key', candidate[2])
      return 1
    end
  end
  redis.call('HDEL', programme, 'next', 'next_key')
  return 0
end

-- Read candidates from ARGV[first] on, three values each.
local function candidates_from(first)
  local found = {}
  for i = first, #ARGV, 3 do
    found[#found + 1] = { ARGV[i], ARGV[i + 1], ARGV[i + 2] }
  end
  return found
end

-- Whether of a question a memory is kept that is of a later instant than this one.
local function is_newer_kept(memories, question, memory)
  local kept = redis.call('HGET', memories, question)
  return kept and cjson.decode(kept).last > cjson.decode(memory).last
end

-- A member's record of replies, by part, says something: not all of it was withdrawn.
local function stands(record)
  for _, part in pairs(record) do
    if not part.x then
      return true
    end
  end
  return false
end

-- Put a difference in points into the ledger and on a member's boards, or on their twins for a hidden member; 0 is none.
-- `award` is the entry without its points and number, `id` its id up to the number. From KEYS[first] on stand the boards,
-- then their twins; ARGV[ttls] is the number of boards, after which a ttl in s for each follows (0: for ever).
local function differ(ledger, ledgers, hidden, first, ttls, member, id, award, number, difference)
  if difference == 0 then
    return
  end
  award.points, award.number = difference, number
  redis.call('HSET', ledger, id .. '.' .. number, cjson.encode(award))
  redis.call('SADD', ledgers, ledger)
  local boards = tonumber(ARGV[ttls])
  local twins = redis.call('SISMEMBER', hidden, member) * boards
  for b = 0, boards - 1 do
    local board = KEYS[first + twins + b]
    if tonumber(redis.call('ZINCRBY', board, difference, member)) == 0 then
      redis.call('ZREM', board, member)
    end
    if ARGV[ttls + 1 + b] ~= '0' then
      redis.call('EXPIRE', board, ARGV[ttls + 1 + b])
    end
  end
end

-- Let a grade wait for the lead, or no longer, in its round's place. What waits already keeps its turn.
local function wait_for_lead(queue, entry, grade, waits, now, ttl)
  if not waits then
    grade.w = nil
    redis.call('ZREM', queue, entry)
  else
    grade.w = grade.w or now
    redis.call('ZADD', queue, grade.w, entry)
    redis.call('EXPIRE', queue, ttl)
  end
end

-- Every step of an erasure asks this first: it has not ended, or been taken over by a later one, meanwhile.
local function is_erased_as(erasing, member, token)
  return redis.call('HGET', erasing, member) == token
end

-- Nothing new is kept of a member while an erasure runs.
local function is_being_erased(erasing, member)
  return redis.call('HEXISTS', erasing, member) == 1
end

-- A memory that was begun before its member's erasure ended, or while it runs, is not kept either: who comes back starts anew.
local function is_forgotten(erasing, erased, member, memory)
  local ended = redis.call('GET', erased)
  return is_being_erased(erasing, member) or (ended and cjson.decode(memory).last <= tonumber(ended))
end

-- Whoever was erased a moment ago may have begun this before: a name is left out where it is not needed.
local function is_unnamed(erasing, erased, member)
  return is_being_erased(erasing, member) or redis.call('EXISTS', erased) == 1
end

-- A restore that has not ended has the store to itself; one whose store has another owner by now has lost it.
do
  local schema = redis.call('GET', SCHEMA) or ''
  if schema ~= OWNER and (OWNER ~= '' or string.find(schema, '^restoring')) then
    return redis.error_reply('RESTORING a restore has the store to itself')
  end
end
