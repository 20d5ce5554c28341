-- Take the news that a member has not been told of one place: whoever takes them tells them.
-- KEYS: the member's news   ARGV: what the ids of the place's rounds begin with   Returns {round id, what, …}.
local found = {}
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  if string.sub(all[i], 1, #ARGV[1]) == ARGV[1] then
    found[#found + 1], found[#found + 2] = all[i], all[i + 1]
    redis.call('HDEL', KEYS[1], all[i])
  end
end
return found
