-- Put new suggestions in the place of those of some members, and the grades that follow from them, with the differences in
-- ledger and boards and news for whom it concerns. Who has changed something since it was read is left for the next turn.
-- KEYS: agenda, suggestions, grades, ledger, ledgers, erasing, hidden members, what waits for the lead, then the boards, then
--       their twins, then the news of each member
-- ARGV: entry, fence, round id, cause, award without its number and points, ttl of news in s, number of boards, a ttl in s per
--       board (0: for ever), then (member, version that was read, suggestion, ticks, points, whether it still waits (0 or 1)) …
-- Returns how many were left, or -1 if superseded.
if not holds(KEYS[1], ARGV[1], ARGV[2]) then
  return -1
end
local boards, left = tonumber(ARGV[7]), 0
local first, news = 8 + boards, 8 + 2 * boards

local function regrade(at, key)
  local member, ticks, points = ARGV[at], ARGV[at + 3], tonumber(ARGV[at + 4])
  local grade = redis.call('HGET', KEYS[3], member)
  if not grade or is_being_erased(KEYS[6], member) or redis.call('HEXISTS', KEYS[2], member) == 0 then
    return 0
  end
  local known = cjson.decode(grade)
  if known.v ~= tonumber(ARGV[at + 1]) then
    return 1
  end
  local entry, difference = ARGV[3] .. '/' .. member, points - known.p
  local changed = known.t ~= ticks or difference ~= 0
  -- A version stands for the suggestion too: nobody checks or decides what was suggested otherwise when they looked.
  if changed or redis.call('HGET', KEYS[2], member) ~= ARGV[at + 2] then
    redis.call('HSET', KEYS[2], member, ARGV[at + 2])
    known.v = known.v + 1
  end
  local news = ARGV[4]
  if known.w and ARGV[at + 5] == '0' then
    wait_for_lead(KEYS[8], entry, known, false)
    if known.a then
      known.a, news = nil, 'appeal met'
    end
  end
  if changed then
    known.t, known.p = ticks, points
    differ(KEYS[4], KEYS[5], KEYS[7], 9, 7, member, entry .. '/' .. ARGV[4], cjson.decode(ARGV[5]), known.v, difference)
  end
  if (changed or news ~= ARGV[4]) and redis.call('HGET', key, ARGV[3]) ~= 'review' then
    redis.call('HSET', key, ARGV[3], news)
    redis.call('EXPIRE', key, ARGV[6])
  end
  redis.call('HSET', KEYS[3], member, cjson.encode(known))
  return 0
end

for i = first, #ARGV, 6 do
  news = news + 1
  left = left + regrade(i, KEYS[news])
end
return left
