-- Apply the first awards of a round: ledger, boards and streak together, once per award id.
-- KEYS: agenda, round, grades, ledger, ledgers, streaks, then the boards
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

for i = 6 + boards, #ARGV, 5 do
  local member, points = ARGV[i], tonumber(ARGV[i + 3])
  redis.call('HSETNX', KEYS[3], member, ARGV[i + 4])
  if redis.call('HSETNX', KEYS[4], ARGV[i + 1], ARGV[i + 2]) == 1 and points > 0 then
    for b = 1, boards do
      redis.call('ZINCRBY', KEYS[6 + b], points, member)
    end
    if index > 0 then
      lengthen(member)
    end
  end
end
redis.call('EXPIRE', KEYS[3], ARGV[3])
redis.call('SADD', KEYS[5], KEYS[4])
for b = 1, boards do
  if ARGV[5 + b] ~= '0' then
    redis.call('EXPIRE', KEYS[6 + b], ARGV[5 + b])
  end
end
return 1
