-- Hold an entry for another lease.
-- KEYS: agenda   ARGV: entry, fence, lease in ms   Returns 1, or 0 if somebody else holds it.
if not holds(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
redis.call('ZADD', KEYS[1], now_ms() + ARGV[3], ARGV[1])
return 1
