-- Let an entry fall due again later, for anyone.
-- KEYS: agenda   ARGV: entry, fence, delay in ms   Returns 1, or 0 if somebody else holds it.
if not holds(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
redis.call('HSET', entry_key(KEYS[1], ARGV[1]), 'fence', next_fence(KEYS[1]), 'held', 0)
redis.call('ZADD', KEYS[1], now_ms() + ARGV[3], ARGV[1])
return 1
