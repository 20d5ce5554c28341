-- Read one page of a board with the reader's own standing and neighbours.
-- KEYS: board, closing, unsettled   ARGV: reader or '', size
-- Returns {top (member, points, …), members, around (member, points, rank, …), closing rounds, unsettled rounds}.
-- Members with the same points share the rank of the first of them.
local around = {}
local place = ARGV[1] ~= '' and redis.call('ZREVRANK', KEYS[1], ARGV[1])
if place then
  local near = redis.call('ZREVRANGE', KEYS[1], math.max(place - 1, 0), place + 1, 'WITHSCORES')
  for i = 1, #near, 2 do
    around[#around + 1] = near[i]
    around[#around + 1] = near[i + 1]
    around[#around + 1] = redis.call('ZCOUNT', KEYS[1], '(' .. near[i + 1], '+inf') + 1
  end
end
return {
  redis.call('ZREVRANGE', KEYS[1], 0, ARGV[2] - 1, 'WITHSCORES'),
  redis.call('ZCARD', KEYS[1]),
  around,
  redis.call('SMEMBERS', KEYS[2]),
  redis.call('ZRANGE', KEYS[3], 0, -1),
}
