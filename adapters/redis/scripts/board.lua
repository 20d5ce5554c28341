-- Read one page of a board with the reader's own standing and neighbours, and who led the board of the period before.
-- KEYS: board, its twin, hidden members, closing, unsettled, the board before or the same   ARGV: reader or '', size, ranks of
--       the podium (0: none)
-- Returns {top (member, points, …), how many more have as many points as its last, members, own (points, rank) or nothing, around (member, points, rank, …), 1 if the reader
--          is hidden, closing rounds, unsettled rounds, podium (member, points, …), members on the podium}.
-- Members with the same points share the rank of the first of them, and stand in the order of their names. Hidden members stand on the twin; their rank is the one
-- that they would have.
local function rank_of(points)
  return redis.call('ZCOUNT', KEYS[1], '(' .. points, '+inf') + 1
end

-- The best of a board, of whom those with the same points as the last come in the order of their names; and how many more have them.
local function best_of(board)
  local found = redis.call('ZREVRANGE', board, 0, ARGV[2] - 1, 'WITHSCORES')
  local last = found[#found]
  if not last then
    return found, 0
  end
  local above = redis.call('ZREVRANGEBYSCORE', board, '+inf', '(' .. last, 'WITHSCORES')
  local tied = redis.call('ZRANGEBYSCORE', board, last, last, 'WITHSCORES', 'LIMIT', 0, (#found - #above) / 2)
  for _, part in ipairs(tied) do
    above[#above + 1] = part
  end
  return above, redis.call('ZCOUNT', board, last, '+inf') - #above / 2
end

local hidden = ARGV[1] ~= '' and redis.call('SISMEMBER', KEYS[3], ARGV[1]) or 0
local own, around = {}, {}
local place = ARGV[1] ~= '' and hidden == 0 and redis.call('ZREVRANK', KEYS[1], ARGV[1])
if place then
  local near = redis.call('ZREVRANGE', KEYS[1], math.max(place - 1, 0), place + 1, 'WITHSCORES')
  for i = 1, #near, 2 do
    around[#around + 1] = near[i]
    around[#around + 1] = near[i + 1]
    around[#around + 1] = rank_of(near[i + 1])
  end
end
local points = ARGV[1] ~= '' and redis.call('ZSCORE', KEYS[1 + hidden], ARGV[1])
if points then
  own = { points, rank_of(points) }
end

local podium, on_podium = {}, 0
if ARGV[3] ~= '0' then
  podium = best_of(KEYS[6])
  local last = podium[2 * math.min(tonumber(ARGV[3]), #podium / 2)]
  on_podium = last and redis.call('ZCOUNT', KEYS[6], last, '+inf') or 0
end
local top, tied = best_of(KEYS[1])
return {
  top,
  tied,
  redis.call('ZCARD', KEYS[1]),
  own,
  around,
  hidden,
  redis.call('SMEMBERS', KEYS[4]),
  redis.call('ZRANGE', KEYS[5], 0, -1),
  podium,
  on_podium,
}
