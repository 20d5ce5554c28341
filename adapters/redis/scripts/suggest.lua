-- Keep members' suggestions; one that is there already stays. Whose reply is gone meanwhile was erased.
-- KEYS: agenda, suggestions, replies, erasing   ARGV: entry, fence, ttl in s, then (member, suggestion) …
-- Returns 1, or 0 if superseded.
if not holds(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
for i = 4, #ARGV, 2 do
  if redis.call('HEXISTS', KEYS[3], ARGV[i]) == 1 and not is_being_erased(KEYS[4], ARGV[i]) then
    redis.call('HSETNX', KEYS[2], ARGV[i], ARGV[i + 1])
  end
end
redis.call('EXPIRE', KEYS[2], ARGV[3])
return 1
