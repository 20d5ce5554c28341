-- Take the oldest news that a member has not been told of one place: whoever takes them tells them.
-- KEYS: the member's news   ARGV: what the ids of the place's rounds begin with, most, round whose decision is seen already or ''
-- Returns {round id, what, …}.
if redis.call('HGET', KEYS[1], ARGV[3]) == 'review' then
  redis.call('HDEL', KEYS[1], ARGV[3])
end
local rounds, found = {}, {}
for _, round in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.sub(round, 1, #ARGV[1]) == ARGV[1] then
    rounds[#rounds + 1] = round
  end
end
table.sort(rounds)
for i = 1, math.min(#rounds, tonumber(ARGV[2])) do
  found[#found + 1], found[#found + 2] = rounds[i], redis.call('HGET', KEYS[1], rounds[i])
  redis.call('HDEL', KEYS[1], rounds[i])
end
return found
