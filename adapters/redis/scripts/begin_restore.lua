-- Have the store to oneself, if no bot runs on it and nobody else has begun meanwhile.
-- KEYS: schema, present   ARGV: the schema that was seen or '', what stands there from now on
-- Returns {1, 0}, or {0, how many bots run on it}.
local running = redis.call('ZCOUNT', KEYS[2], now_ms(), '+inf')
if running > 0 or (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then
  return { 0, running }
end
redis.call('SET', KEYS[1], ARGV[2])
return { 1, 0 }
