-- Make an entry due now, also one that waits to be tried again, unless somebody is at it already.
-- KEYS: agenda   ARGV: entry   Returns 1, or 0 if there is no such entry.
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then
  return 0
end
local now = now_ms()
local key = entry_key(KEYS[1], ARGV[1])
local known = redis.call('HMGET', key, 'due', 'held')
if tonumber(known[1]) > now then
  redis.call('HSET', key, 'due', now)
end
if known[2] ~= '1' then
  redis.call('ZADD', KEYS[1], now, ARGV[1])
end
return 1
