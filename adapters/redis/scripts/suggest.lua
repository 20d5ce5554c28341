-- Keep members' suggestions; one that is there already stays.
-- KEYS: agenda, suggestions   ARGV: entry, fence, ttl in s, then (member, suggestion) …
-- Returns 1, or 0 if superseded.
if not holds(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
for i = 4, #ARGV, 2 do
  redis.call('HSETNX', KEYS[2], ARGV[i], ARGV[i + 1])
end
redis.call('EXPIRE', KEYS[2], ARGV[3])
return 1
