-- Count as a bot that runs on the store, for a while.
-- KEYS: present   ARGV: what it says of itself, ms to count from now, what it said before or ''   Returns 1.
local now = now_ms()
redis.call('ZREM', KEYS[1], ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
