-- End a round's self-check; from here on everything that members wrote in it runs out.
-- KEYS: agenda, round, unsettled, unfinished, place's asked, then the keys that hold what members wrote
-- ARGV: entry, fence, round id, share or '', ttl in s
-- Returns 1, or 0 if superseded.
if not holds(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
local known = redis.call('HMGET', KEYS[2], 'state', 'question')
if known[1] == 'revealed' then
  redis.call('HSET', KEYS[2], 'settled', 1)
  local asked = redis.call('HGET', KEYS[5], known[2])
  if asked then
    redis.call('HSET', KEYS[5], known[2], string.match(asked, '^%d+|[^|]*|') .. ARGV[4])
  end
end
redis.call('ZREM', KEYS[3], ARGV[3])
redis.call('SREM', KEYS[4], ARGV[3])
redis.call('EXPIRE', KEYS[2], ARGV[5])
for i = 6, #KEYS do
  redis.call('EXPIRE', KEYS[i], ARGV[5])
end
finish(KEYS[1], ARGV[1])
return 1
