-- Claim due entries, oldest first, by the server's clock.
-- KEYS: agenda   ARGV: limit, lease in ms
-- Returns {now, {entry, due, attempt, fence, revision, reveals_at}, …}
local now = now_ms()
local claimed = { now }
local entries = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
for _, entry in ipairs(entries) do
  local key = entry_key(KEYS[1], entry)
  local fence = next_fence(KEYS[1])
  local attempt = redis.call('HINCRBY', key, 'attempt', 1)
  redis.call('HSET', key, 'fence', fence, 'held', 1)
  redis.call('ZADD', KEYS[1], now + ARGV[2], entry)
  local record = redis.call('HMGET', key, 'due', 'revision', 'reveals_at')
  claimed[#claimed + 1] = { entry, record[1] or now, attempt, fence, record[2] or '0', record[3] or '' }
end
return claimed
