-- Apply the first awards of a round: ledger, boards and streak together, once per award id.
-- Whose reply is gone meanwhile was erased. The points of hidden members go to the boards' twins.
-- KEYS: agenda, round, grades, ledger, ledgers, streaks, replies, erasing, hidden members, then the boards, then their twins
-- ARGV: entry, fence, ttl of grades in s, index of the round, number of boards, a ttl in s per board (0: for ever),
--       then (member, award id, award, points, grade) …
-- Returns 1, or 0 if superseded. A streak is "length|index|best".
if not holds(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
if redis.call('HGET', KEYS[2], 'state') ~= 'closing' then
  return 1
end
local index = tonumber(ARGV[4])
local boards = tonumber(ARGV[5])

local function lengthen(member)
  local known = redis.call('HGET', KEYS[6], member) or '0|0|0'
  local length, at, best = string.match(known, '^(%d+)|(%d+)|(%d+)$')
  if index > tonumber(at) then
    length = (index == at + 1) and length + 1 or 1
    redis.call('HSET', KEYS[6], member, string.format('%d|%d|%d', length, index, math.max(best, length)))
  end
end

local function award(member, id, entry, points, grade)
  redis.call('HSETNX', KEYS[3], member, grade)
  if redis.call('HSETNX', KEYS[4], id, entry) == 0 or points <= 0 then
    return
  end
  local twins = redis.call('SISMEMBER', KEYS[9], member) * boards
  for b = 1, boards do
    redis.call('ZINCRBY', KEYS[9 + twins + b], points, member)
  end
  if index > 0 then
    lengthen(member)
  end
end

for i = 6 + boards, #ARGV, 5 do
  if redis.call('HEXISTS', KEYS[7], ARGV[i]) == 1 and not is_being_erased(KEYS[8], ARGV[i]) then
    award(ARGV[i], ARGV[i + 1], ARGV[i + 2], tonumber(ARGV[i + 3]), ARGV[i + 4])
  end
end
redis.call('EXPIRE', KEYS[3], ARGV[3])
redis.call('SADD', KEYS[5], KEYS[4])
for b = 1, boards do
  if ARGV[5 + b] ~= '0' then
    redis.call('EXPIRE', KEYS[9 + b], ARGV[5 + b])
    redis.call('EXPIRE', KEYS[9 + boards + b], ARGV[5 + b])
  end
end
return 1
