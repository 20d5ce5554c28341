-- Write down who changed what in a place, once. Whoever is being erased, or was a moment ago, is not named.
-- KEYS: changes, erasing, erased   ARGV: member, instant in ms, the change, the change without who, seconds that it is kept
-- Returns 1.
local change = ARGV[is_unnamed(KEYS[2], KEYS[3], ARGV[1]) and 4 or 3]
redis.call('ZADD', KEYS[1], 'NX', ARGV[2], change)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[2] - ARGV[5] * 1000)
redis.call('EXPIRE', KEYS[1], ARGV[5])
return 1
